import { expect, it } from "vitest";
import type { BillerId } from "../../../functions/domain/ids.ts";
import type { ReceiptNumberStore } from "../../../functions/money-ports.ts";

const biller = "example-power" as BillerId;
const first = { year: 2026, n: 1 };
const whose = { code: "1UaqLjhhLk8qd", key: "razorpay:pay_0001" };

/** Promises about what became of receipt numbers. */
export function receiptNumberStoreContract(open: () => Promise<ReceiptNumberStore>): void {
  it("knows nothing of a number that nobody told of", async () => {
    const numbers = await open();
    expect(await numbers.get(biller, first)).toBeUndefined();
  });

  it("keeps whose a number is, and that one is nobody's", async () => {
    const numbers = await open();
    expect(await numbers.add(biller, { ...first, ...whose })).toEqual({ ...first, ...whose });
    expect(await numbers.add(biller, { year: 2026, n: 2, void: "left-unused" })).toMatchObject({ n: 2 });
    expect(await numbers.get(biller, first)).toEqual({ ...first, ...whose });
    expect(await numbers.get(biller, { year: 2026, n: 2 })).toEqual({ year: 2026, n: 2, void: "left-unused" });
  });

  it("keeps the first that is told of a number, and answers it to who comes later", async () => {
    const numbers = await open();
    await numbers.add(biller, { ...first, ...whose });
    expect(await numbers.add(biller, { ...first, void: "left-unused" })).toEqual({ ...first, ...whose });
    expect(await numbers.add(biller, { ...first, ...whose, key: "razorpay:pay_0002" })).toMatchObject(whose);
    expect(await numbers.get(biller, first)).toEqual({ ...first, ...whose });
  });

  it("answers all who come at once with the same record", async () => {
    const numbers = await open();
    const told = [1, 2, 3].map((n) => numbers.add(biller, { ...first, ...whose, key: `bus:${n}` }));
    expect(new Set((await Promise.all(told)).map((record) => JSON.stringify(record))).size).toBe(1);
  });

  it("counts each year and each biller alone", async () => {
    const numbers = await open();
    await numbers.add(biller, { ...first, ...whose });
    expect(await numbers.get(biller, { year: 2027, n: 1 })).toBeUndefined();
    expect(await numbers.get("other-power" as BillerId, first)).toBeUndefined();
  });
}
