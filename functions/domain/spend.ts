import type { SpendCaps } from "./channel-settings.ts";
import type { Message } from "./message.ts";

/** Millionths of a US dollar. */
export type MicroUsd = number;

/** A price as settings write it (`0.00278`), in millionths of a dollar. */
export function microUsd(usd: string): MicroUsd {
  const [dollars = "0", fraction = ""] = usd.split(".");
  return Number(dollars) * 1_000_000 + Number(fraction.padEnd(6, "0"));
}

/** What a message costs, and what may be spent on its day: in all, and on the numbers that begin as its own does. */
export type Price = {
  readonly micros: MicroUsd;
  readonly limitMicros: MicroUsd;
  /** `digits`: the beginning without its plus. */
  readonly prefix?: { readonly digits: string; readonly limitMicros: MicroUsd };
};

/** What SpendCaps takes for the beginning of a number: a plus and seven digits at most. */
const longestPrefix = 8;

function longestMatch(number: string, byPrefix: Readonly<Record<string, string>>): string | undefined {
  for (let length = longestPrefix; length > 1; length--) {
    const prefix = number.slice(0, length);
    if (Object.hasOwn(byPrefix, prefix)) return prefix;
  }
  return undefined;
}

/** The price of a message (SMS: of all its parts) by the biller's caps for its channel; none where the biller caps nothing. */
export function priceOf({ biller, to, wording }: Pick<Message, "biller" | "to" | "wording">): Price | undefined {
  const { channel } = wording;
  const caps = channel === "email" ? undefined : biller[channel]?.spend;
  if (!caps) return undefined;
  const number = to.reveal();
  const units = channel === "sms" ? wording.segments : 1;
  const micros = unitPrice(number, caps.prices) * units;
  const capped = caps.prefixesPerDayUsd ?? {};
  const prefix = longestMatch(number, capped);
  return {
    micros,
    limitMicros: microUsd(caps.perDayUsd),
    ...(prefix !== undefined && {
      prefix: { digits: prefix.slice(1), limitMicros: microUsd(capped[prefix] ?? caps.perDayUsd) },
    }),
  };
}

/** By the longest beginning that matches; what matches none is taken for the dearest, so that no cap is passed by what was not listed. */
function unitPrice(number: string, prices: SpendCaps["prices"]): MicroUsd {
  const prefix = longestMatch(number, prices);
  const listed = prefix === undefined ? undefined : prices[prefix];
  return listed === undefined ? Math.max(...Object.values(prices).map(microUsd)) : microUsd(listed);
}
