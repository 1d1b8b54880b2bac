import type { Hop } from "../../domain/biller.ts";
import type { Channel } from "../../domain/ids.ts";
import { present } from "./present.ts";

/** A hop as the table keeps it: channel, wait, success. */
export type HopRow = { readonly c: Channel; readonly w?: string; readonly s?: NonNullable<Hop["success"]> };

export const encodeHop = ({ channel, wait, success }: Hop): HopRow =>
  present<HopRow>({ c: channel, w: wait, s: success });

export const decodeHop = ({ c, w, s }: HopRow): Hop => present<Hop>({ channel: c, wait: w, success: s });
