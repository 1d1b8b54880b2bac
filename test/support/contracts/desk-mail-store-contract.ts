import { expect, it } from "vitest";
import type { BillerId } from "../../../functions/domain/ids.ts";
import type { DeskMailStore } from "../../../functions/money-ports.ts";

const biller = "example-power" as BillerId;
const event = "payment.duplicate/example-power/razorpay:pay_0002";

/** Promises about of which events a desk was written to. */
export function deskMailStoreContract(open: () => Promise<DeskMailStore>): void {
  it("knows an event from when it is kept, however often it is", async () => {
    const mails = await open();
    expect(await mails.has(biller, event)).toBe(false);
    await mails.keep(biller, event);
    await mails.keep(biller, event);
    expect(await mails.has(biller, event)).toBe(true);
  });

  it("takes no other event or biller for it", async () => {
    const mails = await open();
    await mails.keep(biller, event);
    expect(await mails.has(biller, `${event}3`)).toBe(false);
    expect(await mails.has("other-power" as BillerId, event)).toBe(false);
  });
}
