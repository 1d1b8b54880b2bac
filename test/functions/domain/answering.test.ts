import { describe, expect, it } from "vitest";
import { PhoneNumber } from "../../../functions/domain/addresses.ts";
import type { Answer } from "../../../functions/domain/answer.ts";
import {
  payOnBounds,
  type Saying,
  silencedChannels,
  silenceReason,
  withAnswer,
} from "../../../functions/domain/answering.ts";
import type { Bill } from "../../../functions/domain/bill.ts";
import { aBill, aCustomer, type Plain } from "../../support/builders.ts";

const kolkata = (text: string): number => Date.parse(`${text.replace(" ", "T")}:00+05:30`);
const noon = kolkata("2026-11-20 12:00");
const paid = { "standard:pay_0001": { amount: 124_900, refunded: 0, paidAt: noon - 1, n: 0 } };

/** What the bill is after an answer that it took. */
function taken(bill: Bill, saying: Saying, now = noon): Bill & { readonly answer: Answer } {
  const answered = withAnswer(bill, saying, now);
  if (answered.outcome !== "answered") throw new Error(`the answer was not taken: ${answered.outcome}`);
  return { ...answered.bill, answer: answered.answer };
}

describe("an answer", () => {
  it("that the bill is paid lets reminders rest for three days", () => {
    const bill = taken(aBill(), { answer: "already-paid", channel: "sms" });
    expect(bill).toMatchObject({ pausedAt: noon, pausedUntil: kolkata("2026-11-23 12:00") });
    expect(bill.answers).toEqual([{ answer: "already-paid", at: noon, channel: "sms" }]);
  });

  it.each([
    ["2026-11-28", "2026-11-28 09:00"],
    ["2026-11-20", "2026-11-21 09:00"],
    ["2026-12-21", "2026-12-21 09:00"],
  ])("that it will be paid on %s lets reminders rest until the morning of %s", (payOn, until) => {
    const bill = taken(aBill(), { answer: "will-pay", payOn });
    expect(bill.pausedUntil).toBe(kolkata(until));
    expect(bill.answer).toEqual({ answer: "will-pay", at: noon, payOn });
  });

  it("goes by the customer's zone", () => {
    const bill = aBill({ customer: aCustomer({ timeZone: "America/New_York" }) });
    const now = Date.parse("2026-11-21T02:00:00Z");
    expect(payOnBounds(bill, now)).toEqual({ first: "2026-11-20", last: "2026-12-21" });
    const promised = taken(bill, { answer: "will-pay", payOn: "2026-11-25" }, now);
    expect(promised.pausedUntil).toBe(Date.parse("2026-11-25T14:00:00Z"));
  });

  it("never makes a pause shorter", () => {
    const pause = { pausedAt: noon - 1, pausedUntil: kolkata("2026-12-20 12:00") };
    for (const answer of ["already-paid", "will-pay"] as const) {
      expect(taken(aBill(pause), { answer, payOn: "2026-11-28" })).toMatchObject(pause);
    }
  });

  it("by which a customer wants no more messages lets no reminder rest, and is taken whatever became of the bill", () => {
    for (const state of [{}, { payments: paid }, { canceled: { at: noon } }, { expiresOn: "2026-11-19" }]) {
      for (const answer of ["wrong-person", "stop"] as const) {
        const bill = taken(aBill(state), { answer });
        expect([bill.answers, bill.pausedUntil]).toEqual([[{ answer, at: noon }], undefined]);
      }
    }
  });

  it.each([{ payments: paid }, { canceled: { at: noon } }, { expiresOn: "2026-11-19" }] satisfies Partial<
    Plain<Bill>
  >[])("about paying is not taken where nothing is to be paid: %j", (state) => {
    for (const answer of ["already-paid", "will-pay"] as const) {
      const answered = withAnswer(aBill(state), { answer, payOn: "2026-11-28" }, noon);
      expect(answered).toEqual({ outcome: "nothing-to-pay" });
    }
  });
});

