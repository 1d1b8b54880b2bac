import { billers, counters, offers } from "../compose.ts";
import { environment } from "../config.ts";
import { OfferPath, OfferSettings } from "../domain/offer.ts";
import { httpHandler, json } from "../middleware/http.ts";
import { parseInput, parseJson } from "../middleware/parse-input.ts";
import { putOffer } from "../use-cases/put-offer.ts";

const env = environment("put-offer");
const ports = { billers: billers(env), offers: offers(env), counters: counters(env) };

export const handler = httpHandler(async ({ params, body }) => {
  const path = parseInput(OfferPath, params, "The path");
  const settings = parseJson(OfferSettings, body, "The offer");
  const put = await putOffer(ports, { ...path, settings });
  return json(put.outcome === "created" ? 201 : 200, put.offer);
});
