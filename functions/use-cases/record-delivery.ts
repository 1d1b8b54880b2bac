import type { DeliveryMessage } from "../messages.ts";
import { type RecordedReport, type ReportPorts, recordReport } from "./record-delivery-report.ts";
import { type RecordedLine, recordSmsLogLine, type SmsLogPorts } from "./record-delivery-sms-log.ts";
import { type RecordedWish, recordWish, type WishPorts } from "./record-delivery-wish.ts";

type DeliveryPorts = ReportPorts & SmsLogPorts & WishPorts;

/** `foreign`: it names nothing that we sent, nobody that we know, or a bill of another biller than whose webhook told it. */
export type RecordedDelivery = RecordedReport | RecordedLine | RecordedWish;

/** Whether the queue will hand the message out again; it will unless told. */
export type DeliveryOptions = { readonly lastReceive?: boolean };

/**
 * Records one thing that a carrier told, in any order and number: what became of a message, or what its recipient wishes. Throws
 * not-ready for a report whose message is not known yet.
 */
export async function recordDelivery(
  ports: DeliveryPorts,
  message: DeliveryMessage,
  { lastReceive = false }: DeliveryOptions = {},
): Promise<RecordedDelivery> {
  switch (message.kind) {
    case "delivery":
      return await recordReport(ports, message);
    case "sms-log":
      return await recordSmsLogLine(ports, message, { lastReceive });
    case "wish":
      return await recordWish(ports, message);
  }
}

/** One message of the queue may hold a thousand reports: so many are recorded at a time. */
const atOnce = 10;

/**
 * Records all that one message of the queue told, each by itself: what fails keeps none of the others from being recorded, and is
 * thrown in the end. The outcome is the first that concerns us.
 */
export async function recordDeliveries(
  ports: DeliveryPorts,
  messages: readonly DeliveryMessage[],
  options: DeliveryOptions = {},
): Promise<{ readonly outcome: RecordedDelivery["outcome"] | "skipped" }> {
  const recorded: PromiseSettledResult<RecordedDelivery>[] = [];
  for (let n = 0; n < messages.length; n += atOnce) {
    const some = messages.slice(n, n + atOnce).map((message) => recordDelivery(ports, message, options));
    recorded.push(...(await Promise.allSettled(some)));
  }
  const failed = recorded.find((result) => result.status === "rejected");
  if (failed) throw failed.reason;
  const outcomes = recorded.flatMap((result) => (result.status === "fulfilled" ? [result.value.outcome] : []));
  return { outcome: outcomes.find((outcome) => outcome !== "foreign") ?? outcomes[0] ?? "skipped" };
}
