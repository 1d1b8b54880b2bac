import type { Channel } from "../../domain/ids.ts";
import { type LinkCode, laneOf } from "../../domain/link-code.ts";
import { type Cursor, parseDue, type Progress } from "../../domain/progress.ts";
import { type Present, present } from "./present.ts";

type Stored = {
  /** The keys of the due index: absent together, so that an item without a cursor is not in it. */
  lane: string | undefined;
  due: string | undefined;
  /** The cursor's moment, how often it was re-dated and refused; the rest of it is in `due`. */
  at: number | undefined;
  nd: number | undefined;
  nr: number | undefined;
  /** The claim: step, hop, channel, moment, nonce. */
  cl: readonly [string, number, string, number, string] | undefined;
  /** Steps that ended, and hops that were not needed. */
  dn: readonly string[] | undefined;
  sp: readonly string[] | undefined;
};

/** The attributes of an item that may wait in the due index. */
export type ProgressRow = Present<Stored>;

const unlessEmpty = (list: readonly string[] | undefined): readonly string[] | undefined =>
  list && list.length > 0 ? list : undefined;

/** The attributes that keep how far an item has come. */
export function encodeProgress({ cursor, claim, done, spared }: Progress, code: LinkCode, lanes: number): ProgressRow {
  return present<Stored>({
    lane: cursor && laneOf(code, lanes),
    due: cursor?.due,
    at: cursor?.at,
    nd: cursor?.redated,
    nr: cursor?.refused,
    cl: claim && [claim.step, claim.hop, claim.channel, claim.at, claim.nonce],
    dn: unlessEmpty(done),
    sp: unlessEmpty(spared),
  });
}

function decodeCursor({ due, at, nd, nr }: ProgressRow): Cursor | undefined {
  if (due === undefined || at === undefined) return undefined;
  const { step, hop, channel } = parseDue(due);
  return present({ step, hop, channel, at, due, redated: nd, refused: nr });
}

/** How far an item has come, read from its attributes. */
export function decodeProgress(row: ProgressRow): Progress {
  const [step = "", hop = 0, channel = "", at = 0, nonce = ""] = row.cl ?? [];
  return present({
    cursor: decodeCursor(row),
    claim: row.cl && { step, hop, channel: channel as Channel, at, nonce },
    done: row.dn ?? [],
    spared: row.sp,
  });
}
