import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Bill } from "../../../functions/domain/bill.ts";
import { type Lane, laneOf } from "../../../functions/domain/link-code.ts";
import type { Payment } from "../../../functions/domain/payment.ts";
import { cursorAt, minuteText } from "../../../functions/domain/progress.ts";
import type { DueEntry, DueIndex } from "../../../functions/ports.ts";
import { aBill, aPayment } from "../builders.ts";
import { issueMorning } from "../memory-clock.ts";
import { contractLanes, type OpenStores, type Stores } from "./stores.ts";

const minute = 60_000;
const always = { after: "", before: "2999-01-01T00:00" };
const lanes: readonly Lane[] = Array.from({ length: contractLanes }, (_, n) => String(n));

/** A bill that waits for its first reminder `minutes` after it was issued. */
function billDue(billId: string, minutes: number, version = 1): Bill {
  const at = issueMorning + minutes * minute;
  const bill = aBill({ billId, version });
  const cursor = cursorAt({ step: "issued", hop: 0, channel: "whatsapp", at }, bill.biller, issueMorning - minute);
  return { ...bill, progress: { done: [], cursor } };
}

const withoutCursor = (bill: Bill, version: number): Bill => ({ ...bill, version, progress: { done: ["issued"] } });

const entryOf = ({ code, progress }: Bill): DueEntry => ({
  pk: `BILL#${code}`,
  sk: "BILL",
  due: progress.cursor?.due ?? "",
});

const findAll = async (dueIndex: DueIndex, range = always): Promise<DueEntry[]> =>
  (await Promise.all(lanes.map((lane) => dueIndex.find(lane, { ...range, limit: 1_000 })))).flat();

/** Bills of one lane, due in the minutes given. */
function inOneLane(minutes: readonly number[]): { readonly lane: Lane; readonly bills: readonly Bill[] } {
  const lane = "0";
  const bills: Bill[] = [];
  for (let n = 0; bills.length < minutes.length; n++) {
    const bill = billDue(`B-${n}`, minutes[bills.length] ?? 0);
    if (laneOf(bill.code, contractLanes) === lane) bills.push(bill);
  }
  return { lane, bills };
}

/** Promises about what is due. */
export function dueIndexContract(open: OpenStores): void {
  describe("the due index", () => {
    it("is empty at first", async () => {
      const { dueIndex } = await open();
      expect(await findAll(dueIndex)).toEqual([]);
    });

    it("holds a bill with a cursor, in the lane of its code and no other", async () => {
      const { bills, dueIndex } = await open();
      const bill = billDue("B-1", 0);
      await bills.save(bill, 0);
      expect(await dueIndex.find(laneOf(bill.code, contractLanes), { ...always, limit: 10 })).toEqual([entryOf(bill)]);
      expect(await findAll(dueIndex)).toEqual([entryOf(bill)]);
    });

    it("holds a payment whose receipt has a cursor beside the bill", async () => {
      const { bills, payments, dueIndex } = await open();
      const cursor = cursorAt({ step: "receipt", hop: 0, channel: "sms", at: 1 }, aBill().biller, issueMorning);
      const payment: Payment = { ...aPayment(), progress: { done: [], cursor } };
      await bills.save(aBill(), 0);
      await payments.add(payment);
      const receipt = { pk: `BILL#${payment.code}`, sk: "PAY#standard:pay_0001", due: cursor.due };
      expect(await findAll(dueIndex)).toEqual([receipt, entryOf(aBill())]);
    });

    it("follows a cursor and lets go of an item that has none", async () => {
      const { bills, dueIndex } = await open();
      await bills.save(billDue("B-1", 0), 0);
      await bills.save(billDue("B-1", 7, 2), 1);
      expect(await findAll(dueIndex)).toEqual([entryOf(billDue("B-1", 7))]);
      await bills.save(withoutCursor(billDue("B-1", 7), 3), 2);
      expect(await findAll(dueIndex)).toEqual([]);
    });

    it("does not hold a payment that matches no bill", async () => {
      const { payments, dueIndex } = await open();
      const cursor = cursorAt({ step: "receipt", hop: 0, channel: "sms", at: 1 }, aBill().biller, issueMorning);
      await payments.keepUnmatched({ ...aPayment(), progress: { done: [], cursor } });
      expect(await findAll(dueIndex)).toEqual([]);
    });
  });
  describe("finding what is due", () => rangeContract(open));
  describe("paging through a lane", () => pagingContract(open));
}

