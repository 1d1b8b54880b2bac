import { rails } from "../functions/adapters/rails.ts";
import type { Bill } from "../functions/domain/bill.ts";
import type { Biller } from "../functions/domain/biller.ts";
import type { LinkCode } from "../functions/domain/link-code.ts";
import type { Moment } from "../functions/domain/local-time.ts";
import type { Award, Offer } from "../functions/domain/offer.ts";
import type { CountedOffer } from "../functions/domain/offer-view.ts";
import type { PayRefusal } from "../functions/domain/page-view.ts";
import { detailOf, newBill, termsOf } from "../functions/domain/registration.ts";
import type { PagePorts } from "../functions/use-cases/open-payment-link.ts";
import { countedPayment } from "./counted-payment.ts";
import { exampleBiller, fullestBill, type GivenBill } from "./example-data.ts";

/** What a page is measured of. */
export type PageScene = {
  readonly now?: Moment;
  readonly changes?: (bill: Bill) => Partial<Bill>;
  readonly given?: GivenBill;
  readonly biller?: Biller;
  /** What the biller's own system says; `failed` where it does not answer. */
  readonly live?: "nothing-due" | "failed";
  readonly refusal?: PayRefusal;
  /** What the biller promises, with nothing taken of it. */
  readonly offers?: readonly CountedOffer[];
  /** What every payment was awarded. */
  readonly awards?: readonly Award[];
};

/** The code of every measured bill. */
export const pageCode = "1abcdefghijkm" as LinkCode;
const linkBaseUrl = "https://pay.example.com";
const issued = at("2026-11-15", "09:30");

/** Who opens the page. */
export const agents: Readonly<Record<string, string>> = {
  desktop: "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36",
  Android:
    "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36",
  iPhone:
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Mobile/15E148 Safari/604.1",
  Instagram:
    "Mozilla/5.0 (Linux; Android 14; SM-A546E Build/UP1A; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/142.0.0.0 Mobile Safari/537.36 Instagram 400.0.0.49.67 Android",
  KaiOS: "Mozilla/5.0 (Mobile; LYF/F320B/LYF-F320B-001-01-15; rv:48.0) Gecko/48.0 Firefox/48.0 KAIOS/2.5",
};

function at(date: string, time = "11:00"): Moment {
  return Date.parse(`${date}T${time}:00+05:30`);
}

const paid =
  (share: number, date = "2026-11-20", n = 1) =>
  (bill: Bill): Bill["payments"] => ({
    [`standard:pay_000${n}`]: {
      amount: Math.ceil(bill.amountDue.value * share),
      refunded: 0,
      paidAt: at(date, "18:30"),
      n,
    },
  });

const given = fullestBill();
const amount = given.bill.amountDue;

const items = (count: number, names: readonly string[]): GivenBill => ({
  ...given,
  bill: {
    ...given.bill,
    items: Array.from({ length: count }, (_, n) => ({ name: names[n % names.length] ?? "", amount })),
  },
});

const exact: GivenBill = { ...given, bill: { ...given.bill, exactness: "EXACT" } };
const answeredOn = at("2026-11-20");
const resting = { pausedAt: answeredOn, pausedUntil: at("2026-11-27", "09:00") };
const settings = exampleBiller();
const asked: Biller = {
  ...settings,
  billFetch: { url: "https://billing.example.com", identifier: { name: "Consumer Number" } },
};
/** Every rail that an Indian bill can have, and a logo as large as one may be, which no compression makes smaller. */
const fullBiller: Biller = {
  ...settings,
  logo: `data:image/webp;base64,${noise(3_976)}`,
  rails: {
    ...settings.rails,
    razorpay: {},
    stripe: {},
    external: { url: "https://portal.example.com/pay?bill={billId}", label: "Example Power's own pages" },
  },
};

const firstThree: CountedOffer = {
  id: "first-three" as Offer["id"],
  biller: settings.id,
  title: "₹35 back on each of your first three payments",
  kind: "cashback",
  amount: { ...amount, value: 3_500 },
  perCustomer: 3,
  rails: ["upi"],
  until: given.bill.dueDate,
  taken: { n: 0, sum: 0 },
};
const award: Award = { offer: firstThree.id, kind: "cashback", title: firstThree.title, state: "granted", at: issued };
/** As many offers as a page shows, each as long as it may be. */
const threeOffers: readonly CountedOffer[] = [..."abc"].map((letter) => ({
  ...firstThree,
  id: letter as Offer["id"],
  title: `${letter} ${noise(118)}`,
  stacking: "with-others",
}));

/** Text as dense as a picture: the same in every run. */
function noise(length: number): string {
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  let state = 1;
  const next = (): string => {
    state = (state * 48_271) % 2_147_483_647;
    return letters[(state >> 8) % letters.length] ?? "";
  };
  return Array.from({ length }, next).join("");
}