describe("a day to pay", () => {
  it.each([
    [undefined, "missing"],
    ["  ", "missing"],
    ["tomorrow", "malformed"],
    ["2026-02-30", "malformed"],
    ["2026-11-19", "too-early"],
    ["2026-12-22", "too-late"],
  ])("%s is refused: %s", (payOn, fault) => {
    expect(withAnswer(aBill(), { answer: "will-pay", payOn }, noon)).toMatchObject({ outcome: "refused", fault });
  });

  it("is not after the bill's last day", () => {
    const bill = aBill({ expiresOn: "2026-12-05" });
    expect(payOnBounds(bill, noon).last).toBe("2026-12-05");
    expect(withAnswer(bill, { answer: "will-pay", payOn: "2026-12-06" }, noon)).toMatchObject({ fault: "too-late" });
  });

  it("can be today where the bill has ended by the customer's clocks alone", () => {
    const bill = aBill({ customer: aCustomer({ timeZone: "Asia/Tokyo" }), expiresOn: "2026-11-20" });
    const now = kolkata("2026-11-20 23:00");
    expect(payOnBounds(bill, now)).toEqual({ first: "2026-11-21", last: "2026-11-21" });
  });

  it("that was typed is given back without what cannot be seen, and not at length", () => {
    const answered = withAnswer(aBill(), { answer: "will-pay", payOn: `\u202e<b>${"x".repeat(100)}` }, noon);
    expect(answered).toMatchObject({ fault: "malformed", typed: `<b>${"x".repeat(36)}` });
  });
});

describe("answers one after the other", () => {
  it("the same on the same day is one, and changes nothing", () => {
    for (const answer of ["already-paid", "will-pay", "wrong-person", "stop"] as const) {
      const saying = { answer, payOn: "2026-11-28", channel: "sms" } as const;
      const once = taken(aBill(), saying);
      const again = withAnswer(once, saying, noon + 60_000);
      expect(again).toEqual({ outcome: "answered", bill: once, answer: once.answer });
      expect(again.outcome === "answered" && again.bill === once).toBe(true);
    }
  });

  it("the same on another day is another, and reminders rest again", () => {
    const once = taken(aBill(), { answer: "already-paid" });
    const later = taken(once, { answer: "already-paid" }, kolkata("2026-11-24 10:00"));
    expect(later.answers).toHaveLength(2);
    expect(later.pausedUntil).toBe(kolkata("2026-11-27 10:00"));
  });

  it("a day that is named after another one, and then the first again, are three", () => {
    const promise = (bill: Bill, payOn: string) => taken(bill, { answer: "will-pay", payOn });
    const bill = promise(promise(promise(aBill(), "2026-11-24"), "2026-11-28"), "2026-11-24");
    expect(bill.answers?.map(({ payOn }) => payOn)).toEqual(["2026-11-24", "2026-11-28", "2026-11-24"]);
  });

  it("a wish for silence stands for its day, whatever was said since", () => {
    const stopped = taken(aBill(), { answer: "stop" });
    const since = taken(stopped, { answer: "already-paid" });
    const again = withAnswer(since, { answer: "stop" }, noon + 1);
    expect(again).toMatchObject({ outcome: "answered", answer: stopped.answer });
  });

  it("more than five in a day are too many, and the next day the last five are kept", () => {
    let bill = aBill();
    for (let day = 21; day < 26; day++) bill = taken(bill, { answer: "will-pay", payOn: `2026-11-${day}` });
    const sixth = { answer: "will-pay", payOn: "2026-11-26" } as const;
    expect(withAnswer(bill, sixth, noon)).toEqual({ outcome: "too-many" });
    expect(withAnswer(bill, { answer: "stop" }, noon)).toEqual({ outcome: "too-many" });
    const kept = taken(bill, sixth, kolkata("2026-11-21 00:00")).answers?.map(({ payOn }) => payOn?.slice(-2));
    expect(kept).toEqual(["22", "23", "24", "25", "26"]);
  });
});

describe("a wish for silence", () => {
  const { addresses } = aCustomer();
  const twoNumbers = { ...addresses, sms: new PhoneNumber("+919830054321") };

  it("is about every address where no message led to it, or one on a channel without an address", () => {
    const { email: _, ...phones } = addresses;
    expect(silencedChannels(addresses, { answer: "stop" })).toEqual(["whatsapp", "sms", "email"]);
    expect(silencedChannels(phones, { answer: "stop", channel: "email" })).toEqual(["whatsapp", "sms"]);
  });

  it("is else about the channel of the message; a wrong number is wrong wherever it is used", () => {
    expect(silencedChannels(addresses, { answer: "stop", channel: "sms" })).toEqual(["sms"]);
    expect(silencedChannels(addresses, { answer: "wrong-person", channel: "sms" })).toEqual(["whatsapp", "sms"]);
    expect(silencedChannels(twoNumbers, { answer: "wrong-person", channel: "sms" })).toEqual(["sms"]);
    expect(silencedChannels(addresses, { answer: "wrong-person", channel: "email" })).toEqual(["email"]);
  });
});

describe("why no more messages come after an answer", () => {
  it.each([
    ["already-paid", undefined],
    ["will-pay", undefined],
    ["wrong-person", "wrong-person"],
    ["stop", "stopped-on-page"],
  ] as const)("of %s is %s", (answer, reason) => {
    expect(silenceReason(answer)).toBe(reason);
  });
});
