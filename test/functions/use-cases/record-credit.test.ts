import { describe, expect, it } from "vitest";
import { attemptReference } from "../../../functions/domain/attempt-reference.ts";
import type { BillerId } from "../../../functions/domain/ids.ts";
import { recordCredit } from "../../../functions/use-cases/record-credit.ts";
import { kolkata, named } from "../../support/bill-world.ts";
import { aBiller } from "../../support/builders.ts";
import { aCredit, creditWorld } from "../../support/credit-world.ts";
import { plainCode } from "../../support/memory-recorders.ts";

const code = plainCode(named.biller, named.billId);
const reference = (mark: string, of = code): string => attemptReference(of, kolkata("2026-11-20 09:00"), mark);
const key = "bank:S20261120001";

describe("a credit of the bank that names its bill", () => {
  it("by its row is counted, and the bill is paid", async () => {
    const { credit, countedOn, ports, story } = await creditWorld();
    expect(await credit({ billId: named.billId })).toBe("applied");
    expect(await countedOn()).toEqual({ [key]: 124_900 });
    const [payment] = (await story()).payments;
    expect(payment).toMatchObject({ source: "bank", paymentId: "S20261120001", outcome: "full", rail: "bank" });
    expect(ports.events.published.map(({ type }) => type)).toContain("bill.paid");
  });

  it.each([
    ["txid", { txid: reference("p") }, "pix"],
    ["reference", { reference: reference("q") }, "upi"],
    ["narration", { narration: `UPI/636512345678/${reference("i")}/Asha Sen` }, "upi"],
    ["narration, whole", { narration: reference("n") }, "pay-now"],
    ["txid of a charge at the biller's bank", { txid: `${code}0000000000003` }, "pix"],
  ])("by our own reference in its %s is counted, by the rail of that attempt", async (_where, changes, rail) => {
    const { credit, countedOn, story } = await creditWorld();
    expect(await credit(changes)).toBe("applied");
    expect(Object.values(await countedOn())).toEqual([124_900]);
    expect((await story()).payments[0]?.rail).toBe(rail);
  });

  it.each([
    ["a bare link code", { narration: `paid ${code} thanks` }],
    ["a part of a reference", { narration: `UPI ${reference("q").slice(0, -1)} x` }],
    ["a reference within a longer word", { narration: `X${reference("q")}` }],
    [
      "two references of different bills",
      { narration: `${reference("q")} ${reference("q", plainCode(named.biller, "EP-2"))}` },
    ],
    ["another biller's bill", { narration: reference("q", plainCode("other-power", "OP-1")) }],
  ])("is not guessed from %s", async (_what, changes) => {
    const { credit, countedOn, aside, another, ports } = await creditWorld();
    await another("EP-2");
    await ports.billers.put(aBiller({ id: "other-power", header: "OTHERP" }));
    expect(await credit(changes)).toBe("unmatched");
    expect(await countedOn()).toEqual({});
    expect(aside()).toEqual([key]);
  });

  it("but is not registered yet is kept, and counts when the bill comes", async () => {
    const { credit, aside, another, countedOn } = await creditWorld();
    expect(await credit({ billId: "EP-2" })).toBe("unmatched");
    expect(await credit({ billId: "EP-2" })).toBe("unchanged");
    expect(aside()).toEqual([key]);
    await another("EP-2");
    expect([await countedOn("EP-2"), aside()]).toEqual([{ [key]: 124_900 }, []]);
  });

  it("counts on the day of the biller's zone, in the payer's favor", async () => {
    const { credit, story } = await creditWorld();
    await credit({ billId: named.billId });
    expect((await story()).payments[0]?.paidAt).toBe(kolkata("2026-11-20 00:00"));
  });

  it("in another currency is kept where operators look", async () => {
    const { credit, countedOn, aside } = await creditWorld();
    expect(await credit({ billId: named.billId, amount: { value: 124_900, currency: "USD" } })).toBe("unmatched");
    expect([await countedOn(), aside()]).toEqual([{}, [key]]);
  });

  it("is refused where it is dated in the future, as when day and month are mixed up", async () => {
    const { credit } = await creditWorld();
    await expect(credit({ creditedOn: "2026-12-11" })).rejects.toMatchObject({
      code: "invalid-input",
      fields: [{ path: "creditedOn" }],
    });
    expect(await credit({ creditedOn: "2026-11-22" })).toBe("unmatched");
  });

  it("of a biller that was never put is not known", async () => {
    const { ports } = await creditWorld();
    const command = { biller: "nobody" as BillerId, credit: aCredit() };
    await expect(recordCredit(ports, command)).rejects.toMatchObject({ code: "not-found" });
  });
});

