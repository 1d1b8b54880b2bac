import type { Channel } from "../../domain/ids.ts";
import { type LinkCode, laneOf } from "../../domain/link-code.ts";
import { type Claim, type Cursor, type Progress, parseDue } from "../../domain/progress.ts";
import { present } from "./present.ts";

/** The attributes of an item that may wait in the due index. */
export type ProgressRow = {
  /** The keys of the due index: absent together, so that an item without a cursor is not in it. */
  readonly lane?: string;
  readonly due?: string;
  /** The cursor's moment, how often it was re-dated and refused; the rest of it is in `due`. */
  readonly at?: number;
  readonly nd?: number;
  readonly nr?: number;
  /** What holds the stop: the frequency cap or the spend cap. */
  readonly hd?: "f" | "s";
  /** The claim: step, hop, channel, moment, nonce. */
  readonly cl?: readonly [string, number, Channel, number, string];
  /** Steps that ended, and hops that were not needed. */
  readonly dn?: readonly string[];
  readonly sp?: readonly string[];
};

const unlessEmpty = (list: readonly string[] | undefined): readonly string[] | undefined =>
  list && list.length > 0 ? list : undefined;

/** The attributes that keep how far an item has come. */
export function encodeProgress({ cursor, claim, done, spared }: Progress, code: LinkCode, lanes: number): ProgressRow {
  return present<ProgressRow>({
    lane: cursor && laneOf(code, lanes),
    due: cursor?.due,
    at: cursor?.at,
    nd: cursor?.redated,
    nr: cursor?.refused,
    hd: cursor?.held && (cursor.held === "frequency-cap" ? "f" : "s"),
    cl: claim && [claim.step, claim.hop, claim.channel, claim.at, claim.nonce],
    dn: unlessEmpty(done),
    sp: unlessEmpty(spared),
  });
}

function decodeCursor({ due, at, nd, nr, hd }: ProgressRow): Cursor | undefined {
  if (due === undefined || at === undefined) return undefined;
  const { step, hop, channel } = parseDue(due);
  const held = hd && (hd === "f" ? "frequency-cap" : "spend-cap");
  return present<Cursor>({ step, hop, channel, at, due, redated: nd, refused: nr, held });
}

function decodeClaim([step, hop, channel, at, nonce]: NonNullable<ProgressRow["cl"]>): Claim {
  return { step, hop, channel, at, nonce };
}

/** How far an item has come, read from its attributes. */
export const decodeProgress = (row: ProgressRow): Progress =>
  present<Progress>({
    cursor: decodeCursor(row),
    claim: row.cl && decodeClaim(row.cl),
    done: row.dn ?? [],
    spared: row.sp,
  });
