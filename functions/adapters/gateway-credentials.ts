import { type Unavailable, unavailable } from "./gateway-answer.ts";
import { inTime } from "./in-time.ts";

/** The credentials of a biller, or why there are none; a reader that is not done in time is not waited for. */
export async function credentialsInTime<T>(
  reading: Promise<T | undefined>,
  signal: AbortSignal,
): Promise<{ readonly keys: T } | Unavailable> {
  try {
    const keys = await inTime(reading, signal);
    return keys ? { keys } : unavailable("no-credentials");
  } catch {
    return unavailable(signal.aborted ? "timed-out" : "credentials-unreadable");
  }
}

/** Basic authorization. */
export const basic = (name: string, secret: string): string =>
  `Basic ${Buffer.from(`${name}:${secret}`).toString("base64")}`;
