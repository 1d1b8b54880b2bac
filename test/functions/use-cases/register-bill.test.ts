import { describe, expect, it } from "vitest";
import { providerError } from "../../../functions/domain/errors.ts";
import type { BillerId, BillId } from "../../../functions/domain/ids.ts";
import { cancelBill } from "../../../functions/use-cases/cancel-bill.ts";
import { registerBill } from "../../../functions/use-cases/register-bill.ts";
import { aBillInput, billWorld, kolkata, named } from "../../support/bill-world.ts";
import { aBiller } from "../../support/builders.ts";
import { plainCode } from "../../support/memory-recorders.ts";

const rupees = (value: number) => ({ value: value * 100, currency: "INR" });

describe("register-bill", () => {
  it("takes a new bill under its link code, waiting for its first reminder", async () => {
    const { register, story, code } = await billWorld({ start: kolkata("2026-11-14 18:00") });
    const { outcome, bill } = await register();
    expect(outcome).toBe("registered");
    expect(bill).toMatchObject({ ...named, code, version: 1, customer: { language: "bn", timeZone: "Asia/Kolkata" } });
    expect(bill.progress.cursor).toMatchObject({ step: "issued", at: kolkata("2026-11-15 10:00") });
    expect((await story()).bill).toEqual(bill);
  });

  it("told twice, changes nothing at all", async () => {
    const { register, ports, story } = await billWorld();
    const { bill } = await register();
    ports.clock.advance(86_400_000);
    expect(await register()).toMatchObject({ outcome: "unchanged", bill });
    expect((await story()).bill).toEqual(bill);
  });

  it("fills in what is left out: today, and the biller's language and zone", async () => {
    const { ports } = await billWorld({ start: kolkata("2026-11-16 00:10") });
    const { issuedOn: _today, ...rest } = aBillInput({ customer: { id: "1", addresses: { sms: "+919830012345" } } });
    const { bill } = await registerBill(ports, { ...named, bill: rest });
    expect(bill).toMatchObject({ issuedOn: "2026-11-16", customer: { language: "en", timeZone: "Asia/Kolkata" } });
    ports.clock.advance(3 * 86_400_000);
    expect(await registerBill(ports, { ...named, bill: rest })).toMatchObject({ outcome: "unchanged" });
  });

  it("keeps line items and metadata beside the bill, and sees when only they change", async () => {
    const { register, story } = await billWorld();
    const items = [{ name: "Energy 182 kWh", amount: rupees(1_200) }];
    expect(await register({ items })).toMatchObject({ outcome: "registered", detail: { items } });
    expect((await story()).detail).toEqual({ items });
    expect(await register({ items, metadata: { meter: "77812" } })).toMatchObject({ outcome: "amended" });
    expect((await story()).detail).toEqual({ items, metadata: { meter: "77812" } });
    const clickPayUrl = "https://bbps.io/pay/Ab12Cd34";
    expect(await register({ clickPayUrl })).toMatchObject({ outcome: "amended", detail: { clickPayUrl } });
    expect((await story()).detail).toEqual({ clickPayUrl });
    expect(await register()).toMatchObject({ outcome: "amended" });
    expect((await story()).detail).toBeUndefined();
  });

  it("refuses a bill of a category for whose rules the biller's window leaves no time, by its field", async () => {
    const { register, story } = await billWorld({ biller: aBiller({ window: { start: "19:30", end: "21:00" } }) });
    await expect(register({ category: "loan" })).rejects.toMatchObject({
      code: "invalid-input",
      fields: [
        {
          path: "category",
          message:
            "has rules that leave no time to remind: the biller's window has too little in common with 08:00-19:00",
        },
      ],
    });
    expect((await story()).bill).toBeUndefined();
    expect(await register({ category: "electricity" })).toMatchObject({ outcome: "registered" });
  });

  it("refuses an unknown biller", async () => {
    const { ports } = await billWorld();
    const bill = { biller: "nobody" as BillerId, billId: named.billId, bill: aBillInput() };
    await expect(registerBill(ports, bill)).rejects.toMatchObject({ code: "not-found" });
  });

  it("refuses a canceled bill, and a bill whose cancel came first", async () => {
    const { register, ports } = await billWorld();
    await register();
    await cancelBill(ports, named);
    await expect(register()).rejects.toMatchObject({ code: "conflict" });
    const early = await billWorld();
    await cancelBill(early.ports, { ...named, reason: "issued in error" });
    await expect(early.register()).rejects.toMatchObject({ code: "conflict" });
    expect((await early.story()).tombstone).toMatchObject({ canceled: { reason: "issued in error" } });
  });

  it("finds a bill that was registered under an older link key", async () => {
    const { ports, register } = await billWorld({ linkKeys: ["1"] });
    await register();
    const linkCodes = { candidates: async () => ["2", "1"].map((key) => plainCode(named.biller, named.billId, key)) };
    const again = await registerBill({ ...ports, linkCodes }, { ...named, bill: aBillInput() });
    expect(again).toMatchObject({ outcome: "unchanged", bill: { code: plainCode(named.biller, named.billId, "1") } });
  });

  it("never takes the place of another bill that has the same link code", async () => {
    const { ports, register, story, code } = await billWorld();
    await register();
    const before = await story();
    const linkCodes = { candidates: async () => [code] };
    const other = { biller: named.biller, billId: "EP-other" as BillId, bill: aBillInput() };
    await expect(registerBill({ ...ports, linkCodes }, other)).rejects.toThrow("the same link code");
    expect(await story()).toEqual(before);
  });

  it("is written once when it is registered several times at once", async () => {
    const { register, story } = await billWorld();
    const outcomes = await Promise.all([register(), register(), register()]);
    expect(outcomes.map(({ outcome }) => outcome).toSorted()).toEqual(["registered", "unchanged", "unchanged"]);
    expect((await story()).bill?.version).toBe(1);
  });

  it("tells a caller to come again when others keep writing the bill", async () => {
    const { register, ports } = await billWorld();
    ports.bills.save = async () => false;
    await expect(register()).rejects.toMatchObject({ code: "conflict" });
  });
});

