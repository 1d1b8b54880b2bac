import { billers, clock, suppressions } from "../compose.ts";
import { environment } from "../config.ts";
import { BillerPath } from "../domain/ids.ts";
import { ConsentRequest } from "../domain/suppression.ts";
import { httpHandler, json } from "../middleware/http.ts";
import { parseInput, parseJson } from "../middleware/parse-input.ts";
import { removeSuppression } from "../use-cases/remove-suppression.ts";

const env = environment("remove-suppression");
const ports = { billers: billers(env), suppressions: suppressions(env), clock };

export const handler = httpHandler(async ({ params, body }) => {
  const { biller } = parseInput(BillerPath, params, "The path");
  const request = parseJson(ConsentRequest, body, "The consent");
  return json(200, await removeSuppression(ports, { biller, request }));
});
