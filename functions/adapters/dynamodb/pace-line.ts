import { providerError } from "../../domain/errors.ts";
import type { Moment } from "../../domain/local-time.ts";
import type { Clock } from "../../ports.ts";
import { type Key, paceLineKey } from "./keys.ts";
import type { NumberItems, Numbers, NumbersUpdate } from "./number-items.ts";
import { circuitOf, closeCircuit, countFailure, forgetFailures, openCircuit, reopen, slowDown } from "./pace-rows.ts";

const rounds = 6;
/** A row read this lately is good enough to look at a circuit. */
const freshMs = 1_000;
/** A sender that lives long meets many lines. */
const mostRemembered = 2_000;

type Seen = { readonly row: Numbers; readonly at: Moment };

/** Items of numbers with what was last seen of each: the first guess of every conditional write. */
export type PaceItems = {
  /** The item as last seen; without numbers where it was not. */
  seen(key: Key): Numbers | undefined;
  /** The item as it was within the last second. */
  recent(key: Key): Promise<Numbers>;
  /**
   * Plans by what was last seen, at `seenAt`, and writes; plans again by what is there where that was wrong. Undefined when there is
   * nothing to do.
   */
  change(key: Key, plan: (row: Numbers, seenAt: Moment) => NumbersUpdate | undefined): Promise<Numbers | undefined>;
};

export function paceItems(items: NumberItems, clock: Clock): PaceItems {
  const memory = new Map<string, Seen>();
  const underWay = new Map<string, Promise<Numbers>>();
  const idOf = ({ pk, sk }: Key): string => `${pk}\n${sk}`;
  const remember = (key: Key, row: Numbers): Numbers => {
    if (memory.size >= mostRemembered) memory.clear();
    memory.set(idOf(key), { row, at: clock.now() });
    return row;
  };
  return {
    seen: (key) => memory.get(idOf(key))?.row,
    recent(key) {
      const id = idOf(key);
      const seen = memory.get(id);
      if (seen && clock.now() - seen.at < freshMs) return Promise.resolve(seen.row);
      const asked =
        underWay.get(id) ??
        items
          .get(key)
          .then((row) => remember(key, row))
          .finally(() => underWay.delete(id));
      underWay.set(id, asked);
      return asked;
    },
    async change(key, plan) {
      let { row, at } = memory.get(idOf(key)) ?? { row: {}, at: clock.now() };
      for (let round = 0; round < rounds; round++) {
        const update = plan(row, at);
        if (!update) return undefined;
        const { done, item } = await items.update(update);
        row = remember(key, item);
        at = clock.now();
        if (done) return row;
      }
      throw providerError("A line of senders is being written by too many");
    },
  };
}

/** Takes down how a provider answered. An answer writes nothing while no failure was seen. */
export async function reportTo(
  items: PaceItems,
  report: { readonly line: string; readonly how: "up" | "throttled" | "down"; readonly now: Moment },
): Promise<void> {
  const { how, now } = report;
  const key = paceLineKey(report.line);
  if (how === "down") return await reportDown(items, key, now);
  const row = how === "up" ? items.seen(key) : await items.recent(key);
  if (!row) return;
  const isTried = row["o"] !== undefined && now >= row["o"];
  if (isTried) await items.change(key, (seen) => (seen["o"] === undefined ? undefined : closeCircuit(key, seen)));
  else if (circuitOf(row, now).state === "closed" && row["k"] !== undefined)
    await items.change(key, ({ k, o }) => (k === undefined || o !== undefined ? undefined : forgetFailures(key)));
  if (how === "throttled") await items.change(key, (seen) => slowDown(key, seen, now));
}

async function reportDown(items: PaceItems, key: Key, now: Moment): Promise<void> {
  await items.change(key, (seen) => {
    if (seen["o"] === undefined) return countFailure(key, seen, now);
    return now >= seen["o"] ? reopen(key, seen, now) : undefined;
  });
  await items.change(key, (seen) => (seen["o"] === undefined ? openCircuit(key, seen, now) : undefined));
}
