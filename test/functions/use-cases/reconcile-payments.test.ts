import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { LocalDate } from "../../../functions/domain/local-time.ts";
import { type Payment, paymentKey } from "../../../functions/domain/payment.ts";
import type { PaymentMessage } from "../../../functions/messages.ts";
import { reconcilePayments } from "../../../functions/use-cases/reconcile-payments.ts";
import { aBiller, aPayment } from "../../support/builders.ts";
import { type MemoryOptions, memoryPorts } from "../../support/memory-ports.ts";
import { ledgersOf, playedLedger, recordingPaymentQueue } from "../../support/played-ledger.ts";

const biller = aBiller();
const date = "2026-11-20" as LocalDate;
const day = { biller: biller.id, gateway: "razorpay", date } as const;

async function aWorld(control: MemoryOptions = {}) {
  const ports = memoryPorts({ start: Date.parse("2026-11-21T03:00:00Z"), ...control });
  await ports.billers.put(biller);
  const [ledger, incomingPayments] = [playedLedger(), recordingPaymentQueue()];
  return { ...ports, ledger, incomingPayments, gatewayLedgers: ledgersOf(ledger) };
}
type World = Awaited<ReturnType<typeof aWorld>>;

/** As it is held at Razorpay, and as it is told from there. */
const held = (paymentId: string, overrides: Parameters<typeof aPayment>[0] = {}): Payment =>
  aPayment({ source: "razorpay", paymentId, ...overrides });

function told(payment: Payment, refunded = payment.refunded): PaymentMessage[] {
  const { source, paymentId, amount, references } = payment;
  const facts = { biller: biller.id, source, paymentId, amount, ...(references && { references: [...references] }) };
  const own = { ...facts, paidAt: new Date(payment.paidAt).toISOString() };
  const refundedTotal = { value: refunded, currency: amount.currency };
  return [
    { type: "payment.succeeded", payment: own },
    ...(refunded > 0 ? [{ type: "payment.refunded", payment: { ...own, refundedTotal } } as const] : []),
  ];
}

/** As the payments queue's worker leaves a payment behind that it placed. */
async function hold(world: World, payment: Payment, on: string = date): Promise<void> {
  const of = { code: payment.code, key: paymentKey(payment) };
  await world.payments.add(payment);
  await world.paymentReferences.put(biller.id, [paymentKey(payment), ...(payment.references ?? [])], of);
  if (payment.confirmed) await world.paidDays.put(biller.id, on as LocalDate, { ...of, amount: payment.amount });
}

const reportOf = async (world: World) => (await world.reconciliations.find(biller.id, { limit: 1 }))[0];