describe("a credit told again", () => {
  it("changes nothing, whatever its row says of the bill by then", async () => {
    const { credit, countedOn, another } = await creditWorld();
    await another("EP-2");
    expect(await credit({ billId: named.billId })).toBe("applied");
    for (const billId of [named.billId, "EP-2"]) expect(await credit({ billId })).toBe("unchanged");
    expect(await credit()).toBe("unchanged");
    expect([await countedOn(), await countedOn("EP-2")]).toEqual([{ [key]: 124_900 }, {}]);
  });

  it("with a bill that it did not name before is counted there", async () => {
    const { credit, countedOn, aside } = await creditWorld();
    expect(await credit()).toBe("unmatched");
    expect(await credit({ billId: named.billId })).toBe("applied");
    expect([await countedOn(), aside()]).toEqual([{ [key]: 124_900 }, []]);
  });

  it("without a bill asks operators nothing more, even where it may be held by then", async () => {
    const { credit, pay, asked, aside } = await creditWorld();
    await credit();
    await pay();
    expect(await credit()).toBe("unchanged");
    expect([await asked(), aside()]).toEqual([[], [key]]);
  });

  it("with a bill on which it may be held by then is one question, no longer two", async () => {
    const { credit, pay, asked, aside } = await creditWorld();
    await credit();
    await pay();
    expect(await credit({ billId: named.billId })).toBe("proposed");
    expect([await asked(), aside()]).toEqual([[`already-held ${key} standard:pay_0001 by amount-and-day`], []]);
  });

  it("after it was proposed waits for the operator", async () => {
    const { credit, pay, asked } = await creditWorld();
    await pay();
    expect(await credit({ billId: named.billId })).toBe("proposed");
    expect(await credit({ billId: named.billId, creditedOn: "2026-11-10" })).toBe("unchanged");
    expect(await asked()).toHaveLength(1);
  });
});

describe("a credit that may be a payment already held", () => {
  const rrn = "636512345678";

  it.each([
    ["the number of its UPI payment", { references: [`rrn:${rrn}`] }, { rrn, creditedOn: "2026-11-02" }],
    ["that number as its only reference", { references: [`rrn:${rrn}`] }, { reference: rrn, creditedOn: "2026-11-02" }],
    ["the txid of its charge", { references: ["txid:abc123"] }, { txid: "abc123", creditedOn: "2026-11-02" }],
  ])("by %s is proposed, not counted", async (_what, told, changes) => {
    const { credit, pay, countedOn, asked } = await creditWorld();
    await pay(told);
    const amount = { value: 5, currency: "INR" };
    expect(await credit({ billId: named.billId, amount, ...changes })).toBe("proposed");
    expect(await countedOn()).toEqual({ "standard:pay_0001": 124_900 });
    expect(await asked()).toEqual([expect.stringMatching(/^already-held bank:\S+ standard:pay_0001 by reference$/)]);
  });

  it("by the end-to-end id that the biller's bank calls it by is proposed", async () => {
    const { credit, pay, asked } = await creditWorld();
    const endToEndId = "E12345678202611201530abcdefghijk";
    await pay({ source: "pix", paymentId: endToEndId });
    expect(await credit({ endToEndId, creditedOn: "2026-11-02" })).toBe("proposed");
    expect(await asked()).toEqual([`already-held ${key} pix:${endToEndId} by reference`]);
  });

  it.each(["2026-11-19", "2026-11-20", "2026-11-21"])("by amount and day is proposed: %s", async (creditedOn) => {
    const { credit, pay, countedOn, asked } = await creditWorld();
    await pay();
    expect(await credit({ billId: named.billId, creditedOn })).toBe("proposed");
    expect(await countedOn()).toEqual({ "standard:pay_0001": 124_900 });
    expect(await asked()).toEqual([`already-held ${key} standard:pay_0001 by amount-and-day`]);
  });

  it.each([
    ["two days before", { creditedOn: "2026-11-18" }],
    ["of another amount", { amount: { value: 124_800, currency: "INR" } }],
  ])("is counted when the payment is another: %s", async (_what, changes) => {
    const { credit, pay, countedOn } = await creditWorld();
    await pay();
    expect(await credit({ billId: named.billId, ...changes })).toBe("applied");
    expect(Object.keys(await countedOn())).toEqual(["standard:pay_0001", key]);
  });

  it("of a bill is not taken for the payment of another bill; without a bill it may be any", async () => {
    const { credit, pay, another, countedOn, asked } = await creditWorld();
    await another("EP-2");
    await pay();
    expect(await credit({ billId: "EP-2" })).toBe("applied");
    expect(await credit({ reference: "S2" })).toBe("proposed");
    expect(await countedOn("EP-2")).toEqual({ [key]: 124_900 });
    expect(await asked()).toEqual(["already-held bank:S2 standard:pay_0001 by amount-and-day"]);
  });

  it("is not taken for another line of the statement: two lines are two credits", async () => {
    const { credit, countedOn, asked } = await creditWorld();
    const amount = { value: 50_000, currency: "INR" };
    for (const name of ["S1", "S2"])
      expect(await credit({ reference: name, amount, txid: reference("p"), billId: named.billId })).toBe("applied");
    expect(await countedOn()).toEqual({ "bank:S1": 50_000, "bank:S2": 50_000 });
    expect(await asked()).toEqual([]);
  });

  it("is taken for another line that has the same number of the payment", async () => {
    const { credit, asked } = await creditWorld();
    expect(await credit({ reference: "S1", rrn, billId: named.billId })).toBe("applied");
    expect(await credit({ reference: "S2", rrn, billId: named.billId })).toBe("proposed");
    expect(await asked()).toEqual(["already-held bank:S2 bank:S1 by reference"]);
  });
});

describe("a webhook that comes after the credit of the same money", () => {
  it("is not a second payment that nobody sees: operators are asked what to do with it", async () => {
    const { credit, pay, countedOn, asked, ports } = await creditWorld();
    const rrn = "636512345678";
    expect(await credit({ rrn, billId: named.billId })).toBe("applied");
    await pay({ source: "razorpay", paymentId: "pay_9", references: [`rrn:${rrn}`] });
    expect(Object.keys(await countedOn())).toEqual([key]);
    expect(await asked()).toEqual([`already-held razorpay:pay_9 ${key} by reference`]);
    expect(ports.events.published.map(({ type }) => type)).toContain("payment.duplicate");
  });
});
