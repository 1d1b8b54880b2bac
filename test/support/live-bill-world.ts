import { upiRail } from "../../functions/adapters/rails/upi.ts";
import type { FetchedBill } from "../../functions/domain/live-bill.ts";
import type { Moment } from "../../functions/domain/local-time.ts";
import type { Money } from "../../functions/domain/money.ts";
import { openPaymentLink } from "../../functions/use-cases/open-payment-link.ts";
import { startPayment } from "../../functions/use-cases/start-payment.ts";
import { type aBillInput, billWorld, kolkata } from "./bill-world.ts";
import { aBiller } from "./builders.ts";

const phone =
  "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Mobile Safari/537.36";

/** An amount in rupees, in paise. */
export const inRupees = (value: number): Money => ({ value, currency: "INR" }) as Money;

/** What a biller's system says of a bill that is due: the total that is still owed. */
export const due = (value: number, more: object = {}): FetchedBill =>
  ({ outcome: "due", amountDue: inRupees(value), ...more }) as FetchedBill;

/** A bill of 1,000 rupees whose biller has a system of its own, at noon of 20 November, with what a payer sees and does. */
export async function liveBillWorld(changes: Parameters<typeof aBillInput>[0] = {}) {
  const biller = aBiller({
    billFetch: { url: "https://billing.example.com/bbps", identifier: { name: "consumerNumber" } },
  });
  const world = await billWorld({ start: kolkata("2026-11-15 09:30"), biller });
  await world.register({ amountDue: inRupees(100_000), exactness: "ANY", ...changes });
  world.ports.clock.set(kolkata("2026-11-20 12:00"));
  const ports = { ...world.ports, rails: [upiRail] };
  const link = { header: biller.header, code: world.code };
  const visit = { linkBaseUrl: "https://pay.example.com", userAgent: phone };
  return {
    ...world,
    /** Opens the page: its state, and what it asks for. */
    async page() {
      const opened = await openPaymentLink(ports, link, visit);
      if (opened.outcome !== "found") throw new Error("there is no page");
      const { state, outstanding } = opened.view;
      return { state, outstanding: outstanding.value };
    },
    /** Sends the page's form, as it stands. */
    start: () => startPayment(ports, { ...link, rail: "upi" }, visit),
    paid: (value: number, paidAt: Moment, paymentId = `pay_${paidAt}`) =>
      world.pay({ paymentId, amount: inRupees(value), paidAt: new Date(paidAt).toISOString() }),
    async stored() {
      const { bill } = await world.story();
      if (!bill) throw new Error("there is no bill");
      return bill;
    },
  };
}
