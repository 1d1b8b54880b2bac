import * as z from "zod/mini";
import { billers, payments, proposals } from "../compose.ts";
import { environment } from "../config.ts";
import { BillerPath } from "../domain/ids.ts";
import { httpHandler, json } from "../middleware/http.ts";
import { parseInput } from "../middleware/parse-input.ts";
import { getProposals } from "../use-cases/get-proposals.ts";

const env = environment("get-proposals");
const ports = { billers: billers(env), payments: payments(env), proposals: proposals(env) };
const badLimit = "must be a whole number from 1 to 100";
const Limit = z.coerce
  .number(badLimit)
  .check(z.refine((limit) => Number.isInteger(limit) && limit >= 1 && limit <= 100, badLimit));
const Query = z.object({ after: z.exactOptional(z.string()), limit: z._default(Limit, 50) });

export const handler = httpHandler(async ({ params, query }) => {
  const { biller } = parseInput(BillerPath, params, "The path");
  return json(200, await getProposals(ports, { biller, ...parseInput(Query, query, "The query") }));
});
