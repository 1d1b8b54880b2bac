import { notReady } from "../domain/errors.ts";
import type { SmsLogLine } from "../messages.ts";
import type { Ports } from "../ports.ts";
import { type RecordedReport, type ReportPorts, recordReport } from "./record-delivery-report.ts";

export type SmsLogPorts = ReportPorts & Pick<Ports, "smsReferences">;

export type RecordedLine = RecordedReport;

/**
 * Records a line of the SMS delivery log, which may come before the reference it is found by: it is not-ready until the last receive,
 * and then foreign, since whatever else of the account sends SMS is in the same log.
 */
export async function recordSmsLogLine(
  ports: SmsLogPorts,
  { kind, ...line }: SmsLogLine,
  { lastReceive }: { readonly lastReceive: boolean },
): Promise<RecordedLine> {
  const key = await ports.smsReferences.get(line.providerReference);
  if (key) return await recordReport(ports, { kind: "delivery", ...key, channel: "sms", ...line });
  if (lastReceive) return { outcome: "foreign" };
  throw notReady("no message has this reference yet; the line is tried again");
}
