import { type ChildProcess, spawn } from "node:child_process";
import { createServer } from "node:net";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const root = fileURLToPath(new URL("../../", import.meta.url));

function start(environment: Record<string, string>): {
  readonly child: ChildProcess;
  readonly ended: Promise<number | null>;
  readonly line: (pattern: RegExp) => Promise<string>;
} {
  const child = spawn(process.execPath, ["local/start.ts"], {
    cwd: root,
    env: { PATH: process.env["PATH"], DUEBELL_EXAMPLES: "none", ...environment },
  });
  let output = "";
  const waiting: { readonly pattern: RegExp; readonly resolve: (line: string) => void }[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (chunk: string) => {
      output += chunk;
      for (const { pattern, resolve } of waiting) {
        const found = pattern.exec(output)?.[0];
        if (found !== undefined) resolve(found);
      }
    });
  }
  return {
    child,
    ended: new Promise((resolve) => child.on("exit", resolve)),
    line: (pattern) => new Promise((resolve) => waiting.push({ pattern, resolve })),
  };
}

it("npm start says where it is ready, answers there, and ends by itself when told", async () => {
  const laptop = start({ PORT: "0" });
  const ready = await laptop.line(/Duebell is ready.*\n/);
  const url = /http:\/\/127\.0\.0\.1:\d+/.exec(ready)?.[0] ?? "";
  expect((await fetch(`${url}/sandbox/messages`)).status).toBe(200);
  const { now } = (await (await fetch(`${url}/sandbox/clock`)).json()) as { readonly now: string };
  expect(Math.abs(Date.parse(now) - Date.now())).toBeLessThan(60_000);
  laptop.child.kill("SIGTERM");
  expect(await laptop.ended).toBe(0);
});

it("npm start says what is wrong with the port and ends", async () => {
  const wrong = start({ PORT: "seventy" });
  expect(await wrong.line(/PORT must be a number.*\n/)).toContain("not seventy");
  expect(await wrong.ended).toBe(1);

  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
  const address = other.address();
  const port = typeof address === "object" && address !== null ? String(address.port) : "";
  const taken = start({ PORT: port });
  expect(await taken.line(/EADDRINUSE.*\n/)).toContain(port);
  expect(await taken.ended).toBe(1);
  await new Promise((resolve) => other.close(resolve));
});
