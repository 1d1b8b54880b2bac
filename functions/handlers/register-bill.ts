import { clock, registering } from "../compose.ts";
import { environment } from "../config.ts";
import { BillInput } from "../domain/bill-input.ts";
import { billView } from "../domain/bill-view.ts";
import { BillPath } from "../domain/ids.ts";
import { BillIssued } from "../messages.ts";
import { httpOrEventHandler } from "../middleware/event.ts";
import { json } from "../middleware/http.ts";
import { parseInput, parseJson } from "../middleware/parse-input.ts";
import { registerBill } from "../use-cases/register-bill.ts";

const env = environment("register-bill");
const ports = registering(env);

export const handler = httpOrEventHandler({
  http: async ({ params, body }) => {
    const { biller: id, bill: billId } = parseInput(BillPath, params, "The path");
    const command = { biller: id, billId, bill: parseJson(BillInput, body, "The bill") };
    const { outcome, bill, biller, detail } = await registerBill(ports, command);
    const view = billView(bill, biller, { now: clock.now(), linkBaseUrl: env.LINK_BASE_URL, detail });
    return json(outcome === "registered" ? 201 : 200, { outcome, ...view });
  },
  event: async (detail) => await registerBill(ports, parseInput(BillIssued, detail, "The event bill.issued")),
});
