import type { Activity } from "./activity.ts";
import type { Agenda } from "./agenda.ts";
import type { CallLog } from "./call-log.ts";
import type { VirtualClock } from "./clock.ts";
import type { Deployment } from "./deployment.ts";
import type { KeptState } from "./kept-state.ts";
import type { LambdaHost, LogLine } from "./lambda-host.ts";

/** What exists before anything is wired. */
export interface Parts {
  readonly deployment: Deployment;
  readonly stage: string;
  readonly clock: VirtualClock;
  readonly activity: Activity;
  readonly agenda: Agenda;
  readonly reports: Agenda;
  readonly host: LambdaHost;
  readonly calls: CallLog;
  readonly log: LogLine;
  readonly kept: KeptState;
  readonly dataDir?: string;
}
