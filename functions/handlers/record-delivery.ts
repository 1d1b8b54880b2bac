import { bills, clock, notifications, payments, sesReports } from "../compose.ts";
import { environment } from "../config.ts";
import { DeliveryReport } from "../messages.ts";
import { queueHandler } from "../middleware/queue.ts";
import { recordDelivery } from "../use-cases/record-delivery.ts";

const env = environment("record-delivery");
const ports = { bills: bills(env), payments: payments(env), notifications: notifications(env), clock };

export const handler = queueHandler(async (body) => {
  const told: unknown = JSON.parse(body);
  const own = DeliveryReport.safeParse(told);
  if (own.success) return await recordDelivery(ports, own.data);
  const reading = sesReports(told);
  return reading.outcome === "report" ? await recordDelivery(ports, reading.report) : { outcome: reading.reason };
});
