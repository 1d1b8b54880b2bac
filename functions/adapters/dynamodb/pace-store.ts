import { setTimeout as wait } from "node:timers/promises";
import type { Moment } from "../../domain/local-time.ts";
import {
  allowanceMs,
  farthestMs,
  horizonMs,
  isInTime,
  type Micros,
  microsOf,
  momentOf,
  nearestMs,
  probeMs,
  redateFor,
  spacing,
  startMs,
} from "../../domain/pace.ts";
import type { Clock, Pace, PaceRequest, Slot, Timer } from "../../ports.ts";
import { coalesced } from "../coalesced.ts";
import { type Key, paceLineKey, paceTurnKey } from "./keys.ts";
import { dynamoNumberItems, type NumberItems } from "./number-items.ts";
import { type PaceItems, paceItems, reportTo } from "./pace-line.ts";
import { advance, circuitOf, slotStands, slownessOf, takeProbe } from "./pace-rows.ts";
import type { LanedPlace } from "./table.ts";

/** A batch of ten is prepared within this, so that it reserves with one write. */
const coalesceMs = 20;

/**
 * Bills that are dated anew a second, by lane of the due index: each is two writes of the index, a partition of which takes a thousand,
 * and the sends need some of them.
 */
const redatesPerSecond = 300;

/** A Lambda has more to do than to wait for its turn at the index. */
const longestWaitMs = 5_000;

/** While a line was found full its other end is not looked at again for so long: a write that is refused costs as much as one that is made. */
const holdMs = 1_000;

/** What the arithmetic works with; `pause` is how long requests are collected. */
export type PaceNeeds = {
  readonly items: NumberItems;
  readonly clock: Clock;
  readonly timer: Timer;
  readonly lanes: number;
  readonly pause?: () => Promise<void>;
};

/** The rates and circuits of all senders, in DynamoDB. */
export const dynamoPace = ({
  client,
  table,
  ...needs
}: LanedPlace & { readonly clock: Clock; readonly timer: Timer }): Pace =>
  paceOn({ ...needs, items: dynamoNumberItems({ client, table }) });

type Context = Omit<PaceNeeds, "items" | "pause"> & {
  readonly items: PaceItems;
  /** Until when a line is taken to be full. */
  readonly full: Map<string, Moment>;
};

/** The rates and circuits of all senders, on items of numbers. */
export function paceOn({ items: plain, pause = () => wait(coalesceMs), ...needs }: PaceNeeds): Pace {
  const items = paceItems(plain, needs.clock);
  const context: Context = { ...needs, items, full: new Map() };
  const reserveAnew = coalesced<PaceRequest, Slot>((requests) => reserveTogether(context, requests), pause);
  return {
    async reserve(request) {
      let slot = (await keptSlot(context, request)) ?? (await reserveAnew(request));
      // A reservation that took too long to come back is of no use.
      for (let again = 0; again < 2 && isMissed(slot, needs.clock); again++) slot = await reserveAnew(request);
      return slot;
    },
    report: (line, how) => reportTo(items, { line, how, now: needs.clock.now() }),
  };
}

const isMissed = (slot: Slot, clock: Clock): boolean =>
  slot.outcome === "slot" && !slot.probe && !isInTime(slot.at, clock.now());

/** The slot a message came with, where it still stands. */
async function keptSlot({ items, clock }: Context, { line, slot, perSecond }: PaceRequest): Promise<Slot | undefined> {
  if (slot === undefined) return undefined;
  const row = await items.recent(paceLineKey(line));
  const now = clock.now();
  if (circuitOf(row, now).state !== "closed" || !slotStands(row, slot, { now, perSecond })) return undefined;
  return { outcome: "slot", at: slot };
}

/** Requests of one biller for one line. */
type Group = {
  readonly line: string;
  readonly key: Key;
  readonly requests: readonly PaceRequest[];
  readonly perSecond: number;
};

async function reserveTogether(context: Context, requests: readonly PaceRequest[]): Promise<readonly Slot[]> {
  const slots: Slot[] = [];
  const groups = Map.groupBy(
    requests.map((request, index) => ({ request, index })),
    ({ request: { line, biller, urgent = false } }) => `${line}\n${biller}\n${urgent}`,
  );
  await Promise.all(
    [...groups.values()].map(async (members) => {
      const together = members.map(({ request }) => request);
      const line = together[0]?.line ?? "";
      const perSecond = Math.min(...together.map((request) => request.perSecond));
      const found = await reserveGroup(context, { line, key: paceLineKey(line), requests: together, perSecond });
      members.forEach(({ index }, place) => {
        slots[index] = found[place] as Slot;
      });
    }),
  );
  return slots;
}

