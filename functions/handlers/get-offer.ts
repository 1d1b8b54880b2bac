import { billers, counters, couponPool, offers } from "../compose.ts";
import { environment } from "../config.ts";
import { BillerPath } from "../domain/ids.ts";
import { OfferPath } from "../domain/offer.ts";
import { httpHandler, json } from "../middleware/http.ts";
import { parseInput } from "../middleware/parse-input.ts";
import { findOffers, getOffer } from "../use-cases/get-offer.ts";

const env = environment("get-offer");
const ports = { billers: billers(env), offers: offers(env), counters: counters(env), couponPool: couponPool(env) };

export const handler = httpHandler(async ({ params }) => {
  if (params["offer"] === undefined) {
    const { biller } = parseInput(BillerPath, params, "The path");
    return json(200, { offers: await findOffers(ports, biller) });
  }
  return json(200, await getOffer(ports, parseInput(OfferPath, params, "The path")));
});
