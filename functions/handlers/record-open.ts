import { bills, events, linkCodes, openLog, opens } from "../compose.ts";
import { environment } from "../config.ts";
import { logSubscriptionHandler } from "../middleware/log-subscription.ts";
import { recordOpen } from "../use-cases/record-open.ts";

const env = environment("record-open");
const ports = { bills: bills(env), linkCodes: linkCodes(env), opens: opens(env), events: events(env) };

export const handler = logSubscriptionHandler(async (event) => {
  const { lines, skipped } = openLog(event);
  return { ...skipped, ...(await recordOpen(ports, lines)) };
});
