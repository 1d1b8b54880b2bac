import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Proof } from "./proof.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const suites = ["test/functions/domain/time-zones.test.ts", "test/functions/domain/cadence-simulation.test.ts"];

/** Runs tests in a process of their own; how many passed and failed, and what was said where any did. */
async function runTests(environment: Record<string, string>, ms: number) {
  const vitest = fileURLToPath(new URL("../../node_modules/vitest/vitest.mjs", import.meta.url));
  const child = spawn(process.execPath, [vitest, "run", "--reporter=json", "--testTimeout=3600000", ...suites], {
    cwd: root,
    env: { ...process.env, ...environment },
    stdio: ["ignore", "pipe", "ignore"],
    timeout: ms,
  });
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    output += text;
  });
  const code = await new Promise<number | null>((resolve) => child.on("exit", resolve));
  if (code === null) return { passed: 0, failed: 0, said: "it was not done in time" };
  const { numPassedTests: passed = 0, numFailedTests: failed = 0 } = JSON.parse(output) as {
    numPassedTests?: number;
    numFailedTests?: number;
  };
  return { passed, failed, ...(code !== 0 && { said: `${failed} failed: npx vitest run ${suites.join(" ")}` }) };
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
