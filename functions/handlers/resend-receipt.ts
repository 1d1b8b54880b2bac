import { billers, bills, clock, dueQueues, linkCodes, payments } from "../compose.ts";
import { environment } from "../config.ts";
import { BillPath } from "../domain/ids.ts";
import { toIso } from "../domain/local-time.ts";
import { ResendRequest } from "../domain/resent-receipt.ts";
import { httpHandler, json } from "../middleware/http.ts";
import { parseInput, parseJson } from "../middleware/parse-input.ts";
import { resendReceipt } from "../use-cases/resend-receipt.ts";

const env = environment("resend-receipt");
const ports = {
  ...{ bills: bills(env), billers: billers(env), payments: payments(env) },
  ...{ linkCodes: linkCodes(env), dueQueues: dueQueues(env), clock },
};

export const handler = httpHandler(async ({ params, body }) => {
  const path = parseInput(BillPath, params, "The path");
  const request = parseJson(ResendRequest, body || "{}", "The request");
  const { at, ...resent } = await resendReceipt(ports, { biller: path.biller, billId: path.bill, ...request });
  return json(202, { ...resent, at: toIso(at) });
});
