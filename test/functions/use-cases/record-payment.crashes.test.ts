import { describe, expect, it } from "vitest";
import { providerError } from "../../../functions/domain/errors.ts";
import { proposalId } from "../../../functions/domain/proposal.ts";
import { ours, type PaymentTown, paymentTown } from "../../support/payment-town.ts";
import { seeded } from "../../support/seeded.ts";

const rupees = (value: number) => ({ value: value * 100, currency: "INR" });
const order = { references: ["razorpay:order_1"] };
const full = { billId: "A", amount: rupees(1_249) };

type Act = (town: PaymentTown) => Promise<unknown>;

/** What is told, in the order in which it is; each is told again until it is done, as a queue does. */
const stories: Readonly<Record<string, readonly Act[]>> = {
  "a payment in full": [({ register }) => register("A"), ({ tell }) => tell("succeeded", { ...full, ...order })],
  "a duplicate that is given back": [
    ({ register }) => register("A"),
    ({ tell }) => tell("succeeded", full),
    ({ tell }) => tell("succeeded", { ...full, paymentId: "pay_2" }),
    ({ tell }) => tell("refunded", { paymentId: "pay_2", refundedTotal: rupees(1_249) }),
  ],
  "a refund before its payment, and both before their bill": [
    ({ tell }) => tell("refunded", { refundedTotal: rupees(100), ...order }),
    ({ tell }) => tell("succeeded", { ...full, amount: rupees(2_000) }),
    ({ register }) => register("A"),
    ({ tell }) => tell("succeeded", { ...order, paymentId: "pay_2" }),
  ],
  "a payment that is told of two bills": [
    ({ register }) => register("B"),
    ({ tell }) => tell("succeeded", full),
    ({ tell }) => tell("succeeded", { ...full, billId: "B" }),
    ({ register }) => register("A"),
  ],
};

/** All that must be the same in the end, whatever broke off on the way. */
async function books(town: PaymentTown) {
  const payments = await Promise.all(
    ["A", "B"].flatMap((bill) => ["pay_1", "pay_2"].map((paymentId) => town.payment(bill, { paymentId }))),
  );
  const questions = [proposalId("duplicate", "razorpay:pay_2"), proposalId("overpaid", "razorpay:pay_1")];
  const proposals = (await Promise.all(questions.map((id) => town.ports.proposals.get(ours, id)))).map(
    (proposal) => proposal && [proposal.amount, proposal.decided?.decision],
  );
  return {
    paid: [await town.paid("A"), await town.paid("B")],
    outcomes: payments.map((payment) => payment && [payment.outcome, payment.refunded, payment.references]),
    numbered: payments.map((payment) => payment?.number !== undefined),
    receipts: payments.map((payment) => payment?.progress.cursor !== undefined),
    proposals,
    unmatched: town.ports.payments.unmatched.map(({ paymentId }) => paymentId),
    names: await Promise.all(
      ["razorpay:pay_1", "razorpay:pay_2", "razorpay:order_1"].map((name) =>
        town.ports.paymentReferences.get(ours, name),
      ),
    ),
    day: (await Array.fromAsync(town.ports.paidDays.find(ours, "2026-11-15" as never))).length,
    events: town.eventIds(),
  };
}

/** Lets a story happen, breaking off at the calls with these numbers: before their effect, or after it (`.5`). */
async function live(acts: readonly Act[], breaks: readonly number[] = []) {
  const town = await paymentTown();
  let calls = 0;
  const breakOff = (at: number): void => {
    if (breaks.includes(at)) throw providerError("away");
  };
  town.control.beforeCall = () => breakOff(++calls);
  town.control.afterCall = () => breakOff(calls + 0.5);
  for (const act of acts) {
    for (let tries = 0; tries <= breaks.length; tries++) {
      const error = await act(town).then(
        () => undefined,
        (reason: unknown) => reason,
      );
      if (error === undefined) break;
      expect(error).toMatchObject({ code: "provider-error" });
    }
  }
  town.control.beforeCall = undefined;
  town.control.afterCall = undefined;
  return { books: await books(town), calls };
}

describe.each(Object.entries(stories))("%s", (_, acts) => {
  it("comes to the same when it breaks off at any one call, before or after its effect", async () => {
    const whole = await live(acts);
    for (let call = 1; call <= whole.calls; call++) {
      for (const at of [call, call + 0.5]) expect([at, (await live(acts, [at])).books]).toEqual([at, whole.books]);
    }
  });

  it("comes to the same when it breaks off at two", async () => {
    const whole = await live(acts);
    const draw = seeded(20_261_122);
    for (let run = 0; run < 150; run++) {
      const first = 1 + draw(2 * whole.calls) / 2;
      const breaks = [first, first + 1 + draw(40) / 2];
      expect([breaks, (await live(acts, breaks)).books]).toEqual([breaks, whole.books]);
    }
  });
});
