import * as z from "zod/mini";
import { billers, bills, clock, linkCodes } from "../compose.ts";
import { environment } from "../config.ts";
import { billView } from "../domain/bill-view.ts";
import { BillPath } from "../domain/ids.ts";
import { Instant } from "../domain/local-time.ts";
import { httpHandler, json } from "../middleware/http.ts";
import { parseInput, parseJson } from "../middleware/parse-input.ts";
import { pauseReminders } from "../use-cases/pause-reminders.ts";

const env = environment("pause-reminders");
const ports = { bills: bills(env), billers: billers(env), linkCodes: linkCodes(env), clock };
const Body = z.strictObject({ until: Instant });

export const handler = httpHandler(async ({ params, body }) => {
  const path = parseInput(BillPath, params, "The path");
  const { until } = parseJson(Body, body, "The pause");
  const { bill, biller } = await pauseReminders(ports, { biller: path.biller, billId: path.bill, until });
  return json(200, billView(bill, biller, { now: clock.now(), linkBaseUrl: env.LINK_BASE_URL }));
});