async function reserveGroup(context: Context, group: Group): Promise<readonly Slot[]> {
  const urgent = group.requests[0]?.urgent ?? false;
  const soon = await reserveSlots(context, group, urgent ? farthestMs : horizonMs);
  return soon ?? (await takeTurns(context, group));
}

/** Slots within the horizon, or why there are none; undefined when the line is full. */
async function reserveSlots(
  context: Context,
  { line, key, requests, perSecond }: Group,
  horizon: number,
): Promise<readonly Slot[] | undefined> {
  const { items, clock, full } = context;
  if (horizon === horizonMs && clock.now() < (full.get(line) ?? 0)) return undefined;
  // What was seen of another's probe may be over long before its time.
  if (circuitOf(items.seen(key) ?? {}, clock.now()).state === "open") await items.recent(key);
  let stretch = 0;
  let tried: readonly Slot[] | undefined;
  const row = await items.change(key, (seen, seenAt) => {
    const now = clock.now();
    const circuit = circuitOf(seen, now);
    tried = circuit.state === "closed" ? undefined : requests.map(() => closedUntil(circuit, now));
    if (circuit.state === "open") return undefined;
    if (circuit.state === "half-open") return takeProbe(key, seen, now);
    stretch = spacing(perSecond, slownessOf(seen, now));
    const by = stretch * unitsOf(requests);
    const [from, start] = [microsOf(now + nearestMs), microsOf(now + startMs)];
    return advance(key, seen, { from, start, by, to: microsOf(now + horizon), seenAt });
  });
  if (tried) return row ? tried.with(0, { outcome: "slot", at: clock.now(), probe: true }) : tried;
  if (!row) {
    full.set(line, clock.now() + holdMs);
    return undefined;
  }
  const first = (row["f"] ?? 0) - stretch * unitsOf(requests);
  return turnsFrom(first, stretch, requests).map((at) => ({ outcome: "slot", at: momentOf(at) }));
}

const closedUntil = (circuit: { readonly state: string; readonly until?: Moment }, now: Moment): Slot => ({
  outcome: "open-circuit",
  until: circuit.until ?? now + probeMs,
});

const unitsOf = (requests: readonly PaceRequest[]): number => requests.reduce((sum, { units }) => sum + units, 0);

/** When each request's turn is: one after the other. */
function turnsFrom(first: Micros, stretch: Micros, requests: readonly PaceRequest[]): Micros[] {
  let next = first;
  return requests.map(({ units }) => {
    const turn = next;
    next += units * stretch;
    return turn;
  });
}

/**
 * A full line: the biller's bills queue up behind its own, at the rate of the line. What is little is still given slots, behind what is
 * there; of the rest each bill is told when its turn will be.
 */
async function takeTurns(context: Context, group: Group): Promise<readonly Slot[]> {
  const { items, clock } = context;
  const { line, requests, perSecond } = group;
  const now = clock.now();
  const start = microsOf(now + horizonMs);
  const stretch = spacing(perSecond, slownessOf(items.seen(group.key) ?? {}, now));
  const by = stretch * unitsOf(requests);
  const key = paceTurnKey(line, requests[0]?.biller as PaceRequest["biller"]);
  const row = await items.change(key, (seen) => advance(key, seen, { from: start, start, by }));
  const end = row?.["f"] ?? start;
  if (end <= start + microsOf(allowanceMs)) {
    const late = await reserveSlots(context, group, farthestMs);
    if (late) return late;
  }
  await awaitRedate(context, requests.length);
  const turns = turnsFrom(end - by, stretch, requests);
  return turns.map((at) => ({ outcome: "later", at: redateFor(momentOf(at), clock.now()) }));
}

/** Waits for the share of the due index that these bills need to be dated anew. */
async function awaitRedate({ items, clock, timer, lanes }: Context, bills: number): Promise<void> {
  const by = Math.ceil((bills * 1_000_000) / (redatesPerSecond * lanes));
  const now = microsOf(clock.now());
  const key = paceLineKey("redates");
  const row = await items.change(key, (seen) => advance(key, seen, { from: now, start: now, by }));
  const at = momentOf((row?.["f"] ?? 0) - by);
  if (at > clock.now()) await timer.until(Math.min(at, clock.now() + longestWaitMs));
}
