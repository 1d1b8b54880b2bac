import { budgetCounter, type Offer } from "../../functions/domain/offer.ts";
import type { CouponPool, CustomerOffer, CustomerOfferStore, OfferStore } from "../../functions/money-ports.ts";
import { memoryCounterStore } from "./memory-counters.ts";
import type { MemoryTable } from "./memory-table.ts";

/** The offers of the billers in memory; what is kept for a minute elsewhere is always fresh here. */
export function memoryOfferStore(table: MemoryTable): OfferStore {
  const counters = memoryCounterStore(table);
  const pool = memoryCouponPool(table);
  const list = async (biller: string): Promise<readonly Offer[]> =>
    table
      .query(`BILLER#${biller}`)
      .filter(({ sk }) => sk.startsWith("OFFER#"))
      .map(({ value }) => value as Offer);
  return {
    async put(offer) {
      const [pk, sk] = [`BILLER#${offer.biller}`, `OFFER#${offer.id}`];
      const before = table.get(pk, sk, { consistent: true });
      table.put(pk, sk, { value: offer });
      return before ? "replaced" : "created";
    },
    get: async (biller, offer) =>
      table.get(`BILLER#${biller}`, `OFFER#${offer}`, { consistent: true }) as Offer | undefined,
    list,
    async listCached(biller) {
      const offers = await list(biller);
      return await Promise.all(
        offers.map(async (offer) => {
          const { n = 0, sum = 0 } = (await counters.get(budgetCounter(offer))) ?? {};
          const codes =
            offer.kind === "coupon" ? await pool.count({ biller: offer.biller, offer: offer.id }) : undefined;
          return { ...offer, taken: { n, sum }, ...(codes !== undefined && { codes }) };
        }),
      );
    },
  };
}

/** What the customers had of each offer, in memory. */
export function memoryCustomerOffers(table: MemoryTable): CustomerOfferStore {
  const place = ({ biller, customer, offer }: CustomerOffer): [string, string] => [
    `CUSTOMER#${biller}#${customer}`,
    `OFFER#${offer}`,
  ];
  const had = (of: CustomerOffer): readonly string[] =>
    (table.get(...place(of), { consistent: true }) ?? []) as readonly string[];
  return {
    async take(of, payment, limit) {
      const before = had(of);
      if (before.includes(payment)) return true;
      if (before.length >= limit) return false;
      table.put(...place(of), { value: [...before, payment] });
      return true;
    },
    async giveBack(of, payment) {
      table.put(...place(of), { value: had(of).filter((one) => one !== payment) });
    },
    count: async (of) => had(of).length,
  };
}

/** The codes of coupon offers, in memory. */
export function memoryCouponPool(table: MemoryTable): CouponPool {
  type Pool = Parameters<CouponPool["count"]>[0];
  const place = ({ biller, offer }: Pool): [string, string] => [`COUPONS#${biller}#${offer}`, "CODES"];
  const codesOf = (of: Pool): readonly string[] =>
    (table.get(...place(of), { consistent: true }) ?? []) as readonly string[];
  return {
    async add(of, codes) {
      const before = codesOf(of);
      const after = [...new Set([...before, ...codes])];
      table.put(...place(of), { value: after });
      return { added: after.length - before.length };
    },
    get: async (of, n) => codesOf(of)[n - 1],
    count: async (of) => codesOf(of).length,
  };
}
