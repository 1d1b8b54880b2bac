import { activity as countActivity } from "./activity.ts";
import { agenda as emptyAgenda } from "./agenda.ts";
import type { CallHook } from "./aws/gateway.ts";
import type { KeptMessage } from "./aws/queue-ledger.ts";
import { type CallLog, callLog } from "./call-log.ts";
import type { Carriers } from "./carriers/carriers.ts";
import type { MessageStore } from "./carriers/message-store.ts";
import type { VirtualClock } from "./clock.ts";
import { type Deployment, readDeployment } from "./deployment.ts";
import type { RecordedEvent } from "./event-bus.ts";
import type { InvocationResult } from "./function-thread.ts";
import { type Handler, httpServer } from "./http-server.ts";
import type { JsonObject } from "./json.ts";
import { keptClock } from "./kept-clock.ts";
import { openKeptState } from "./kept-state.ts";
import { type LogLine, lambdaHost } from "./lambda-host.ts";
import type { Parts } from "./parts.ts";
import { publicPort } from "./public-port.ts";
import { sandbox } from "./sandbox.ts";
import type { SynthesizedApp } from "./template.ts";
import { type Wired, wire } from "./wiring.ts";

/** How a laptop is started. */
export interface LaptopOptions {
  /** The synthesized stacks, or how to make them once the laptop's address is known. */
  readonly app: SynthesizedApp | ((origin: string) => SynthesizedApp | Promise<SynthesizedApp>);
  /** Where the functions' sources are found; the project's root unless told. */
  readonly root?: URL;
  /** 0, or absent: any free port. */
  readonly port?: number;
  /** Keeps tables, objects, secrets, messages and the clock in this folder, through a kill too. */
  readonly dataDir?: string;
  /** What the clock shows at first, in milliseconds since 1970; the machine's time unless told. A kept clock goes on where it stood. */
  readonly now?: number;
  /** Takes the functions' log lines; nowhere unless told. */
  readonly log?: LogLine;
  /** False: schedules and time-outs wait for `moveTo` and `settle`, nothing happens by itself as time passes. */
  readonly ticking?: boolean;
}

/** A running deployment on this machine. */
export interface Laptop {
  /** `http://127.0.0.1:<port>`, without a slash at its end. */
  readonly url: string;
  readonly deployment: Deployment;
  readonly clock: VirtualClock;
  /** Moves the clock to a moment (milliseconds since 1970) with the effect of every tick between. */
  readonly moveTo: (target: number) => Promise<void>;
  /** Resolves when nothing is visible, in flight or still to be reported. */
  readonly settle: () => Promise<void>;
  readonly carriers: Carriers;
  /** What the carriers received. */
  readonly messages: MessageStore;
  readonly calls: CallLog["find"];
  /** What was put on the buses, in and out. */
  readonly busEvents: () => readonly RecordedEvent[];
  /** Puts a `PutEvents` entry on its bus; the entry of the answer, with `EventId` or `ErrorCode`. */
  readonly putEvent: (entry: JsonObject) => JsonObject;
  /** Runs a function, by the name of its handler, with an event. */
  readonly invoke: (handler: string, event: unknown) => Promise<InvocationResult>;
  /** Ends a function's environment at once. */
  readonly kill: (handler: string) => Promise<void>;
  /** Adds a hook that sees each AWS call and may end its caller; the function it returns takes it away. */
  readonly onCall: (hook: CallHook) => () => void;
  /** A biller's secrets by kind, made if they were not there. */
  readonly secrets: (biller: string) => Readonly<Record<string, unknown>>;
  /** Every message in every queue, visible or not. */
  readonly queued: () => Promise<readonly KeptMessage[]>;
  /** Whether no run before this one has `begun`. */
  readonly fresh: boolean;
  /** Notes for the next run that this one holds what it should begin with. */
  readonly begun: () => void;
  readonly stop: () => Promise<void>;
}

type Base = Pick<Parts, "clock" | "activity" | "log" | "kept"> & { readonly origin: string };

const account = "000000000000";
const tickMilliseconds = 250;
const renewalMilliseconds = 1000;

/** The console and the sandbox stand on the deployment's own bus and table: the first of the stacks. */
function sandboxOf(wired: Wired, parts: Parts): Handler {
  const { deployment, clock, calls, activity } = parts;
  const busName = deployment.buses[0]?.name ?? "default";
  const tableName = deployment.tables[0]?.name ?? "";
  return sandbox({ wired, clock, calls, activity, busName, tableName });
}

function partsOf(options: LaptopOptions, app: SynthesizedApp, base: Base): Parts {
  const { clock, activity, log, kept, origin } = base;
  const place = { account, region: app.region, origin };
  const deployment = readDeployment(app, place);
  const root = options.root ?? new URL("../", import.meta.url);
  return {
    ...{ deployment, stage: app.stage, clock, activity, log, kept },
    host: lambdaHost({ functions: deployment.functions, place, clock, root, log }),
    calls: callLog(clock.now),
    agenda: emptyAgenda(activity),
    reports: emptyAgenda(activity),
    ...(options.dataDir === undefined ? {} : { dataDir: options.dataDir }),
  };
}

function laptopOf(parts: Parts, wired: Wired, stop: Laptop["stop"]): Laptop {
  const { deployment, clock, activity, host, calls, kept } = parts;
  const run = kept.section<true>("run");
  return {
    url: deployment.place.origin,
    deployment,
    clock,
    moveTo: wired.runner.moveTo,
    settle: wired.runner.settle,
    carriers: wired.carriers,
    messages: wired.messages,
    calls: calls.find,
    busEvents: wired.bus.events,
    putEvent: wired.bus.putEntry,
    invoke: (handler, event) => activity.run(() => host.invoke(handler, event)),
    kill: host.kill,
    onCall: wired.gateway.onCall,
    secrets: wired.secrets.ofBiller,
    queued: wired.queues.messages,
    fresh: run.entries().size === 0,
    begun: () => run.put("begun", true),
    stop,
  };
}

/** Starts everything the stacks say on 127.0.0.1; nothing is left when `stop` has resolved. */
export async function startLaptop(options: LaptopOptions): Promise<Laptop> {
  const { dataDir } = options;
  let ending = false;
  // What the end itself breaks is no news.
  const log: LogLine = (line) => (ending ? undefined : options.log?.(line));
  const onError = (cause: unknown): void =>
    log({ function: "laptop", text: cause instanceof Error ? (cause.stack ?? cause.message) : String(cause) });
  const kept = openKeptState(dataDir);
  const { clock, renew, end } = keptClock(kept, options.now);
  const server = await httpServer(options.port ?? 0, clock.now, onError);
  try {
    const { origin } = server;
    const app = typeof options.app === "function" ? await options.app(origin) : options.app;
    const parts = partsOf(options, app, { clock, activity: countActivity(onError), log, kept, origin });
    const wired = await wire(parts);
    server.serve(publicPort(wired, parts, sandboxOf(wired, parts)));
    const renewal = setInterval(renew, renewalMilliseconds);
    const timer = options.ticking === false ? undefined : setInterval(wired.runner.tick, tickMilliseconds);
    return laptopOf(parts, wired, async () => {
      ending = true;
      clearInterval(timer);
      clearInterval(renewal);
      await server.stop();
      await parts.host.stop();
      // A move that is under way still reads the tables.
      await wired.runner.stop();
      end();
      kept.end();
      await wired.stop();
    });
  } catch (cause) {
    await server.stop();
    throw cause;
  }
}
