import { GetItemCommand, PutItemCommand, QueryCommand } from "@aws-sdk/client-dynamodb";
import type { BillerId } from "../../domain/ids.ts";
import { budgetCounter, type Offer, type OfferSettings } from "../../domain/offer.ts";
import type { CountedOffer } from "../../domain/offer-view.ts";
import type { CounterStore, CouponPool, OfferStore } from "../../money-ports.ts";
import type { Clock } from "../../ports.ts";
import { type Key, offerIn, offerKey, offerPrefix } from "./keys.ts";
import { minuteCache } from "./minute-cache.ts";
import { asked, fromItem, type Item, type Place, toItem } from "./table.ts";

type Counted = { readonly counters: CounterStore; readonly couponPool: Pick<CouponPool, "count"> };

/** The offer of an item in the partition of its biller. */
function offerOf(biller: BillerId, item: Item): Offer {
  const { pk, sk, ...settings } = fromItem<Key & OfferSettings>(item);
  return { ...settings, id: offerIn({ pk, sk }), biller };
}

async function findOffers({ client, table }: Place, biller: BillerId): Promise<readonly Offer[]> {
  const offers: Offer[] = [];
  let from: Item | undefined;
  do {
    const command = new QueryCommand({
      TableName: table,
      KeyConditionExpression: "pk = :pk AND begins_with(sk, :prefix)",
      ExpressionAttributeValues: toItem({ ":pk": `BILLER#${biller}`, ":prefix": offerPrefix }),
      ...(from && { ExclusiveStartKey: from }),
    });
    const page = await asked("finding the offers of a biller", client.send(command));
    offers.push(...(page.Items ?? []).map((item) => offerOf(biller, item)));
    from = page.LastEvaluatedKey;
  } while (from);
  return offers;
}

/** What was taken of an offer: of one without a budget or codes, which no page asks about, nothing is read. */
async function counted({ counters, couponPool }: Counted, offer: Offer): Promise<CountedOffer> {
  const of = { biller: offer.biller, offer: offer.id };
  const isCoupon = offer.kind === "coupon";
  const isBounded = !offer.paused && (offer.budget !== undefined || isCoupon);
  const [counter, codes] = await Promise.all([
    isBounded ? counters.get(budgetCounter(offer)) : undefined,
    isBounded && isCoupon ? couponPool.count(of) : undefined,
  ]);
  const { n = 0, sum = 0 } = counter ?? {};
  return { ...offer, taken: { n, sum }, ...(codes !== undefined && { codes }) };
}

/** Offers in DynamoDB, in the partition of their biller, with a cache per container. */
export function dynamoOfferStore({ clock, ...place }: Place & Counted & { readonly clock: Clock }): OfferStore {
  const { client, table } = place;
  const cached = minuteCache<BillerId, readonly CountedOffer[]>(clock);
  return {
    async put({ id, biller, ...settings }) {
      const command = new PutItemCommand({
        TableName: table,
        Item: toItem({ ...settings, ...offerKey(biller, id) }),
        ReturnValues: "ALL_OLD",
      });
      const { Attributes: before } = await asked("saving an offer", client.send(command));
      cached.forget(biller);
      return before ? "replaced" : "created";
    },
    async get(biller, offer) {
      const key = toItem(offerKey(biller, offer));
      const command = new GetItemCommand({ TableName: table, Key: key, ConsistentRead: true });
      const { Item: item } = await asked("reading an offer", client.send(command));
      return item && offerOf(biller, item);
    },
    list: (biller) => findOffers(place, biller),
    listCached: (biller) =>
      cached.get(biller, async () => {
        const offers = await findOffers(place, biller);
        return await Promise.all(offers.map((offer) => counted(place, offer)));
      }),
  };
}
