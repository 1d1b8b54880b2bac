import { describe, expect, it } from "vitest";
import { markedNotification, readMark } from "../../../functions/domain/attribution.ts";
import { type Channel, channels } from "../../../functions/domain/ids.ts";
import { paymentKey } from "../../../functions/domain/payment.ts";
import { composeMessage } from "../../../functions/use-cases/compose-message.ts";
import { readDueItem } from "../../../functions/use-cases/due-item.ts";
import { billWorld } from "../../support/bill-world.ts";
import { aBill, aBiller, aCustomer, aPayment } from "../../support/builders.ts";

const linkBaseUrl = "https://pay.example.com";
const bill = aBill({
  customer: aCustomer(),
  payments: { "standard:pay_0001": { amount: 124_900, refunded: 0, paidAt: aPayment().paidAt, n: 1 } },
});

/** The message of the first hop of an item, as one channel's carrier gets it. */
async function composed(kind: "reminder" | "receipt", channel: Channel, change: Partial<typeof bill> = {}) {
  const { ports, senders } = await billWorld({ biller: aBiller() });
  await ports.bills.save({ ...bill, ...change }, 0);
  await ports.payments.add(aPayment());
  const sk = kind === "reminder" ? "BILL" : `PAY#${paymentKey(aPayment())}`;
  const item = await readDueItem(ports, { pk: `BILL#${bill.code}`, sk });
  if (!item) throw new Error("there is no such item");
  const [step, message] = kind === "reminder" ? ["due-soon", "due-soon"] : ["receipt", "receipt"];
  const now = ports.clock.now();
  return await composeMessage(senders(channel), item, {
    message,
    stop: { step, hop: 1, channel, at: now },
    now,
    linkBaseUrl,
  });
}

describe("the link of a message", () => {
  const cases = channels.flatMap((channel) => (["reminder", "receipt"] as const).map((kind) => ({ channel, kind })));

  it.each(cases)("leads back to the notification of a $kind by $channel", async ({ kind, channel }) => {
    const message = await composed(kind, channel);
    const link = new RegExp(`EXPOWR/${bill.code}\\?([^\\s"]+)`).exec(
      JSON.stringify(message?.wording).replaceAll("\\", " "),
    );
    const mark = readMark({ [link?.[1] ?? ""]: "" });
    const { code, step = "", hop = 0 } = message?.key ?? {};
    const notification = { code: code ?? bill.code, step, hop, channel, acceptedAt: 1 };
    const others = [0, 2].map((other) => ({ ...notification, hop: other }));
    expect(markedNotification(mark ?? "", [...others, notification])).toEqual(notification);
  });

  it("is the suffix behind the button's URL in WhatsApp, mark and all", async () => {
    const message = await composed("reminder", "whatsapp");
    expect(message?.wording).toMatchObject({ urlSuffix: expect.stringMatching(/^EXPOWR\/\w{13}\?w\w\w$/) });
  });
});

describe("the e-mail of a receipt", () => {
  const { paidAt } = aPayment();
  const first = { amount: 124_900, refunded: 0, paidAt, n: 1 };
  const more = { amount: 50_000, refunded: 0, paidAt: paidAt + 1, n: 2 };
  const english = { customer: { ...bill.customer, language: "en" } };

  it.each([
    [
      "names what was paid beyond the bill",
      { payments: { "standard:pay_0001": first, "standard:pay_0002": more } },
      "₹500.00 more",
    ],
    ["calls a bill done that was paid as it asked", { payments: { "standard:pay_0001": first } }, "paid in full"],
    [
      "calls a second payment given back done",
      { payments: { "standard:pay_0001": first, "standard:pay_0002": { ...more, refunded: 50_000 } } },
      "paid in full",
    ],
    ["names what is left", { payments: { "standard:pay_0001": { ...first, amount: 100_000 } } }, "₹249.00 is still"],
    ["never calls a canceled bill done", { canceled: { at: paidAt } }, "₹1,249.00 more"],
  ])("%s", async (_title, change, sentence) => {
    const message = await composed("receipt", "email", { ...english, ...change });
    expect(message?.wording).toMatchObject({ text: expect.stringContaining(sentence) });
  });
});
