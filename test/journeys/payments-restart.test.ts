import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { openPayingTown } from "./paying-town.ts";

const dataDir = mkdtempSync(join(tmpdir(), "duebell-payments-"));
afterAll(() => rmSync(dataDir, { recursive: true }));

const start = "2026-11-16T03:00:00Z";
const offer = { title: "₹35 back", kind: "cashback", amount: { value: 3_500, currency: "INR" }, perCustomer: 1 };
const customer = { id: "regular", addresses: { email: "regular@example.org" } };

describe("money through a restart", () => {
  it("is counted once, numbered on and granted no second time; what was not told before is found after", async () => {
    const before = await openPayingTown(start, dataDir);
    await before.api("PUT", "/v1/billers/power/offers/welcome", offer);
    const first = await before.bill("first", {}, { customer });
    await before.pay({ code: first.code, via: "razorpay" });
    await before.api("POST", "/sandbox/gateways/stripe", { mode: "lose-webhooks" });
    const second = await before.bill("second", {}, { customer });
    await before.pay({ code: second.code, via: "stripe" });
    await before.bill("third", {}, { customer });
    expect(await before.story("second")).toMatchObject({ status: "open" });
    await before.stop();

    const after = await openPayingTown(start, dataDir);
    await after.wait({ days: 1, hours: 1 });
    expect(await after.story("second")).toMatchObject({ status: "paid", paid: { value: 124_900 } });
    const third = (await after.api("GET", "/v1/billers/power/bills/third")).body.paymentLink.split("/").at(-1);
    await after.pay({ code: third, via: "bbps" });
    const stories = await Promise.all(["first", "second", "third"].map(after.story));
    const entries = (kind: string) => stories.map(({ timeline }) => timeline.filter((entry) => entry.kind === kind));
    expect(entries("payment")).toMatchObject([
      [{ outcome: "full", receipt: "2026-000001" }],
      [{ outcome: "full", receipt: "2026-000002" }],
      [{ outcome: "full", receipt: "2026-000003" }],
    ]);
    expect(entries("award")).toMatchObject([[{ state: "granted" }], [{ state: "denied" }], [{ state: "denied" }]]);
    expect(after.laptop.calls().filter(({ allowed }) => !allowed)).toEqual([]);
    expect(await after.laptop.queued()).toEqual([]);
    await after.stop();
  });
});