describe("reconcilePayments", () => {
  it("finds what both hold alike, and hands nothing in", async () => {
    const world = await aWorld();
    await hold(world, held("pay_1"));
    await hold(world, held("pay_2", { refunded: 900 }));
    world.ledger.messages.push(...told(held("pay_1")), ...told(held("pay_2"), 900));
    expect(await reconcilePayments(world, day)).toEqual({ outcome: "compared", also: [] });
    expect(world.incomingPayments.sent).toEqual([]);
    expect(await reportOf(world)).toEqual({
      ...{ ...day, at: world.clock.now(), matched: 2, missing: 0, extra: 0, missed: [], extras: [] },
    });
  });

  it.each<[string, Payment | undefined, PaymentMessage[]]>([
    ["nobody told of", undefined, told(held("pay_1"))],
    ["was told of with another amount", held("pay_1", { amount: { value: 1, currency: "INR" } }), told(held("pay_1"))],
    ["was given back in part unnoticed", held("pay_1"), told(held("pay_1"), 900)],
    ["is known by its refund only", held("pay_1", { confirmed: false, refunded: 900 }), told(held("pay_1"), 900)],
  ])("hands in a payment that %s", async (_, ours, messages) => {
    const world = await aWorld();
    if (ours) await hold(world, ours);
    world.ledger.messages.push(...messages);
    expect(await reconcilePayments(world, day)).toEqual({ outcome: "compared", also: ["missing"] });
    expect(world.incomingPayments.sent).toEqual(messages);
    expect(await reportOf(world)).toMatchObject({ missing: 1, missed: [{ source: "razorpay", paymentId: "pay_1" }] });
  });

  it("hands in only what went back of money that is held under another source's name", async () => {
    const world = await aWorld();
    const references = ["rrn:636512345678"];
    await hold(world, held("S1", { source: "bank", references }));
    const [success, refund] = told(held("pay_1", { references }), 900);
    if (!success || !refund) throw new Error("both are told");
    world.ledger.messages.push(success);
    expect(await reconcilePayments(world, day)).toEqual({ outcome: "compared", also: [] });
    world.ledger.messages.push(refund);
    expect(await reconcilePayments(world, day)).toEqual({ outcome: "compared", also: ["missing"] });
    expect(world.incomingPayments.sent).toEqual([refund]);
  });

  it("does not miss a payment that waits among those without a bill", async () => {
    const world = await aWorld();
    const { code: _, ...unmatched } = held("pay_1");
    await world.payments.keepUnmatched(unmatched, 0);
    world.ledger.messages.push(...told(held("pay_1")));
    await reconcilePayments(world, day);
    expect(await reportOf(world)).toMatchObject({ matched: 1, missing: 0, extra: 0 });
  });

  it("does not miss a movement of money that another source told of under a name of its own", async () => {
    const world = await aWorld();
    const references = ["rrn:636512345678"];
    await hold(world, held("credit-1", { source: "bank", references }));
    world.ledger.messages.push(...told(held("pay_1", { references })));
    await reconcilePayments(world, day);
    expect(world.incomingPayments.sent).toEqual([]);
    expect(await reportOf(world)).toMatchObject({ matched: 1, missing: 0, extra: 0 });
  });

  it("leaves attempts alone that came to no money", async () => {
    const world = await aWorld();
    world.ledger.messages.push(...told(held("pay_1")).map((one) => ({ ...one, type: "payment.failed" as const })));
    await reconcilePayments(world, day);
    expect(world.incomingPayments.sent).toEqual([]);
    expect(await reportOf(world)).toMatchObject({ matched: 0, missing: 0 });
  });

  it("reports what only we hold, once the gateway was asked for it by itself", async () => {
    const world = await aWorld();
    await hold(world, held("pay_invented"));
    await hold(world, held("credit-1", { source: "bank" }));
    expect(await reconcilePayments(world, day)).toEqual({ outcome: "compared", also: ["extra"] });
    expect(world.ledger.lookedUp).toEqual(["pay_invented"]);
    expect(await reportOf(world)).toMatchObject({
      extra: 1,
      extras: [{ source: "razorpay", paymentId: "pay_invented" }],
    });
  });

  it("calls a payment near midnight no extra, which the gateway dates on the next day", async () => {
    const world = await aWorld();
    await hold(world, held("pay_1"));
    world.ledger.messages.push(...told(held("pay_1", { paidAt: Date.parse("2026-11-20T18:31:00Z") })));
    await reconcilePayments(world, day);
    expect(await reportOf(world)).toMatchObject({ extra: 0, missing: 0 });
    await reconcilePayments(world, { ...day, date: "2026-11-21" as LocalDate });
    expect(await reportOf(world)).toMatchObject({ matched: 1, extra: 0, missing: 0 });
  });

  it("asks a gateway for a hundred of them at most", async () => {
    const world = await aWorld();
    for (let n = 0; n < 130; n++) await hold(world, held(`pay_${n}`));
    await reconcilePayments(world, day);
    expect(world.ledger.lookedUp).toHaveLength(100);
    const report = await reportOf(world);
    expect([report?.extra, report?.extras.length]).toEqual([100, 100]);
  });

  it("lists the first hundred that were missed, and counts them all", async () => {
    const world = await aWorld();
    for (let n = 0; n < 130; n++) world.ledger.messages.push(...told(held(`pay_${n}`)));
    await reconcilePayments(world, day);
    const report = await reportOf(world);
    expect([report?.missing, report?.missed.length, world.incomingPayments.sent.length]).toEqual([130, 100, 130]);
  });

  it("compares nothing where the biller has no account, or is not there", async () => {
    const world = await aWorld();
    world.ledger.has = async () => false;
    expect(await reconcilePayments(world, day)).toEqual({ outcome: "no-account" });
    const nobody = aBiller({ id: "other-power" }).id;
    expect(await reconcilePayments(world, { ...day, biller: nobody })).toEqual({ outcome: "no-account" });
    expect(await reportOf(world)).toBeUndefined();
  });

  it("reports no day that the gateway did not tell of whole", async () => {
    const world = await aWorld();
    world.ledger.down = true;
    await expect(reconcilePayments(world, day)).rejects.toMatchObject({ code: "provider-error" });
    expect(await reportOf(world)).toBeUndefined();
  });

  it("comes to the same report wherever a run before it crashed", async () => {
    for (let crash = 1; ; crash++) {
      let call = 0;
      const world = await aWorld();
      await hold(world, held("pay_1"));
      await hold(world, held("pay_invented"));
      world.ledger.messages.push(...told(held("pay_1")), ...told(held("pay_2")));
      world.control.beforeCall = () => {
        if (++call === crash) throw new Error("crashed");
      };
      const crashed = await reconcilePayments(world, day).then(
        () => false,
        () => true,
      );
      world.control.beforeCall = undefined;
      await reconcilePayments(world, day);
      expect(await reportOf(world)).toMatchObject({ matched: 1, missing: 1, extra: 1 });
      expect(
        new Set(world.incomingPayments.sent.map(({ payment }) => Reflect.get(Object(payment), "paymentId"))),
      ).toEqual(new Set(["pay_2"]));
      if (!crashed) return;
    }
  });

  it("tells matched, missing and extra apart, whoever holds what", async () => {
    const who = fc.array(fc.constantFrom("both", "gateway", "us"), { maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(who, async (owners) => {
        const world = await aWorld();
        for (const [n, owner] of owners.entries()) {
          const payment = held(`pay_${n}`);
          if (owner !== "gateway") await hold(world, payment);
          if (owner !== "us") world.ledger.messages.push(...told(payment));
        }
        await reconcilePayments(world, day);
        const count = (wanted: string): number => owners.filter((owner) => owner === wanted).length;
        expect(await reportOf(world)).toMatchObject({
          ...{ matched: count("both"), missing: count("gateway"), extra: count("us") },
        });
        expect(world.incomingPayments.sent).toHaveLength(count("gateway"));
      }),
      { numRuns: 60 },
    );
  });
});
