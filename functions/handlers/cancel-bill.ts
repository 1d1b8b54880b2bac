import * as z from "zod/mini";
import { billers, bills, clock, events, linkCodes } from "../compose.ts";
import { environment } from "../config.ts";
import { BillPath } from "../domain/ids.ts";
import { BillCanceled } from "../messages.ts";
import { httpOrEventHandler } from "../middleware/event.ts";
import { json } from "../middleware/http.ts";
import { parseInput, parseJson } from "../middleware/parse-input.ts";
import { cancelBill } from "../use-cases/cancel-bill.ts";

const env = environment("cancel-bill");
const ports = { bills: bills(env), billers: billers(env), linkCodes: linkCodes(env), events: events(env), clock };
const Body = z.strictObject({ reason: z.exactOptional(z.string().check(z.maxLength(200))) });

export const handler = httpOrEventHandler({
  http: async ({ params, body }) => {
    const path = parseInput(BillPath, params, "The path");
    const { reason } = parseJson(Body, body || "{}", "The cancel");
    await cancelBill(ports, { biller: path.biller, billId: path.bill, ...(reason !== undefined && { reason }) });
    return json(200, { billId: path.bill, biller: path.biller, status: "canceled" });
  },
  event: async (detail) => await cancelBill(ports, parseInput(BillCanceled, detail, "The event bill.canceled")),
});
