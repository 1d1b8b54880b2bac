import { billers, hasWording } from "../compose.ts";
import { environment } from "../config.ts";
import { BillerSettings } from "../domain/biller.ts";
import { BillerPath } from "../domain/ids.ts";
import { httpHandler, json } from "../middleware/http.ts";
import { parseInput, parseJson } from "../middleware/parse-input.ts";
import { putBiller } from "../use-cases/put-biller.ts";

const env = environment("put-biller");

export const handler = httpHandler(async ({ params, body }) => {
  const { biller } = parseInput(BillerPath, params, "The path");
  const settings = parseJson(BillerSettings, body, "The biller");
  const put = await putBiller({ billers: billers(env), hasWording }, { biller, settings });
  return json(put.outcome === "created" ? 201 : 200, put.biller);
});
