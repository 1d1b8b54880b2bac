import { readFileSync } from "node:fs";
import { EmailAddressText } from "../functions/domain/addresses.ts";
import type { BillInput } from "../functions/domain/bill-input.ts";
import { rowReader } from "../functions/domain/bill-row.ts";
import { type Biller, BillerSettings } from "../functions/domain/biller.ts";
import { type BillerId, BillId, type Channel, CustomerId } from "../functions/domain/ids.ts";

const read = (name: string): string => readFileSync(new URL(`../examples/${name}`, import.meta.url), "utf8");

/** The example biller, with these channels as the hops of every step. */
export function exampleBiller(...channels: readonly Channel[]): Biller {
  const settings = BillerSettings.parse(JSON.parse(read("biller.json")));
  const hops = channels.map((channel) => ({ channel, wait: "PT30M", success: "delivered" as const }));
  const cadence = settings.cadence.map(({ hops: _own, ...step }) => step);
  return { ...settings, id: "example-power" as BillerId, ...(hops.length > 0 ? { hops, cadence } : {}) };
}

/** A bill as its biller hands it over. */
export type GivenBill = { readonly billId: BillId; readonly bill: BillInput };

/** The bills of `examples/bills.csv`. */
export function exampleBills(): readonly GivenBill[] {
  const [header = "", ...lines] = read("bills.csv").split("\n");
  const toBill = rowReader("csv", header.split(","));
  return lines.flatMap((text, n) => {
    const row = text === "" ? undefined : toBill({ text, line: n + 2 });
    return row?.outcome === "read" ? [{ billId: row.billId, bill: row.bill }] : [];
  });
}

/** The fullest example bill: a Bengali customer with all three addresses, an early, a late and a least amount, and a last day. */
export function fullestBill(): GivenBill {
  const full = exampleBills().find(({ bill: { customer, early, late, minimum, expiresOn } }) => {
    const every = Object.keys(customer.addresses).length === 3 && early && late && minimum && expiresOn;
    return every && customer.language === "bn";
  });
  if (!full) throw new Error("examples/bills.csv has no bill with everything a bill can have");
  return full;
}

/** The same with every text as long as it may be, in a script of three bytes a letter: far beyond what bills are. */
export function longestBill(): GivenBill {
  const { bill, billId } = fullestBill();
  const long = (letters: number): string => "বিদ্যুৎ".repeat(letters).slice(0, letters);
  const texts = { name: long(80), id: CustomerId.parse("c".repeat(64)) };
  const email = EmailAddressText.parse(`${"a".repeat(64)}@${"b".repeat(60)}.example.org`);
  const customer = { ...bill.customer, ...texts, addresses: { ...bill.customer.addresses, email } };
  return {
    billId: BillId.parse(billId.padEnd(64, "-")),
    bill: { ...bill, title: long(80), category: "c".repeat(32), customer },
  };
}
