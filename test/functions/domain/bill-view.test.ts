import { describe, expect, it } from "vitest";
import { billView } from "../../../functions/domain/bill-view.ts";
import { toIso } from "../../../functions/domain/local-time.ts";
import { cursorAt } from "../../../functions/domain/progress.ts";
import { aBill, aBiller, aCustomer } from "../../support/builders.ts";

const now = Date.parse("2026-11-15T04:31:00Z");
const about = { now, linkBaseUrl: "https://pay.example.com" };
const biller = aBiller();

/** What goes over the wire. */
const sent = (...[bill, settings, context]: Parameters<typeof billView>): Record<string, unknown> =>
  JSON.parse(JSON.stringify(billView(bill, settings, context)));

describe("the bill as the API answers it", () => {
  it("is as it was registered, with its link, status and what comes next", () => {
    const bill = aBill();
    expect(sent(bill, biller, about)).toEqual({
      billId: "EP-2026-11-10023",
      biller: "example-power",
      customer: {
        id: "10023",
        name: "Asha Sen",
        language: "bn",
        timeZone: "Asia/Kolkata",
        addresses: { whatsapp: "+919830012345", sms: "+919830012345", email: "asha@example.org" },
      },
      title: "Electricity, November 2026",
      category: "electricity",
      amountDue: { value: 124_900, currency: "INR" },
      exactness: "EXACT",
      issuedOn: "2026-11-15",
      dueDate: "2026-11-30",
      paymentLink: `https://pay.example.com/EXPOWR/${bill.code}`,
      status: "open",
      paid: { value: 0, currency: "INR" },
      next: { step: "issued", hop: 0, channel: "whatsapp", at: "2026-11-15T04:30:00.000Z" },
    });
  });

  it("shows its detail and what it is as of", () => {
    const clickPayUrl = "https://bbps.io/pay/Ab12Cd34";
    const detail = { items: [], clickPayUrl, metadata: { meter: "77812" } };
    expect(sent(aBill({ asOf: now }), biller, { ...about, detail })).toMatchObject({
      asOf: toIso(now),
      items: [],
      clickPayUrl,
      metadata: { meter: "77812" },
    });
  });

  it("shows what was paid, and that nothing comes next", () => {
    const payments = { "standard:a": { amount: 124_900, refunded: 0, paidAt: now, n: 0 } };
    expect(sent(aBill({ payments }), biller, about)).toMatchObject({
      status: "paid",
      paid: { value: 124_900, currency: "INR" },
      next: null,
    });
  });

  it("shows the consents, and a reminder asked for by hand as what comes next", () => {
    const remind = { date: "2026-11-15", message: "issued", at: now } as const;
    const bill = aBill({ customer: aCustomer({ consents: ["sms"] }), remind, progress: { done: ["issued"] } });
    const stop = { step: "remind.2026-11-15", hop: 0, channel: "whatsapp", at: now } as const;
    const waiting = { ...bill, progress: { ...bill.progress, cursor: cursorAt(stop, bill.biller, now) } };
    expect(sent(waiting, biller, about)).toMatchObject({
      customer: { consents: ["sms"] },
      next: { step: "remind.2026-11-15", hop: 0, channel: "whatsapp", at: toIso(now) },
    });
  });

  it("shows a pause while it lasts", () => {
    expect(sent(aBill({ pausedUntil: now + 1 }), biller, about)).toMatchObject({ pausedUntil: toIso(now + 1) });
    expect(sent(aBill({ pausedUntil: now }), biller, about)).not.toHaveProperty("pausedUntil");
  });
});
