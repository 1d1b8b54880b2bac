import type { Bill, BillDetail } from "./bill.ts";
import { paidTotal, statusOf } from "./bill.ts";
import type { Biller } from "./biller.ts";
import { type Moment, toIso } from "./local-time.ts";
import type { Stop } from "./progress.ts";
import { nextReminder } from "./reminder.ts";

/** The bill as the API answers it: as it was registered, with its link, status and what comes next. Addresses are the biller's own and shown in full. */
export function billView(
  bill: Bill,
  biller: Biller,
  about: { readonly now: Moment; readonly linkBaseUrl: string; readonly detail?: BillDetail | undefined },
) {
  const {
    customer,
    title,
    category,
    amountDue,
    exactness,
    minimum,
    early,
    late,
    issuedOn,
    dueDate,
    expiresOn,
    asOf,
    billId,
    code,
  } = bill;
  const stop = nextReminder(bill, biller, about.now);
  const addresses = Object.fromEntries(
    Object.entries(customer.addresses).map(([channel, address]) => [channel, address?.reveal()]),
  );
  return {
    billId,
    biller: bill.biller,
    customer: { ...customer, addresses },
    title,
    category,
    amountDue,
    exactness,
    minimum,
    early,
    late,
    issuedOn,
    dueDate,
    expiresOn,
    asOf: asOf === undefined ? undefined : toIso(asOf),
    items: about.detail?.items,
    clickPayUrl: about.detail?.clickPayUrl,
    metadata: about.detail?.metadata,
    paymentLink: `${about.linkBaseUrl}/${biller.header}/${code}`,
    status: statusOf(bill, about.now),
    paid: { value: paidTotal(bill), currency: amountDue.currency },
    pausedUntil: bill.pausedUntil !== undefined && bill.pausedUntil > about.now ? toIso(bill.pausedUntil) : undefined,
    next: stop ? nextOf(bill, stop) : null,
  };
}

/** The next stop as the API shows it; `held`: the cap it waits for. */
function nextOf({ progress: { cursor } }: Bill, { step, hop, channel, at }: Stop) {
  const held = cursor?.step === step && cursor.hop === hop ? cursor.held : undefined;
  return { step, hop, channel, at: toIso(at), ...(held && { held }) };
}