describe("an amended bill", () => {
  it("with another due date has its remaining reminders planned again", async () => {
    const { register, sendNext, ports, story } = await billWorld({ start: kolkata("2026-11-15 09:30") });
    await register();
    ports.clock.set(kolkata("2026-11-15 09:40"));
    const { outcome, bill } = await register({ dueDate: "2026-12-10", issuedOn: "2026-11-20" });
    expect(outcome).toBe("amended");
    expect(bill.amendedAt).toBe(kolkata("2026-11-15 09:40"));
    expect(bill.progress.cursor).toMatchObject({ step: "issued", at: kolkata("2026-11-20 10:00") });
    for (let n = 0; n < 3; n++) await sendNext();
    expect((await story()).bill?.progress.cursor).toMatchObject({ step: "due-soon", at: kolkata("2026-12-07 10:00") });
  });

  it("does not hear of a step that already ended again", async () => {
    const { register, sendNext, sent, ports } = await billWorld({ start: kolkata("2026-11-15 09:30") });
    await register();
    for (let n = 0; n < 3; n++) await sendNext();
    ports.clock.set(kolkata("2026-11-20 12:00"));
    const { bill } = await register({ issuedOn: "2026-11-21" });
    expect(bill.progress.cursor).toMatchObject({ step: "due-soon" });
    expect(sent()).toEqual(["whatsapp issued", "sms issued", "email issued"]);
  });

  it("goes on with a step that has begun where it stands", async () => {
    const { register, sendNext, sent } = await billWorld({ start: kolkata("2026-11-15 09:30") });
    await register();
    await sendNext();
    const { bill } = await register({ amountDue: rupees(999) });
    expect(bill.progress.cursor).toMatchObject({ step: "issued", hop: 1, at: kolkata("2026-11-15 10:31") });
    await sendNext();
    expect(sent()).toEqual(["whatsapp issued", "sms issued"]);
  });

  it("says the new amount in what is sent from then on", async () => {
    const { register, sendNext, calls } = await billWorld({ start: kolkata("2026-11-15 09:30") });
    await register();
    await register({ amountDue: rupees(999) });
    await sendNext();
    expect(calls[0]?.wording).toMatchObject({ parameters: expect.arrayContaining(["₹999.00"]) });
  });

  it("is part-paid and reminded again when it was paid and its amount grew, without repeating what was sent", async () => {
    const { register, sendNext, pay, sent, story } = await billWorld({ start: kolkata("2026-11-15 09:30") });
    await register();
    await sendNext();
    await pay({ paidAt: "2026-11-15T05:00:00Z" });
    const { outcome, bill } = await register({ amountDue: rupees(2_000) });
    expect(outcome).toBe("amended");
    expect(bill.progress.cursor?.step).not.toBe("close");
    for (let n = 0; n < 30 && (await story()).bill?.progress.cursor; n++) await sendNext();
    expect(sent()).toContain("sms overdue-2");
    expect(new Set(sent()).size).toBe(sent().length);
  });

  it("keeps its currency once something was paid", async () => {
    const { register, pay } = await billWorld();
    await register();
    await register({ amountDue: { value: 1_000, currency: "USD" } });
    await register();
    await pay({ amount: rupees(100) });
    await expect(register({ amountDue: { value: 1_000, currency: "USD" } })).rejects.toMatchObject({
      code: "conflict",
    });
  });
});

