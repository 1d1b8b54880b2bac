import { describe, expect, it } from "vitest";
import { DuebellError } from "../../../functions/domain/errors.ts";
import type { Moment } from "../../../functions/domain/local-time.ts";
import { paymentKey } from "../../../functions/domain/payment.ts";
import { receiptCounter } from "../../../functions/domain/receipt-number.ts";
import { takeReceiptNumber } from "../../../functions/use-cases/take-number.ts";
import { aBill, aBiller, aPayment } from "../../support/builders.ts";
import { memoryPorts } from "../../support/memory-ports.ts";

const bill = aBill();
const biller = aBiller();
const named = (paymentId: string, receivedAt: Moment = aPayment().receivedAt) => aPayment({ paymentId, receivedAt });
const newYear = Date.parse("2027-01-01T00:00:00+05:30");

/** A world in which payments are stored before they take their numbers. */
function world() {
  const ports = memoryPorts();
  return {
    ports,
    async take(payment = aPayment(), of = biller) {
      await ports.payments.add(payment);
      return await takeReceiptNumber(ports, payment, { bill, biller: of });
    },
  };
}

describe("a counted payment", () => {
  it("takes the first number of its biller and year, and it is written down whose it is", async () => {
    const { ports, take } = world();
    const { number } = await take();
    expect(number).toEqual({ year: 2026, n: 1 });
    expect(await ports.payments.get(bill.code, paymentKey(aPayment()))).toMatchObject({ number, version: 2 });
    const record = await ports.receiptNumbers.get(biller.id, { year: 2026, n: 1 });
    expect(record).toEqual({ year: 2026, n: 1, code: bill.code, key: paymentKey(aPayment()) });
  });

  it("takes the number after that of the payment before it", async () => {
    const { take } = world();
    for (const [n, id] of ["pay_a", "pay_b", "pay_c"].entries()) {
      expect((await take(named(id))).number).toEqual({ year: 2026, n: n + 1 });
    }
  });

  it("keeps its number however often it is told", async () => {
    const { ports, take } = world();
    const first = await take();
    await take(named("pay_b"));
    expect((await take()).number).toEqual(first.number);
    expect((await takeReceiptNumber(ports, first, { bill, biller })).number).toEqual(first.number);
    expect(await ports.counters.get(receiptCounter(biller.id, 2026))).toMatchObject({ n: 2 });
  });

  it("takes the number of the year it was received in, by the clocks of its biller", async () => {
    const { take } = world();
    expect((await take(named("pay_a", newYear - 1))).number).toEqual({ year: 2026, n: 1 });
    expect((await take(named("pay_b", newYear))).number).toEqual({ year: 2027, n: 1 });
  });

  it("takes none before it is stored", async () => {
    const { ports } = world();
    await expect(takeReceiptNumber(ports, aPayment(), { bill, biller })).rejects.toThrow(DuebellError);
    expect(await ports.counters.get(receiptCounter(biller.id, 2026))).toBeUndefined();
  });
});

describe("a number whose taker died", () => {
  it("is written into its payment by whoever takes next", async () => {
    const { ports, take } = world();
    await ports.payments.add(named("pay_a"));
    const owner = { code: bill.code, key: "standard:pay_a" };
    await ports.counters.save({ name: receiptCounter(biller.id, 2026), n: 1, sum: 0, version: 1, owner }, 0);
    expect((await take(named("pay_b"))).number).toMatchObject({ n: 2 });
    expect(await ports.payments.get(bill.code, owner.key)).toMatchObject({ number: { n: 1 } });
    expect(await ports.receiptNumbers.get(biller.id, { year: 2026, n: 1 })).toMatchObject(owner);
  });

  it("is the same one when its payment comes again", async () => {
    const { ports, take } = world();
    const owner = { code: bill.code, key: paymentKey(aPayment()) };
    await ports.counters.save({ name: receiptCounter(biller.id, 2026), n: 7, sum: 0, version: 7, owner }, 0);
    expect((await take()).number).toEqual({ year: 2026, n: 7 });
    expect(await ports.counters.get(receiptCounter(biller.id, 2026))).toMatchObject({ n: 7 });
  });

  it("is void when its payment is there no more", async () => {
    const { ports, take } = world();
    const owner = { code: bill.code, key: "standard:gone" };
    await ports.counters.save({ name: receiptCounter(biller.id, 2026), n: 1, sum: 0, version: 1, owner }, 0);
    expect((await take()).number).toMatchObject({ n: 2 });
    expect(await ports.receiptNumbers.get(biller.id, { year: 2026, n: 1 })).toMatchObject({ void: "left-unused" });
  });

  it("is void when its payment took one of another year, since its biller moved to another zone", async () => {
    const { ports, take } = world();
    const late = named("pay_a", newYear - 1);
    await ports.payments.add(late);
    const owner = { code: bill.code, key: paymentKey(late) };
    await ports.counters.save({ name: receiptCounter(biller.id, 2026), n: 1, sum: 0, version: 1, owner }, 0);
    const moved = aBiller({ timeZone: "Pacific/Auckland" });
    expect((await take(late, moved)).number).toEqual({ year: 2027, n: 1 });
    expect((await take(named("pay_b"))).number).toEqual({ year: 2026, n: 2 });
    expect(await ports.receiptNumbers.get(biller.id, { year: 2026, n: 1 })).toMatchObject({ void: "left-unused" });
    expect(await ports.payments.get(bill.code, paymentKey(late))).toMatchObject({ number: { year: 2027, n: 1 } });
  });
});

describe("a counter that others take from all the time", () => {
  it("is given up in the end, so that the queue brings the payment again", async () => {
    const { ports, take } = world();
    ports.counters.save = async () => false;
    await expect(take()).rejects.toMatchObject({ code: "provider-error", retryable: true });
  });

  it("is asked again after a pause that grows, and ends within seconds", async () => {
    const { ports, take } = world();
    const start = ports.clock.now();
    ports.counters.save = async () => false;
    await expect(take()).rejects.toThrow("by others");
    expect(ports.clock.now() - start).toBeGreaterThan(1_000);
    expect(ports.clock.now() - start).toBeLessThan(13_000);
  });
});