async function saveAll({ bills }: Stores, all: readonly Bill[]): Promise<void> {
  await Promise.all(all.map((bill) => bills.save(bill, 0)));
}

const minuteAt = (minutes: number): string => minuteText(issueMorning + minutes * minute);

function rangeContract(open: OpenStores): void {
  it("goes from the minute given up to, not including, the minute given", async () => {
    const stores = await open();
    const { lane, bills } = inOneLane([0, 1, 2, 3]);
    await saveAll(stores, bills);
    const found = await stores.dueIndex.find(lane, { after: minuteAt(1), before: minuteAt(3), limit: 10 });
    expect(found).toEqual(bills.slice(1, 3).map(entryOf));
  });

  it("goes on after an entry, also one that has left the index", async () => {
    const stores = await open();
    const { lane, bills } = inOneLane([0, 1, 2]);
    const [first, second] = bills as [Bill, Bill];
    await saveAll(stores, bills);
    const range = { after: entryOf(second), before: minuteAt(9), limit: 10 };
    expect(await stores.dueIndex.find(lane, range)).toEqual(bills.slice(2).map(entryOf));
    await stores.bills.save(withoutCursor(second, 2), 1);
    expect(await stores.dueIndex.find(lane, range)).toEqual(bills.slice(2).map(entryOf));
    const onward = { ...range, after: entryOf(first) };
    expect(await stores.dueIndex.find(lane, onward)).toEqual(bills.slice(2).map(entryOf));
  });

  it("finds nothing in a range that ends where it begins, or before", async () => {
    const stores = await open();
    const { lane, bills } = inOneLane([0]);
    await saveAll(stores, bills);
    const starts = [
      minuteAt(1),
      minuteAt(2),
      ...bills.map(entryOf).map((entry) => ({ ...entry, due: `${minuteAt(5)}#b` })),
    ];
    for (const after of starts) {
      expect(await stores.dueIndex.find(lane, { after, before: minuteAt(1), limit: 10 })).toEqual([]);
    }
  });

  it("answers the first when there are more than asked for", async () => {
    const stores = await open();
    const { lane, bills } = inOneLane([3, 2, 1, 0]);
    await saveAll(stores, bills);
    const found = await stores.dueIndex.find(lane, { ...always, limit: 2 });
    expect(found).toEqual([bills[3] as Bill, bills[2] as Bill].map(entryOf));
  });
}

async function pages(dueIndex: DueIndex, lane: Lane, limit: number): Promise<readonly (readonly DueEntry[])[]> {
  const all: (readonly DueEntry[])[] = [];
  let after: string | DueEntry | undefined = minuteAt(0);
  while (after !== undefined) {
    const page: readonly DueEntry[] = await dueIndex.find(lane, { after, before: minuteAt(9), limit });
    all.push(page);
    after = page.at(-1);
  }
  return all;
}

function pagingContract(open: OpenStores): void {
  it("meets every entry once, in order, even where many share a due key", async () => {
    const crowded = fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 15 });
    const once = fc.asyncProperty(crowded, fc.integer({ min: 1, max: 6 }), async (minutes, limit) => {
      const stores = await open();
      const { lane, bills } = inOneLane(minutes);
      await saveAll(stores, bills);
      const read = await pages(stores.dueIndex, lane, limit);
      const met = read.flat().map(({ due, pk }) => `${due} ${pk}`);
      expect(read.every(({ length }) => length <= limit)).toBe(true);
      expect([...met].sort()).toEqual(
        bills
          .map(entryOf)
          .map(({ due, pk }) => `${due} ${pk}`)
          .sort(),
      );
      const dues = read.flat().map(({ due }) => due);
      expect(dues).toEqual([...dues].sort());
    });
    await fc.assert(once, { numRuns: 10 });
  });
}
