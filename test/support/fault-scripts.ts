import type { LocalDate } from "../../functions/domain/local-time.ts";
import type { Money } from "../../functions/domain/money.ts";
import { kolkata } from "./bill-world.ts";
import { aBiller } from "./builders.ts";
import { afterMinutes, type Script } from "./fault-history.ts";

const twoSteps = aBiller({
  cadence: [
    { step: "issued", relativeTo: "issuedOn", days: 0, at: "10:00" },
    { step: "due-soon", relativeTo: "dueDate", days: -3, at: "10:00" },
  ],
});

const rupees = (value: number) => ({ value, currency: "INR" }) as Money;

/** What happens to the bills of the fault harness, each with something else that goes its own way without any fault. */
export const faultScripts: Readonly<Record<string, Script>> = {
  /** WhatsApp stays unconfirmed, the SMS fails, the e-mail arrives; then the bill is paid. */
  "a bill that falls back twice and is paid": {
    ends: ["issued"],
    biller: twoSteps,
    paidAt: kolkata("2026-11-16 12:00"),
    reports: ({ wording }) =>
      wording.channel === "whatsapp" ? [] : afterMinutes(1, wording.channel === "sms" ? "failed" : "delivered"),
  },
  /** WhatsApp refuses for now and then does not answer, the number cannot get SMS, the mailbox takes it at the second try. */
  "a bill that carriers refuse, and is paid": {
    ends: ["issued"],
    biller: twoSteps,
    paidAt: kolkata("2026-11-16 12:00"),
    answers: {
      whatsapp: [
        { outcome: "refused-for-now", reason: "throttled" },
        { outcome: "unknown", reason: "http-500" },
      ],
      sms: [{ outcome: "refused", kind: "permanent-failure", reason: "no-such-number" }],
      email: [{ outcome: "refused-for-now", reason: "throttled" }],
    },
    reports: ({ wording }) => (wording.channel === "email" ? afterMinutes(1, "delivered") : []),
  },
  /** WhatsApp stays unconfirmed, and the money comes in the minute in which the SMS goes out. */
  "a bill that is paid while it falls back": {
    ends: [],
    biller: twoSteps,
    paidAt: kolkata("2026-11-15 10:32"),
    reports: ({ key }) => (key.step.startsWith("receipt") ? afterMinutes(0.1, "delivered") : []),
  },
  /** WhatsApp is delivered and read within seconds each time, and nobody pays. */
  "a bill that is delivered and never paid": {
    ends: ["issued", "due-soon"],
    biller: twoSteps,
    reports: () => [...afterMinutes(0.1, "delivered"), ...afterMinutes(0.2, "read")],
  },
  /** The window closes while the step falls back, and the customer stops SMS overnight; WhatsApp's failure and success come late. */
  "a bill whose window closes and whose customer opts out": {
    ends: ["issued"],
    biller: aBiller({
      cadence: [{ step: "issued", relativeTo: "issuedOn", days: 0, at: "10:00" }],
      window: { start: "09:00", end: "10:34" },
      hops: [
        { channel: "whatsapp", wait: "PT31M", success: "read" },
        { channel: "sms", wait: "PT1H", success: "delivered" },
        { channel: "email" },
      ],
    }),
    optOut: { channel: "sms", at: kolkata("2026-11-15 10:32") },
    reports: ({ wording }) =>
      wording.channel === "whatsapp"
        ? [...afterMinutes(0.1, "delivered"), ...afterMinutes(3_000, "read")]
        : afterMinutes(1, "delivered"),
  },
  /** The number is busy for minutes, a day's cap and a day's money are used up by the first step, and the bus is told of everything. */
  "a bill that a busy line and caps hold back": {
    ends: ["issued", "due-soon"],
    biller: aBiller({
      cadence: [
        { step: "issued", relativeTo: "issuedOn", days: 0, at: "10:00" },
        { step: "due-soon", relativeTo: "issuedOn", days: 0, at: "12:00" },
      ],
      hops: [{ channel: "whatsapp", wait: "PT30M", success: "delivered" }, { channel: "sms" }],
      caps: { perDay: 1 },
      sms: {
        provider: "sns",
        senderId: "EXPOWR",
        spend: { perDayUsd: "0.20", prices: { "+91": "0.04" } },
      },
      notificationEvents: ["accepted", "delivered", "failed", "unknown", "not-sent"],
    }),
    busy: { at: kolkata("2026-11-15 10:00"), seconds: 150 },
    answers: { whatsapp: [{ outcome: "refused-for-now", reason: "throttled" }] },
    reports: ({ wording }) => (wording.channel === "sms" ? afterMinutes(0.1, "delivered") : []),
  },
  /** WhatsApp is down when the bill is due: the SMS goes out at once, and its failure is told twice. */
  "a bill whose first provider is down": {
    ends: ["issued"],
    biller: aBiller({ cadence: [{ step: "issued", relativeTo: "issuedOn", days: 0, at: "10:00" }] }),
    busy: { at: kolkata("2026-11-15 10:00"), seconds: "down" },
    reports: ({ wording }) =>
      wording.channel === "sms" ? [...afterMinutes(0.1, "failed"), ...afterMinutes(2, "failed")] : [],
  },
  /** The biller's own system says another amount at every hop, then that nothing is due, then that it is due a week later. */
  "a bill of which the biller's own system says something else each time": {
    ends: ["issued"],
    biller: aBiller({
      cadence: [
        { step: "issued", relativeTo: "issuedOn", days: 0, at: "10:00" },
        {
          step: "next-day",
          message: "issued",
          relativeTo: "issuedOn",
          days: 1,
          at: "10:00",
          hops: [{ channel: "sms" }],
        },
        { step: "due-soon", relativeTo: "dueDate", days: -3, at: "10:00", hops: [{ channel: "sms" }] },
      ],
      hops: [{ channel: "whatsapp", wait: "PT30M", success: "delivered" }, { channel: "sms" }],
      billFetch: { url: "https://billing.example.com/bbps", identifier: { name: "consumerNumber" } },
    }),
    says: [
      { from: kolkata("2026-11-15 09:31"), answer: { outcome: "due", amountDue: rupees(131_000) } },
      { from: kolkata("2026-11-15 10:15"), answer: { outcome: "due", amountDue: rupees(132_000) } },
      { from: kolkata("2026-11-16 09:30"), answer: { outcome: "nothing-due" } },
      {
        from: kolkata("2026-11-20 09:30"),
        answer: { outcome: "due", amountDue: rupees(90_000), dueDate: "2026-12-07" as LocalDate },
      },
    ],
    reports: ({ wording }) => (wording.channel === "whatsapp" ? [] : afterMinutes(1, "delivered")),
  },
  /** A payment fails while the step falls back: WhatsApp stays silent of both, the SMS of the notice fails, its e-mail arrives. */
  "a bill of which a payment fails": {
    ends: ["issued"],
    biller: aBiller({
      cadence: [{ step: "issued", relativeTo: "issuedOn", days: 0, at: "10:00" }],
      hops: [
        { channel: "whatsapp", wait: "PT20M", success: "delivered" },
        { channel: "sms", wait: "PT1H", success: "delivered" },
        { channel: "email" },
      ],
      paymentNotices: ["payment-failed"],
    }),
    failsAt: kolkata("2026-11-15 10:05"),
    reports: ({ wording, key }) => {
      if (wording.channel === "whatsapp") return [];
      return afterMinutes(1, wording.channel === "sms" && key.step.startsWith("failed") ? "failed" : "delivered");
    },
  },
};
