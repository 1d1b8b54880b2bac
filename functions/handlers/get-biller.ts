import { billers } from "../compose.ts";
import { environment } from "../config.ts";
import { notFound } from "../domain/errors.ts";
import { BillerPath } from "../domain/ids.ts";
import { httpHandler, json } from "../middleware/http.ts";
import { parseInput } from "../middleware/parse-input.ts";

const env = environment("get-biller");

export const handler = httpHandler(async ({ params }) => {
  const { biller } = parseInput(BillerPath, params, "The path");
  const found = await billers(env).get(biller);
  if (!found) throw notFound(`There is no biller ${biller}.`);
  return json(200, found);
});
