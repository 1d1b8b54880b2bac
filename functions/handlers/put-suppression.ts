import { billers, clock, suppressions } from "../compose.ts";
import { environment } from "../config.ts";
import { BillerPath } from "../domain/ids.ts";
import { toIso } from "../domain/local-time.ts";
import { SuppressionRequest } from "../domain/suppression.ts";
import { httpHandler, json } from "../middleware/http.ts";
import { parseInput, parseJson } from "../middleware/parse-input.ts";
import { putSuppression } from "../use-cases/put-suppression.ts";

const env = environment("put-suppression");
const ports = { billers: billers(env), suppressions: suppressions(env), clock };

export const handler = httpHandler(async ({ params, body }) => {
  const { biller } = parseInput(BillerPath, params, "The path");
  const request = parseJson(SuppressionRequest, body, "The suppression");
  const { since, ...suppressed } = await putSuppression(ports, { biller, request });
  return json(200, { ...suppressed, since: toIso(since) });
});
