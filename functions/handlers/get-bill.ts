import { billers, bills, clock, linkCodes } from "../compose.ts";
import { environment } from "../config.ts";
import { billView } from "../domain/bill-view.ts";
import { BillPath } from "../domain/ids.ts";
import { httpHandler, json } from "../middleware/http.ts";
import { parseInput } from "../middleware/parse-input.ts";
import { getBill } from "../use-cases/get-bill.ts";

const env = environment("get-bill");
const ports = { bills: bills(env), billers: billers(env), linkCodes: linkCodes(env) };

export const handler = httpHandler(async ({ params }) => {
  const path = parseInput(BillPath, params, "The path");
  const { bill, biller, detail, timeline } = await getBill(ports, { biller: path.biller, billId: path.bill });
  const view = billView(bill, biller, { now: clock.now(), linkBaseUrl: env.LINK_BASE_URL, detail });
  return json(200, { ...view, timeline });
});
