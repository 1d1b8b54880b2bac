import * as z from "zod/mini";
import { BillerId } from "./ids.ts";
import { LocalDate } from "./local-time.ts";
import { type CurrencyCode, Money } from "./money.ts";
import { textField } from "./text-field.ts";

/** The biller's own name of an offer. */
export const OfferId = z
  .string()
  .check(z.regex(/^[a-z0-9-]{1,40}$/, "must be 1 to 40 characters of a-z 0-9 -"))
  .brand<"OfferId">();
export type OfferId = z.output<typeof OfferId>;

const positive = Money.check(
  z.refine(({ value }) => value > 0, { path: ["value"], message: "must be more than zero" }),
);

const name = (message: string) => z.string().check(z.regex(/^[a-z0-9-]{1,32}$/, message));
const names = (message: string, most: number) =>
  z.array(name(message)).check(z.minLength(1, "must name at least one"), z.maxLength(most));

/** What an offer promises, to whom, for which payments, and up to what budget. */
export const OfferSettings = z
  .strictObject({
    title: textField(120),
    kind: z.enum(["cashback", "coupon"]),
    /** Flat: the same for each payment. A coupon may have no value of its own. */
    amount: z.exactOptional(positive),
    /** Of the payment, in percent with two decimal places at most, as text: `2.5`. */
    percent: z.exactOptional(
      z.string().check(z.regex(/^(?=.*[1-9])(100|\d{1,2}(\.\d{1,2})?)$/, "must be a percentage such as 5 or 2.5")),
    ),
    /** The most that a percentage comes to. */
    cap: z.exactOptional(positive),
    /** How many payments of one customer it is for. */
    perCustomer: z.exactOptional(z.int().check(z.minimum(1), z.maximum(1000))),
    /** The least payment. */
    minimum: z.exactOptional(Money),
    /** First and last day, in the biller's zone, by when the payment was made. */
    from: z.exactOptional(LocalDate),
    until: z.exactOptional(LocalDate),
    /** A rail, or what the name of a gateway's rail ends in: `upi` is also `razorpay-upi`. */
    rails: z.exactOptional(names("must be the name of a rail, such as upi", 20)),
    categories: z.exactOptional(names("must be a category of bills, such as electricity", 40)),
    budget: z.exactOptional(
      z
        .strictObject({
          count: z.exactOptional(z.int().check(z.minimum(1), z.maximum(1_000_000_000))),
          amount: z.exactOptional(positive),
        })
        .check(
          z.refine(({ count, amount }) => count !== undefined || amount !== undefined, "needs a count or an amount"),
        ),
    ),
    /** `exclusive` (unless told): of several that fit a payment only the one worth most; `with-others`: beside any. */
    stacking: z.exactOptional(z.enum(["exclusive", "with-others"])),
    /** True: nothing is awarded any more; what was awarded stands. */
    paused: z.exactOptional(z.boolean()),
  })
  .check((context) => {
    // A field that is wrong by itself says enough; what it would mean for others is not known.
    if (context.issues.length > 0) return;
    const input = context.value;
    for (const { path, message } of clashes(input)) context.issues.push({ code: "custom", path, message, input });
  });
export type OfferSettings = z.output<typeof OfferSettings>;

type Clash = { readonly path: string[]; readonly message: string };

/** What of an offer cannot stand together. */
const clashes = (offer: Fields): Clash[] => [...valueClashes(offer), ...currencyClashes(offer), ...dayClashes(offer)];

type Fields = {
  readonly [K in "amount" | "cap" | "minimum"]?: Money;
} & {
  readonly kind: "cashback" | "coupon";
  readonly percent?: string;
  readonly from?: LocalDate;
  readonly until?: LocalDate;
  readonly budget?: { readonly amount?: Money };
};

function valueClashes({ kind, amount, percent, cap, budget }: Fields): Clash[] {
  const isWorthless = amount === undefined && percent === undefined;
  return [
    ...(kind === "cashback" && isWorthless
      ? [{ path: ["amount"], message: "is required for a cashback without percent" }]
      : []),
    ...(amount && percent !== undefined ? [{ path: ["percent"], message: "must not stand beside amount" }] : []),
    ...(cap && percent === undefined ? [{ path: ["cap"], message: "goes with percent only" }] : []),
    ...(percent !== undefined && !cap ? [{ path: ["cap"], message: "is required with percent" }] : []),
    ...(budget?.amount && isWorthless
      ? [{ path: ["budget", "amount"], message: "needs an offer with amount or percent" }]
      : []),
  ];
}

function currencyClashes(offer: Fields): Clash[] {
  const currency = currencyOf(offer);
  const amounts = {
    amount: offer.amount,
    cap: offer.cap,
    minimum: offer.minimum,
    "budget.amount": offer.budget?.amount,
  };
  return Object.entries(amounts).flatMap(([name, amount]) =>
    amount && amount.currency !== currency
      ? [{ path: [...name.split("."), "currency"], message: `must be ${currency}, as elsewhere in the offer` }]
      : [],
  );
}

const dayClashes = ({ from, until }: Fields): Clash[] =>
  from && until && until < from ? [{ path: ["until"], message: "must not be before from" }] : [];

/** The one currency an offer is in; undefined for a coupon that names no amount at all. */
export const currencyOf = ({
  amount,
  cap,
  minimum,
}: Pick<Fields, "amount" | "cap" | "minimum">): CurrencyCode | undefined => (amount ?? cap ?? minimum)?.currency;

/** An offer as it is stored. */
export type Offer = OfferSettings & { readonly id: OfferId; readonly biller: BillerId };

/** What the path of an offer's call names. */
export const OfferPath = z.object({ biller: BillerId, offer: OfferId });

/** One grant of an offer to one payment. */
export type Award = {
  readonly offer: OfferId;
  readonly kind: "cashback" | "coupon";
  /** What was promised when it was planned. */
  readonly title: string;
  /** Only one of a payment's exclusive awards is granted; those planned after it are dropped then. */
  readonly exclusive?: true;
  /** In minor units of the payment's currency; absent for a coupon without a value of its own. */
  readonly value?: number;
  /** Which of the pool's codes it is, once granted: 1 is the first. */
  readonly coupon?: { readonly n: number; readonly code: string };
  /** `planned` is decided with the payment, and not yet taken from the budget. */
  readonly state: "planned" | "granted" | "denied" | "reversed";
  /** Why it was denied. */
  readonly reason?: "budget-spent" | "customer-limit" | "no-codes-left";
  readonly at: number;
};

/** The counter of what was taken of an offer's budget. */
export const budgetCounter = ({ biller, id }: Pick<Offer, "biller" | "id">): string => `offer/${biller}/${id}`;