describe("registrations that say when they were true", () => {
  const asOf = (hour: number) => `2026-11-15T0${hour}:00:00Z`;

  it("are ignored when an older one comes late", async () => {
    const { register, story } = await billWorld();
    await register({ asOf: asOf(5), amountDue: rupees(500) });
    expect(await register({ asOf: asOf(4), amountDue: rupees(400) })).toMatchObject({ outcome: "unchanged" });
    expect((await story()).bill?.amountDue.value).toBe(50_000);
    expect(await register({ asOf: asOf(6), amountDue: rupees(600) })).toMatchObject({ outcome: "amended" });
  });

  it("are ordered by a repetition too: what it confirms is not undone by something older", async () => {
    const { register, story } = await billWorld();
    await register({ asOf: asOf(4) });
    expect(await register({ asOf: asOf(6) })).toMatchObject({ outcome: "unchanged" });
    expect(await register({ asOf: asOf(5), amountDue: rupees(500) })).toMatchObject({ outcome: "unchanged" });
    expect((await story()).bill?.amountDue.value).toBe(124_900);
  });

  it("end the same whatever the order in which they come", async () => {
    const orders = [
      [4, 5, 6],
      [6, 5, 4],
      [5, 6, 4],
      [4, 6, 5],
      [6, 4, 5],
      [5, 4, 6],
    ];
    for (const order of orders) {
      const { register, story } = await billWorld();
      for (const hour of order) await register({ asOf: asOf(hour), amountDue: rupees(hour * 100) });
      expect((await story()).bill?.amountDue.value).toBe(60_000);
    }
  });
});

describe("a payment before its bill", () => {
  it("is counted when the bill is registered, and is not among the unmatched any more", async () => {
    const { register, pay, ports, told } = await billWorld();
    expect(await pay()).toMatchObject({ outcome: "unmatched" });
    expect(ports.payments.unmatched).toHaveLength(1);
    const { bill } = await register();
    expect(bill.payments).toMatchObject({ "standard:pay_0001": { amount: 124_900 } });
    expect(bill.progress.cursor).toBeUndefined();
    expect(ports.payments.unmatched).toEqual([]);
    expect(ports.events.published.map(({ type }) => type)).toEqual(["payment.unmatched", "bill.paid"]);
    expect(await told()).toEqual([]);
  });

  it("is counted by a repetition where the first registration broke off before it", async () => {
    const { register, pay, ports, control, story } = await billWorld();
    await pay();
    control.beforeCall = (port, method) => {
      if (`${port}.${method}` === "bills.get") throw providerError("the table is away");
    };
    await expect(register()).rejects.toThrow("the table is away");
    control.beforeCall = undefined;
    expect(await register()).toMatchObject({ outcome: "unchanged" });
    expect((await story()).bill?.payments).toHaveProperty("standard:pay_0001");
    expect(ports.payments.unmatched).toEqual([]);
  });

  it("gets its receipt by the sweep, since registering queues nothing", async () => {
    const { register, pay, sendNext, sent, ports } = await billWorld();
    await pay();
    await register();
    expect(ports.dueQueues.sent).toEqual([]);
    await sendNext("pay_0001");
    expect(sent()).toEqual(["whatsapp receipt"]);
  });

  it("is counted once, whichever of the two sees the other first", async () => {
    const { register, pay, story, ports } = await billWorld();
    await Promise.all([pay(), register()]);
    expect((await story()).bill?.payments).toMatchObject({ "standard:pay_0001": { amount: 124_900, refunded: 0 } });
    expect((await story()).payments).toMatchObject([{ outcome: "full" }]);
    expect(ports.payments.unmatched).toEqual([]);
  });
});
