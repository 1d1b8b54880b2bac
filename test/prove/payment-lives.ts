import fc from "fast-check";
import { providerError } from "../../functions/domain/errors.ts";
import type { LinkCode } from "../../functions/domain/link-code.ts";
import { minuteMs } from "../../functions/domain/local-time.ts";
import { isRefused, type PaymentTown, paymentTown, type Told, theirs } from "../support/payment-town.ts";
import { agree, billIds, settled } from "./payment-agreement.ts";
import { type Naming, PaymentModel, type TruePayment } from "./payment-model.ts";

const dayMs = 24 * 60 * minuteMs;

/** One thing that happens. `breaks`: the call of a port at which the first try of it breaks off. */
type Event = { readonly breaks: number } & (
  | { readonly kind: "register" | "amend"; readonly bill: string; readonly amount: number; readonly expires: boolean }
  | { readonly kind: "cancel"; readonly bill: string }
  | { readonly kind: "days"; readonly days: number }
  | {
      readonly kind: "succeeded" | "refunded" | "pending" | "failed";
      readonly payment: TruePayment;
      readonly naming: Naming;
      readonly refunded: number;
    }
);

const bill = fc.constantFrom(...billIds);
/** The payments of a life: two of a gateway under the ids that another source uses too, one in another currency. */
const payments: readonly TruePayment[] = [
  { key: "razorpay:pay_1", bill: "A", amount: 60_000, currency: "INR" },
  { key: "razorpay:pay_2", bill: "A", amount: 100_000, currency: "INR" },
  { key: "stripe:pay_1", bill: "A", amount: 40_000, currency: "INR" },
  { key: "stripe:pay_2", bill: "B", amount: 100_000, currency: "INR" },
  { key: "bank:utr:9", bill: "B", amount: 1_500, currency: "USD" },
];
const breaks = fc.oneof(
  { weight: 3, arbitrary: fc.constant(0) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 40 }) },
);
const named = fc.constantFrom<Naming>(
  ...(["bill", "bill", "code", "order", "order", "bill-and-order", "bill-and-order"] as const),
  ...(["nothing", "foreign-code", "other-bill"] as const),
);

const told = fc.record({
  kind: fc.constantFrom("succeeded", "succeeded", "succeeded", "refunded", "refunded", "pending", "failed"),
  payment: fc.constantFrom(...payments),
  naming: named,
  refunded: fc.constantFrom(1, 20_000, 1_000_000),
  breaks,
});
const written = fc.record({
  kind: fc.constantFrom("register", "register", "amend"),
  bill,
  amount: fc.constantFrom(100_000, 100_000, 160_000, 40_000),
  expires: fc.boolean(),
  breaks,
});

/** Everything that can happen to two bills and the money that is told of them. */
export const lives: fc.Arbitrary<readonly Event[]> = fc.array(
  fc.oneof(
    { weight: 8, arbitrary: told },
    { weight: 3, arbitrary: written },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant("cancel"), bill, breaks }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant("days"), days: fc.integer({ min: 1, max: 8 }), breaks }) },
  ) as fc.Arbitrary<Event>,
  { minLength: 2, maxLength: 10, size: "max" },
);

/** The last day of a bill that expires, and the first moment after it in its zone. */
const lastDay = "2026-11-30";
const expiresAt = Date.parse("2026-12-01T00:00:00+05:30");

/** Does it until it is done, as a queue and a patient biller do; the first try breaks off where the event says. */
async function untilDone<T>(town: PaymentTown, at: number, act: () => Promise<T>): Promise<T> {
  let calls = 0;
  town.control.afterCall = () => {
    calls += 1;
    if (calls === at) throw providerError("away");
  };
  try {
    return await act();
  } catch (error) {
    if (calls < at || at === 0) throw error;
    town.control.afterCall = undefined;
    return await act();
  } finally {
    town.control.afterCall = undefined;
  }
}

async function happen(town: PaymentTown, model: PaymentModel, event: Event): Promise<void> {
  const { clock } = town.ports;
  switch (event.kind) {
    case "days":
      clock.advance(event.days * dayMs);
      return;
    case "cancel": {
      const isPaid = ["paid", "overpaid"].includes(model.status(event.bill, clock.now()));
      const known = model.bill(event.bill);
      const at = clock.now();
      const refused = await untilDone(town, event.breaks, () => isRefused(town.cancel(event.bill)));
      if (refused !== (known.amount > 0 && isPaid && known.canceledAt === undefined))
        throw new Error(`cancel: ${refused}`);
      if (!refused) known.canceledAt ??= at;
      return;
    }
    case "register":
    case "amend":
      return await write(town, model, event);
    default:
      return await tell(town, model, event);
  }
}

async function write(
  town: PaymentTown,
  model: PaymentModel,
  event: Extract<Event, { kind: "register" | "amend" }>,
): Promise<void> {
  const known = model.bill(event.bill);
  if (event.kind === "amend" && known.amount === 0) return;
  const changes = {
    amountDue: { value: event.amount, currency: "INR" },
    issuedOn: "2026-11-15",
    ...(event.expires && { expiresOn: lastDay }),
  };
  const refused = await untilDone(town, event.breaks, () => isRefused(town.register(event.bill, changes)));
  if (refused !== (known.canceledAt !== undefined))
    throw new Error(`a registration was ${refused ? "refused" : "taken"}`);
  if (refused) return;
  delete known.expiresAt;
  model.register(event.bill, event.amount, event.expires ? expiresAt : undefined);
}

async function tell(
  town: PaymentTown,
  model: PaymentModel,
  { kind, payment, naming, refunded, breaks: at }: Extract<Event, { payment: TruePayment }>,
): Promise<void> {
  const now = town.ports.clock.now();
  const [source = "", ...id] = payment.key.split(":");
  const total = Math.min(refunded, payment.amount);
  const about = aboutOf(town, payment, naming);
  const fact: Told = {
    ...about.told,
    source,
    paymentId: id.join(":"),
    amount: { value: payment.amount, currency: payment.currency },
    paidAt: new Date(now).toISOString(),
    ...(kind === "refunded" && { refundedTotal: { value: total, currency: payment.currency } }),
  };
  await untilDone(town, at, () => town.tell(kind, fact));
  if (kind === "succeeded" || kind === "refunded")
    model.tellMoney(payment, { now, ...about, ...(kind === "refunded" && { refunded: total }) });
  else model.tellBefore(payment, about);
}

/** How a payment is named, to the use case and to the model. */
function aboutOf(town: PaymentTown, { bill: own }: TruePayment, naming: Naming) {
  const order = `order:${own}`;
  const other = own === "A" ? "B" : "A";
  const code = (id: string): LinkCode => town.codeOf(id);
  switch (naming) {
    case "bill":
      return { told: { billId: own }, bill: own };
    case "other-bill":
      return { told: { billId: other }, bill: other };
    case "code":
      return { told: { code: code(own) }, bill: own, isOnlyCode: true };
    case "order":
      return { told: { references: [order] }, order };
    case "bill-and-order":
      return { told: { billId: own, references: [order] }, bill: own, order };
    case "foreign-code":
      return { told: { code: town.codeOf("T", theirs) } };
    case "nothing":
      return { told: {} };
  }
}

/** Lets bills and payments live as the events say, and compares them with the model after each. */
export async function liveLikeTheModel(events: readonly Event[]): Promise<void> {
  const town = await paymentTown();
  await town.register("T", {}, theirs);
  const model = new PaymentModel();
  for (const event of events) {
    await happen(town, model, event);
    await agree(town, model);
  }
  await settled(town, model);
}
