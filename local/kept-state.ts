import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { KeptMessage } from "./aws/queues.ts";

/** What outlives the laptop beside the tables and objects. */
export interface KeptState {
  /** What the clock showed at the end. */
  readonly now: number;
  readonly secrets: Readonly<Record<string, string>>;
  readonly messages: readonly KeptMessage[];
  /** Settings of the billers by id, as they were last put. */
  readonly billers: Readonly<Record<string, unknown>>;
  /** What the carriers received, as their store writes it. */
  readonly received: string;
}

/** The state left in `folder` by the run before; undefined where there was none. */
export function readKeptState(folder: string): KeptState | undefined {
  mkdirSync(folder, { recursive: true });
  try {
    return JSON.parse(readFileSync(join(folder, "state.json"), "utf8")) as KeptState;
  } catch (cause) {
    if (cause instanceof Error && "code" in cause && cause.code === "ENOENT") return undefined;
    throw cause;
  }
}

/** Leaves the state in `folder` for the next run. */
export function writeKeptState(folder: string, state: KeptState): void {
  writeFileSync(join(folder, "state.json"), JSON.stringify(state));
}
