import { describe, expect, it } from "vitest";
import type { Bill } from "../../../functions/domain/bill.ts";
import type { LocalDate } from "../../../functions/domain/local-time.ts";
import type { NotificationKey } from "../../../functions/domain/notification.ts";
import { aBill, aFullBill, aPayment, aTombstone } from "../builders.ts";
import { type OpenStores, plainly, type Stores } from "./stores.ts";

const { code } = aBill();

/** Promises about reading and writing one bill. */
export function billStoreContract(open: OpenStores): void {
  describe("a bill", () => {
    it("is unknown until it is saved", async () => {
      const { bills } = await open();
      expect(await bills.get(code)).toBeUndefined();
      expect(await bills.getDetail(code, "one")).toBeUndefined();
      expect(await bills.story(code)).toEqual({ payments: [], notifications: [], opens: [] });
    });

    it.each([
      ["with everything it can hold", aFullBill()],
      ["with nothing that is optional", aBill()],
      ["as the tombstone of a cancel with a reason", aTombstone({ canceled: { at: 1, reason: "moved out" } })],
      ["as the tombstone of a cancel without one", aTombstone()],
    ])("comes back %s", async (_, bill) => {
      const { bills } = await open();
      expect(await bills.save(bill, 0)).toBe(true);
      expect(plainly(await bills.get(bill.code))).toEqual(plainly(bill));
      expect(plainly(await bills.get(bill.code, { consistent: true }))).toEqual(plainly(bill));
    });

    it("is not what a reader makes of the answer", async () => {
      const { bills } = await open();
      await bills.save(aBill(), 0);
      const answer = (await bills.get(code)) as unknown as { title: string; progress: { done: string[] } };
      answer.title = "Scribble";
      answer.progress.done.push("issued");
      expect(plainly(await bills.get(code))).toEqual(plainly(aBill()));
    });

    it("has its details saved beside it, each under its own digest", async () => {
      const { bills } = await open();
      await bills.saveDetail(code, "one", { clickPayUrl: "https://bbps.io/1", metadata: { meter: "77812" } });
      await bills.saveDetail(code, "two", { metadata: { meter: "77813" } });
      expect(await bills.getDetail(code, "one")).toEqual({
        clickPayUrl: "https://bbps.io/1",
        metadata: { meter: "77812" },
      });
      expect(await bills.getDetail(code, "two")).toEqual({ metadata: { meter: "77813" } });
    });
  });
  describe("saving a bill over what was read", () => writingContract(open));
  describe("the story of a bill", () => storyContract(open));
}

const amended = (bill: Bill, version: number): Bill => ({ ...bill, version, title: `Version ${version}` });

function writingContract(open: OpenStores): void {
  it("succeeds when nothing was there and nothing is", async () => {
    const { bills } = await open();
    expect(await bills.save(aBill(), 0)).toBe(true);
  });

  it("is refused when nothing was there and now something is", async () => {
    const { bills } = await open();
    await bills.save(aBill(), 0);
    expect(await bills.save(amended(aBill(), 1), 0)).toBe(false);
    expect(await bills.get(code)).toMatchObject({ title: aBill().title });
  });

  it("is refused when something was there and nothing is", async () => {
    const { bills } = await open();
    expect(await bills.save(aBill({ version: 2 }), 1)).toBe(false);
    expect(await bills.get(code)).toBeUndefined();
  });

  it("succeeds over the version that is stored, and only over that", async () => {
    const { bills } = await open();
    await bills.save(aBill(), 0);
    expect(await bills.save(amended(aBill(), 2), 1)).toBe(true);
    expect(await bills.save(amended(aBill(), 2), 1)).toBe(false);
    expect(await bills.save(amended(aBill(), 4), 3)).toBe(false);
    expect(await bills.get(code)).toMatchObject({ version: 2, title: "Version 2" });
  });

  it("lets exactly one of several writers win who read the same version", async () => {
    const { bills } = await open();
    await bills.save(aBill(), 0);
    const writers = ["a", "b", "c", "d", "e"].map((title) => bills.save(aBill({ title, version: 2 }), 1));
    expect((await Promise.all(writers)).filter(Boolean)).toHaveLength(1);
  });

  it("replaces the tombstone of its cancel", async () => {
    const { bills } = await open();
    await bills.save(aTombstone(), 0);
    expect(await bills.save(aBill({ version: 2 }), 1)).toBe(true);
    expect(plainly(await bills.get(code))).toEqual(plainly(aBill({ version: 2 })));
  });

  it.each([
    ["by another bill of the biller", { billId: "EP-2026-11-99999" }, 0],
    ["by another bill in the right version", { billId: "EP-2026-11-99999" }, 1],
    ["by a bill of another biller", { biller: "other-power" }, 1],
  ])("is an error that names no code when the code is taken %s", async (_, identity, readVersion) => {
    const { bills } = await open();
    await bills.save(aBill(), 0);
    const refused = await bills
      .save(aBill({ ...identity, code, version: readVersion + 1 }), readVersion)
      .catch((e) => e);
    expect(refused).toMatchObject({ name: "DuebellError", code: "conflict", retryable: false });
    expect(String(refused)).not.toContain(code);
    expect(plainly(await bills.get(code))).toEqual(plainly(aBill()));
  });
}

async function tell({ bills, payments, notifications, opens }: Stores): Promise<void> {
  const key: NotificationKey = { code, step: "issued", hop: 0 };
  await bills.save(aBill({ detailDigest: "told" }), 0);
  await bills.saveDetail(code, "told", { metadata: { meter: "77812" } });
  await bills.saveDetail(code, "older", { metadata: { meter: "1" } });
  await payments.add(aPayment());
  await payments.add(aPayment({ paymentId: "pay_0002" }));
  await notifications.record(key, { channel: "whatsapp", acceptedAt: 1 });
  await notifications.record({ ...key, hop: 1 }, { channel: "sms", acceptedAt: 2 });
  const { biller, billId } = aBill();
  const date = "2026-11-20" as LocalDate;
  await opens.count([{ biller, billId, code, date, by: "human", mark: "sAb", at: 5, id: "line-1" }]);
}

function storyContract(open: OpenStores): void {
  it.each([{}, { consistent: true }])(
    "holds everything about the bill in one answer, read with %j",
    async (options) => {
      const stores = await open();
      await tell(stores);
      const story = await stores.bills.story(code, options);
      expect(plainly(story)).toEqual(
        plainly({
          bill: aBill({ detailDigest: "told" }),
          detail: { metadata: { meter: "77812" } },
          payments: [aPayment(), aPayment({ paymentId: "pay_0002" })],
          notifications: [
            { code, step: "issued", hop: 0, channel: "whatsapp", acceptedAt: 1 },
            { code, step: "issued", hop: 1, channel: "sms", acceptedAt: 2 },
          ],
          opens: [{ date: "2026-11-20", first: 5, last: 5, humans: 1, bots: 0, marks: { sAb: 1 } }],
        }),
      );
    },
  );

  it("shows a tombstone as such, with the payments that came all the same", async () => {
    const { bills, payments } = await open();
    await bills.save(aTombstone(), 0);
    await payments.add(aPayment());
    expect(await bills.story(code)).toEqual({
      tombstone: aTombstone(),
      payments: [aPayment()],
      notifications: [],
      opens: [],
    });
  });

  it("holds nothing of another bill", async () => {
    const stores = await open();
    await tell(stores);
    const other = aBill({ billId: "EP-2026-11-10024" });
    expect(await stores.bills.story(other.code)).toEqual({ payments: [], notifications: [], opens: [] });
  });
}
