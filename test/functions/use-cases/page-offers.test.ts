import { describe, expect, it } from "vitest";
import { budgetCounter, type Offer } from "../../../functions/domain/offer.ts";
import { paymentKey } from "../../../functions/domain/payment.ts";
import { getReceipt } from "../../../functions/use-cases/get-receipt.ts";
import { openPaymentLink } from "../../../functions/use-cases/open-payment-link.ts";
import { aBill, aBiller, anAward, anOffer, aPayment } from "../../support/builders.ts";
import { memoryPorts } from "../../support/memory-ports.ts";

const [bill, payment] = [aBill(), aPayment()];
const link = { header: "EXPOWR", code: bill.code };
const browser =
  "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Mobile Safari/537.36";
const visit = { linkBaseUrl: "https://pay.example.com", userAgent: browser };
const said = { title: anOffer().title, kind: "cashback", value: { value: 3_500, currency: "INR" } };

async function world(offers: readonly Offer[], shown = bill) {
  const ports = memoryPorts();
  await ports.billers.put(aBiller());
  await ports.bills.save(shown, 0);
  for (const offer of offers) await ports.offers.put(offer);
  const reads: string[] = [];
  ports.control.beforeCall = (port, method) => {
    reads.push(`${port}.${method}`);
  };
  const offersOf = async (from: object = visit) => {
    const opened = await openPaymentLink({ ...ports, rails: [] }, link, { ...visit, ...from });
    return opened.outcome === "found" ? opened.view.offers : opened;
  };
  return { ports, reads, offersOf };
}

const had = { biller: bill.biller, customer: bill.customer.id, offer: anOffer().id };
const counted = { [paymentKey(payment)]: { amount: 124_900, refunded: 0, paidAt: payment.paidAt, n: 1 } };

describe("the page of a bill before it is paid", () => {
  it("says what paying may give", async () => {
    const { offersOf, reads } = await world([anOffer()]);
    expect(await offersOf()).toEqual([said]);
    expect(reads).not.toContain("customerOffers.count");
  });

  it("counts what the customer had, by one read for an offer that has such a limit", async () => {
    const { ports, offersOf, reads } = await world([anOffer({ perCustomer: 2 })]);
    expect(await offersOf()).toEqual([said]);
    expect(reads.filter((read) => read === "customerOffers.count")).toHaveLength(1);
    await ports.customerOffers.take(had, "a", 2);
    expect(await offersOf()).toEqual([said]);
    await ports.customerOffers.take(had, "b", 2);
    expect(await offersOf()).toBeUndefined();
  });

  it("speaks of the next offer where the customer has had the first", async () => {
    const { ports, offersOf } = await world([anOffer({ perCustomer: 1 }), anOffer({ id: "less", title: "Less" })]);
    await ports.customerOffers.take(had, "a", 1);
    expect(await offersOf()).toMatchObject([{ title: "Less" }]);
  });

  it("says nothing once a budget is nearly gone", async () => {
    const offer = anOffer({ budget: { count: 1_000 } });
    const { ports, offersOf } = await world([offer]);
    expect(await offersOf()).toEqual([said]);
    await ports.counters.save({ name: budgetCounter(offer), n: 985, sum: 0, version: 1 }, 0);
    expect(await offersOf()).toBeUndefined();
  });

  it("says nothing, and asks for nothing, for a preview", async () => {
    const { offersOf, reads } = await world([anOffer()]);
    expect(await offersOf({ userAgent: "WhatsApp/2.23.20.0" })).toBeUndefined();
    expect(reads).not.toContain("offers.listCached");
  });

  it.each([
    ["was paid", { payments: counted }],
    ["was canceled", { canceled: { at: bill.registeredAt } }],
    ["is of another currency than the offer", { amountDue: { value: 100, currency: "USD" } }],
  ])("says nothing when the bill %s", async (_what, changes) => {
    const { offersOf } = await world([anOffer()], aBill(changes));
    expect(await offersOf()).toBeUndefined();
  });
});

describe("the receipt of a payment that was awarded something", () => {
  it("says what, with the code of a coupon, by one read for each payment", async () => {
    const { ports, reads } = await world([], aBill({ payments: counted }));
    const awards = [
      anAward(),
      anAward({ offer: "c", kind: "coupon", title: "A coupon", coupon: { n: 1, code: "AB12" } }),
    ];
    await ports.payments.add(aPayment({ awards }));
    reads.length = 0;
    const found = await getReceipt({ ...ports, rails: [] }, link, visit);
    expect(found).toMatchObject({
      view: { payments: [{ awards: [said, { ...said, kind: "coupon", title: "A coupon", code: "AB12" }] }] },
    });
    expect(reads.filter((read) => read === "payments.get")).toHaveLength(1);
  });

  it("says nothing of an award that was taken back, or of a payment that was never read", async () => {
    const { ports } = await world([], aBill({ payments: counted }));
    await ports.payments.add(aPayment({ awards: [anAward({ state: "reversed" })] }));
    const [{ payments: _, ...unread }, opened] = [ports, await getReceipt(ports, link, visit)];
    for (const found of [opened, await getReceipt(unread, link, visit)]) {
      expect(found.outcome === "found" && found.view.payments.map(({ awards }) => awards)).toEqual([undefined]);
    }
  });
});
