import { beforeAnnouncement, importExamples, readExamples } from "./examples.ts";
import { type Laptop, startLaptop } from "./laptop.ts";
import { synthesizeDuebell } from "./synthesize.ts";

// npm start: the whole deployment on this machine until it is told to end.

const { PORT = "4100", DUEBELL_DATA, DUEBELL_EXAMPLES, DUEBELL_LOG } = process.env;

function portOf(text: string): number {
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port;
  throw new Error(`PORT must be a number from 0 to 65535, not ${text}`);
}

function ready({ url }: Laptop): string {
  return `Duebell is ready: console ${url}/  API ${url}/v1  links ${url}/<HEADER>/<code>`;
}

/** Log lines worth a look: errors, and what is no log line of ours, such as the end of a thread. */
const isTrouble = (text: string): boolean => !text.startsWith("{") || text.includes('"level":"error"');

/** Ends the laptop once, on the first signal; a second one is not waited for. */
function endOnSignal(laptop: Laptop): void {
  let ending = false;
  const end = (): void => {
    if (ending) process.exit(1);
    ending = true;
    laptop.stop().then(
      () => process.exit(0),
      (cause: unknown) => {
        console.error(cause);
        process.exit(1);
      },
    );
  };
  process.on("SIGINT", end);
  process.on("SIGTERM", end);
}

async function main(): Promise<void> {
  const examples = DUEBELL_EXAMPLES === "none" ? undefined : readExamples();
  const laptop = await startLaptop({
    app: synthesizeDuebell,
    port: portOf(PORT),
    ...(DUEBELL_DATA === undefined || DUEBELL_DATA === "" ? {} : { dataDir: DUEBELL_DATA }),
    ...(examples === undefined ? {} : { now: beforeAnnouncement(examples) }),
    log: (line) => {
      if (DUEBELL_LOG === "all" || isTrouble(line.text)) console.error(`${line.function}: ${line.text}`);
    },
  });
  endOnSignal(laptop);
  const announce = laptop.fresh && examples !== undefined ? await importExamples(laptop, examples) : undefined;
  laptop.begun();
  console.log(ready(laptop));
  await announce?.();
}

main().catch((cause: unknown) => {
  console.error(cause instanceof Error ? cause.message : cause);
  process.exit(1);
});
