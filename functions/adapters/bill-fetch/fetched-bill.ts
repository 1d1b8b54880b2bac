import * as z from "zod/mini";
import type { Bill } from "../../domain/bill.ts";
import type { FetchedBill } from "../../domain/live-bill.ts";
import { LocalDate, localOf } from "../../domain/local-time.ts";
import { Money } from "../../domain/money.ts";
import { visibleText } from "../../domain/visible-text.ts";
import { jsonIn } from "../json-in.ts";

type Failed = { readonly outcome: "failed"; readonly reason: string };

const failed = (reason: string): Failed => ({ outcome: "failed", reason });

const Total = z.object({
  amount: z.object({ value: z.int(), currencyCode: z._default(z.nullable(z.string()), "") }),
});

const FetchedOne = z.object({
  billerBillID: z.union([z.string(), z.int()]),
  dueDate: z.optional(z.nullable(z.string())),
  amountExactness: z.optional(z.unknown()),
  aggregates: z.object({ total: Total }),
  items: z.optional(z.nullable(z.array(z.unknown()).check(z.maxLength(50)))),
});
type FetchedOne = z.output<typeof FetchedOne>;

const Fetched = z.object({
  success: z.literal(true),
  data: z.object({
    billDetails: z.object({
      billFetchStatus: z.enum(["AVAILABLE", "NO_OUTSTANDING"]),
      bills: z.optional(z.nullable(z.array(z.unknown()).check(z.maxLength(200)))),
    }),
  }),
});

const Named = z.object({ billerBillID: z.union([z.string(), z.int()]) });

const Refused = z.object({ error: z.object({ code: z.literal("customer-not-found") }) });

/**
 * What a biller's system answered about a bill, in the form of Bharat BillPay's biller side (Setu). What has another form is a failure
 * with a reason code, and so is a customer it does not know: only what it says itself makes a bill nothing-due.
 */
export function readFetched(
  { status, body }: { readonly status: number; readonly body: string },
  bill: Pick<Bill, "billId" | "amountDue" | "zone">,
): FetchedBill | Failed {
  const json = jsonIn(body);
  if (status === 400 && Refused.safeParse(json).success) return failed("customer-not-found");
  if (status >= 500) return failed("server-error");
  if (status !== 200) return failed("refused");
  const answer = Fetched.safeParse(json);
  if (!answer.success) return failed("malformed");
  const { billFetchStatus, bills } = answer.data.data.billDetails;
  const isNone = billFetchStatus === "NO_OUTSTANDING";
  if (!bills && !isNone) return failed("malformed");
  const ours = (bills ?? []).filter((one) => isNamed(one, bill.billId));
  if (ours.length === 0) return { outcome: "nothing-due" };
  // Two of ours, or one that is not outstanding: it cannot be known what is meant.
  if (isNone || ours.length > 1) return failed("contradiction");
  const one = FetchedOne.safeParse(ours[0]);
  return one.success ? dueOf(one.data, bill) : failed("malformed");
}

function isNamed(one: unknown, billId: string): boolean {
  const named = Named.safeParse(one);
  return named.success && String(named.data.billerBillID) === billId;
}

function dueOf(one: FetchedOne, bill: Pick<Bill, "amountDue" | "zone">): FetchedBill | Failed {
  const { amount } = one.aggregates.total;
  const { currency } = bill.amountDue;
  if ((amount.currencyCode || currency) !== currency) return failed("wrong-currency");
  const amountDue = Money.safeParse({ value: amount.value, currency });
  if (!amountDue.success) return failed("malformed");
  if (amountDue.data.value === 0) return { outcome: "nothing-due" };
  const dueDate = one.dueDate ? dateIn(one.dueDate, bill) : undefined;
  if (dueDate === "malformed") return failed("malformed");
  const exactness = Exactness.safeParse(one.amountExactness).data;
  const items = itemsIn(one.items ?? [], currency);
  return {
    outcome: "due",
    amountDue: amountDue.data,
    ...(dueDate && { dueDate }),
    ...(exactness && { exactness }),
    ...(items && { items }),
  };
}

const Exactness = z.enum(["EXACT", "EXACT_DOWN", "EXACT_UP", "ANY"]);

const dateOnly = /^(\d{4}-\d{2}-\d{2})(?:T00:00(?::00(?:\.0+)?)?Z?)?$/;
const anyTime = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})$/;

/** A day as it is written; a moment is the day it lies in for the biller. A day is often sent as its midnight in UTC. */
function dateIn(text: string, { zone }: Pick<Bill, "zone">): LocalDate | "malformed" {
  const [, day] = dateOnly.exec(text) ?? [];
  const at = anyTime.test(text) ? Date.parse(text) : Number.NaN;
  const date = day ?? (Number.isNaN(at) ? undefined : localOf(at, zone).date);
  return LocalDate.safeParse(date).data ?? "malformed";
}

const FetchedItem = z.object({
  displayName: z.optional(z.unknown()),
  name: z.optional(z.unknown()),
  amount: z.optional(z.unknown()),
  total: z.optional(z.unknown()),
  aggregates: z.optional(z.unknown()),
});

const longestName = 60;

type Items = Extract<FetchedBill, { outcome: "due" }>["items"];

/** The items, where each has a name and an amount in the bill's currency; else none are taken, and the stored ones stay. */
function itemsIn(items: readonly unknown[], currency: string): Items {
  const read = items.flatMap((item) => {
    const one = FetchedItem.safeParse(item).data;
    const name = [one?.displayName, one?.name].find((text) => typeof text === "string" && visibleText(text) !== "");
    const amount = amountIn(one?.amount) ?? amountIn(one?.total) ?? amountIn(one?.aggregates);
    const money = Money.safeParse({ value: amount?.value, currency: amount?.currencyCode || currency }).data;
    if (typeof name !== "string" || money?.currency !== currency) return [];
    return [{ name: visibleText([...visibleText(name)].slice(0, longestName).join("")), amount: money }];
  });
  return read.length === items.length && read.length > 0 ? read : undefined;
}

const Amount = z.object({ value: z.int(), currencyCode: z._default(z.nullable(z.string()), "") });

/** An amount where billers put it: itself, in `amount`, or in `total.amount`. */
function amountIn(value: unknown): z.output<typeof Amount> | undefined {
  const here = Amount.safeParse(value).data;
  if (here || typeof value !== "object" || value === null) return here;
  const [amount, total] = [Reflect.get(value, "amount"), Reflect.get(value, "total")] as unknown[];
  const inner = amount ?? (typeof total === "object" && total !== null ? Reflect.get(total, "amount") : undefined);
  return Amount.safeParse(inner).data;
}
