import { billers, reconciliations } from "../compose.ts";
import { environment } from "../config.ts";
import { BillerPath } from "../domain/ids.ts";
import { httpHandler, json } from "../middleware/http.ts";
import { parseInput } from "../middleware/parse-input.ts";
import { getReconciliations } from "../use-cases/get-reconciliations.ts";

const env = environment("get-reconciliations");
const ports = { billers: billers(env), reconciliations: reconciliations(env) };

export const handler = httpHandler(async ({ params }) =>
  json(200, await getReconciliations(ports, parseInput(BillerPath, params, "The path"))),
);
