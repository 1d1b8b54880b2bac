import type { LinkCode } from "./link-code.ts";
import type { Moment } from "./local-time.ts";

/**
 * The reference of one attempt to pay: letters and digits, at most 25 until the year 5188, another one every millisecond and for each
 * `mark` (one letter). Its first 13 characters are the link code, so that a bank statement alone leads back to the bill.
 */
export const attemptReference = (code: LinkCode, at: Moment, mark: string): string =>
  `${code}${at.toString(36)}${mark}`;
