import { billers, bills, clock, events, linkCodes, payments } from "../compose.ts";
import { environment } from "../config.ts";
import { BillInput } from "../domain/bill.ts";
import { billView } from "../domain/bill-view.ts";
import { BillPath } from "../domain/ids.ts";
import { BillIssued } from "../messages.ts";
import { httpOrEventHandler } from "../middleware/event.ts";
import { json } from "../middleware/http.ts";
import { parseInput, parseJson } from "../middleware/parse-input.ts";
import { registerBill } from "../use-cases/register-bill.ts";

const env = environment("register-bill");
const ports = {
  bills: bills(env),
  billers: billers(env),
  payments: payments(env),
  linkCodes: linkCodes(env),
  events: events(env),
  clock,
};

export const handler = httpOrEventHandler({
  http: async ({ params, body }) => {
    const path = parseInput(BillPath, params, "The path");
    const input = parseJson(BillInput, body, "The bill");
    const { outcome, bill, biller, detail } = await registerBill(ports, {
      biller: path.biller,
      billId: path.bill,
      bill: input,
    });
    const view = billView(bill, biller, {
      now: clock.now(),
      linkBaseUrl: env.LINK_BASE_URL,
      ...(detail && { detail }),
    });
    return json(outcome === "registered" ? 201 : 200, { outcome, ...view });
  },
  event: async (detail) => await registerBill(ports, parseInput(BillIssued, detail, "The event bill.issued")),
});
