import { billers, bills, clock, linkCodes } from "../compose.ts";
import { environment } from "../config.ts";
import { BillPath } from "../domain/ids.ts";
import { toIso } from "../domain/local-time.ts";
import { httpHandler, json } from "../middleware/http.ts";
import { parseInput } from "../middleware/parse-input.ts";
import { remind } from "../use-cases/remind.ts";

const env = environment("remind");
const ports = { bills: bills(env), billers: billers(env), linkCodes: linkCodes(env), clock };

export const handler = httpHandler(async ({ params }) => {
  const path = parseInput(BillPath, params, "The path");
  const { step, at } = await remind(ports, { biller: path.biller, billId: path.bill });
  return json(202, { step, at: toIso(at) });
});
