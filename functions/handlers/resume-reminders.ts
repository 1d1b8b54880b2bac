import { billers, bills, clock, linkCodes } from "../compose.ts";
import { environment } from "../config.ts";
import { billView } from "../domain/bill-view.ts";
import { BillPath } from "../domain/ids.ts";
import { httpHandler, json } from "../middleware/http.ts";
import { parseInput } from "../middleware/parse-input.ts";
import { resumeReminders } from "../use-cases/resume-reminders.ts";

const env = environment("resume-reminders");
const ports = { bills: bills(env), billers: billers(env), linkCodes: linkCodes(env), clock };

export const handler = httpHandler(async ({ params }) => {
  const path = parseInput(BillPath, params, "The path");
  const { bill, biller } = await resumeReminders(ports, { biller: path.biller, billId: path.bill });
  return json(200, billView(bill, biller, { now: clock.now(), linkBaseUrl: env.LINK_BASE_URL }));
});