/** Every state a page of a usual bill can be in. */
export const scenes: Readonly<Record<string, PageScene>> = {
  due: {},
  "due, the amount fixed": { given: exact },
  "due, with early, late and least amount and 8 line items": { given: items(8, ["Energy charge 182 kWh", "স্থায়ী মাশুল"]) },
  "due today": { now: at("2026-11-30") },
  overdue: { now: at("2026-12-04") },
  "part-paid": { changes: (bill) => ({ payments: paid(0.4)(bill) }) },
  "part-paid, overdue": { now: at("2026-12-04"), changes: (bill) => ({ payments: paid(0.4)(bill) }) },
  amended: {
    changes: () => ({
      amendedAt: at("2026-11-18"),
      formerly: { amountDue: 100_000, dueDate: given.bill.issuedOn ?? given.bill.dueDate },
    }),
  },
  paused: { changes: () => resting },
  answered: { changes: () => ({ ...resting, answers: [{ answer: "already-paid", at: answeredOn }] }) },
  pending: {
    changes: () => ({ pending: { key: "standard:pay_0001", amount: amount.value, at: at("2026-11-21", "10:58") } }),
  },
  "a gateway is down": {
    biller: { ...settings, rails: { ...settings.rails, razorpay: {} } },
    refusal: { field: "rail", fault: "unavailable", rail: "razorpay" },
  },
  "an amount refused": { refusal: { field: "amount", fault: "too-low", typed: "5" } },
  "the biller's system is down": { biller: asked, live: "failed" },
  "nothing due": { biller: asked, live: "nothing-due" },
  "an offer": { offers: [firstThree] },
  paid: { changes: (bill) => ({ payments: paid(1)(bill) }) },
  "paid, with ₹35 back": {
    changes: (bill) => ({ payments: paid(1)(bill) }),
    awards: [{ ...award, value: 3_500 }],
  },
  "paid in parts": {
    now: at("2026-11-26"),
    changes: (bill) => ({ payments: { ...paid(0.4)(bill), ...paid(0.6, "2026-11-24", 2)(bill) } }),
  },
  overpaid: { changes: (bill) => ({ payments: { ...paid(1)(bill), ...paid(1, "2026-11-20", 2)(bill) } }) },
  canceled: { changes: () => ({ canceled: { at: at("2026-11-20") } }) },
  expired: { now: at("2027-06-02") },
  "no way to pay here": { biller: { ...settings, rails: {} } },
};

const fifty = items(50, ["স্থায়ী মাশুল ও অন্যান্য ".repeat(3).slice(0, 60)]);

/** What a bill and its biller may hold at most: fifty line items of the longest name, every rail, the largest logo. */
export const extremes: Readonly<Record<string, PageScene>> = {
  "fifty line items": { given: fifty },
  "fifty line items, every rail, the largest logo": { given: fifty, biller: fullBiller },
  "fifty line items, every rail, the largest logo, the amount fixed": {
    given: { ...fifty, bill: { ...fifty.bill, exactness: "EXACT", clickPayUrl: "https://bbps.io/AbC123dEf" } },
    biller: fullBiller,
  },
  "fifty line items, every rail, the largest logo, three offers": {
    given: fifty,
    biller: fullBiller,
    offers: threeOffers,
  },
};

type OpenedWith = { readonly ports: PagePorts; readonly header: string; readonly linkBaseUrl: string };

/** What the use case opens a scene's page with. */
export function portsOf(scene: PageScene, language: string): OpenedWith {
  const {
    now = at("2026-11-21"),
    changes,
    given: wanted = given,
    biller = settings,
    live,
    offers = [],
    awards,
  } = scene;
  const input = { ...wanted.bill, customer: { ...wanted.bill.customer, language: language as "en" } };
  const terms = termsOf(input, biller, { now: issued });
  const fresh = newBill({ code: pageCode, billId: wanted.billId }, terms, { biller, now: issued });
  const bill = { ...fresh, ...changes?.(fresh) };
  const never = () => Promise.reject(new Error("a page does not ask for this"));
  const ports: PagePorts = {
    clock: { now: () => now },
    rails: rails(),
    billers: {
      get: never,
      getCached: async () => biller,
      put: never,
      findByWhatsApp: never,
      findByHeader: async () => biller.id,
      findWithApps: never,
      async *list() {
        yield biller.id;
      },
    },
    bills: {
      get: async () => bill,
      getDetail: async () => detailOf(input),
      story: never,
      save: never,
      saveDetail: never,
    },
    liveBills: {
      fetch: async () => (live === "nothing-due" ? { outcome: live } : { outcome: "failed", reason: "time-out" }),
    },
    payments: {
      get: async (code, key) => {
        const counted = bill.payments[key];
        const [source = "", paymentId = ""] = key.split(":");
        return counted && countedPayment({ code, source, paymentId }, { bill, counted, awards });
      },
    },
    offers: { listCached: async () => offers, list: never, get: never, put: never },
    customerOffers: { count: async () => 0, take: never, giveBack: never },
    liveBillCache: { get: async () => undefined, put: async () => undefined, permit: async () => true },
  };
  return { ports, header: biller.header, linkBaseUrl };
}
