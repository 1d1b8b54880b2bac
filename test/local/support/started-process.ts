import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../../", import.meta.url));

/** `npm start` as a process of its own, without examples unless told. */
export interface StartedProcess {
  readonly child: ChildProcess;
  /** The exit code; null after a kill. */
  readonly ended: Promise<number | null>;
  /** The first part of what it printed that fits; rejects with all it printed last when it ends without. */
  readonly line: (pattern: RegExp) => Promise<string>;
}

interface Waiting {
  readonly pattern: RegExp;
  readonly resolve: (line: string) => void;
  readonly reject: (cause: Error) => void;
}

/** Starts it with these environment variables. */
export function startProcess(environment: Record<string, string>): StartedProcess {
  const child = spawn(process.execPath, ["local/start.ts"], {
    cwd: root,
    env: { PATH: process.env["PATH"], DUEBELL_EXAMPLES: "none", ...environment },
  });
  let output = "";
  let waiting: Waiting[] = [];
  const tell = (): void => {
    waiting = waiting.filter(({ pattern, resolve }) => {
      const found = pattern.exec(output)?.[0];
      if (found !== undefined) resolve(found);
      return found === undefined;
    });
  };
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (chunk: string) => {
      output += chunk;
      tell();
    });
  }
  const ended = new Promise<number | null>((resolve) => {
    child.on("close", (code) => {
      resolve(code);
      for (const { pattern, reject } of waiting)
        reject(new Error(`it ended (${code}) without printing ${pattern}, but:\n${output.slice(-2_000)}`));
      waiting = [];
    });
  });
  return {
    child,
    ended,
    line: (pattern) =>
      new Promise((resolve, reject) => {
        waiting.push({ pattern, resolve, reject });
        tell();
      }),
  };
}
