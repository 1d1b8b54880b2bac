import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Proof } from "./proof.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const vitest = join(root, "node_modules/vitest/vitest.mjs");
const suites = ["test/functions/domain/time-zones.test.ts", "test/functions/domain/cadence-simulation.test.ts"];

type Report = { readonly numPassedTests: number; readonly numFailedTests: number };

/** Runs tests in a process of their own; how many passed and failed, and what was said where any did. */
async function runTests(environment: Record<string, string>, ms: number) {
  const directory = mkdtempSync(join(tmpdir(), "duebell-"));
  const file = join(directory, "report.json");
  try {
    const options = ["--reporter=json", `--outputFile=${file}`, "--testTimeout=3600000"];
    const child = spawn(process.execPath, [vitest, "run", ...options, ...suites], {
      cwd: root,
      env: { ...process.env, ...environment },
      stdio: "ignore",
      timeout: ms,
    });
    const code = await new Promise<number | null>((resolve) => child.on("exit", resolve));
    if (code === null) return { passed: 0, failed: 0, said: "it was not done in time" };
    const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(file, "utf8")) as Report;
    const said = `${numFailedTests} failed: npx vitest run ${suites.join(" ")}`;
    return { passed: numPassedTests, failed: numFailedTests, ...(code !== 0 && { said }) };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** Every zone, every change of clocks from 1990 to 2040, leap days and month ends, in full. */
export const clocks: Proof = {
  name: "clocks",
  share: 0.1,
  inTestsAlready: true,
  async prove({ quick, ms }) {
    const full = quick ? {} : { FULL_TIME: "1" };
    const { passed, failed, said } = await runTests(full, Math.max(ms, 120_000) * 4);
    return {
      head: ["size", "properties", "failed"],
      rows: [[quick ? "quick" : "full", passed + failed, failed]],
      missed: said === undefined ? [] : [said],
    };
  },
};
