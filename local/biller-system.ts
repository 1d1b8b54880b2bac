import * as z from "zod";
import { amountAt, type Bill, isPayable, outstanding, statusOf } from "../functions/domain/bill.ts";
import { notFound } from "../functions/domain/errors.ts";
import { LocalDate } from "../functions/domain/local-time.ts";
import { type HttpAnswer, type HttpRequest, jsonAnswer, type MaybeAnswer } from "./aws/http-message.ts";
import type { Secrets } from "./aws/secrets.ts";
import { billerInbox, type ReceivedWebhook, webhookModes } from "./biller-inbox.ts";
import { checked, refuse } from "./sandbox-input.ts";
import type { StoredBills } from "./stored-bills.ts";
import { outboundPath } from "./synthesize.ts";

/** What the billers' systems stand on. */
export interface BillerSystemOptions {
  readonly bills: Pick<StoredBills, "all" | "metadataOf">;
  /** The billers' settings by id, as they were last put. */
  readonly settings: () => Readonly<Record<string, unknown>>;
  readonly secrets: Pick<Secrets, "ofBiller">;
  readonly now: () => number;
}

/** The billers' own systems, a double of our own: each says of its bills what is stored, unless it was told otherwise. */
export interface BillerSystem {
  /** Answers a call that leads to an address a biller gave; undefined for every other request. `hang` means no answer ever. */
  readonly ask: (request: HttpRequest) => Promise<MaybeAnswer> | undefined;
  /** Sets what a system says from now on, of one bill or of all; throws `invalid-input` naming the field, `not-found` for a biller without such a system. */
  readonly tell: (order: unknown) => Told;
  /** What was posted to the billers' webhooks, oldest first. */
  readonly webhooks: (about: { readonly biller?: string; readonly type?: string }) => readonly ReceivedWebhook[];
}

const Told = z.strictObject({
  biller: z.string("must be a biller's id"),
  webhook: z.enum(webhookModes, `must be one of ${webhookModes.join(", ")}`).optional(),
  billId: z.string("must be a bill's id").optional(),
  outcome: z.enum(["due", "nothing-due", "down", "slow"], "must be one of due, nothing-due, down, slow").default("due"),
  amountDue: z.int("must be a whole number of minor units").positive("must be more than zero").optional(),
  dueDate: z.custom<string>((date) => LocalDate.safeParse(date).success, "must be a date, YYYY-MM-DD").optional(),
});
type Told = z.output<typeof Told>;

const BillFetch = z.object({
  url: z.string(),
  identifier: z.object({ name: z.string(), fromMetadata: z.string().optional() }),
  total: z.enum(["outstanding", "billed"]).default("outstanding"),
});
type BillFetch = z.output<typeof BillFetch>;

const Question = z.object({
  customerIdentifiers: z.array(z.object({ attributeName: z.string(), attributeValue: z.string() })).min(1),
});

const failure = (status: number, code: string): HttpAnswer =>
  jsonAnswer(status, {
    success: false,
    status,
    error: { traceID: "local", code, title: code, detail: code, docURL: "" },
  });

const path = "/bills/fetch";

/** Billers' systems that answer as billers of Bharat BillPay do (Bharat BillPay's biller side, as Setu documents it). */
export function billerSystem(options: BillerSystemOptions): BillerSystem {
  const told = new Map<string, Told>();
  const toldOf = (biller: string, billId?: string): Told | undefined =>
    told.get(`${biller}/${billId ?? ""}`) ?? told.get(`${biller}/`);
  const systems = () =>
    Object.entries(options.settings()).flatMap(([biller, settings]) => {
      const { data } = z.object({ billFetch: BillFetch }).safeParse(settings);
      return data ? [{ biller, ...data.billFetch }] : [];
    });
  const inbox = billerInbox(options);
  const answer = async (request: HttpRequest): Promise<MaybeAnswer> => {
    const url = `https://${request.headers["host"]}${request.path.slice(outboundPath.length)}`;
    const taken = inbox.take(url, request);
    if (taken !== undefined) return taken;
    const system = systems().find((one) => `${one.url}${path}` === url);
    if (request.method !== "POST" || !system) return failure(404, "not-found");
    const { authorization } = options.secrets.ofBiller(system.biller)["bill-fetch"] as {
      readonly authorization: string;
    };
    if (request.headers["authorization"] !== authorization) return failure(401, "unauthorized");
    return await fetched(options, { system, toldOf: (billId) => toldOf(system.biller, billId), request });
  };
  return {
    ask: (request) => (request.path.startsWith(`${outboundPath}/`) ? answer(request) : undefined),
    tell: (order) => {
      const one = checked(Told, order);
      if (one.webhook !== undefined) {
        inbox.setMode(one.biller, one.webhook);
        return one;
      }
      if (!systems().some(({ biller }) => biller === one.biller))
        throw notFound(`The biller ${one.biller} has no billFetch in its settings`);
      if (one.billId === undefined && (one.amountDue ?? one.dueDate) !== undefined)
        throw refuse("billId", "must be given with an amount or a date");
      told.set(`${one.biller}/${one.billId ?? ""}`, one);
      return one;
    },
    webhooks: inbox.received,
  };
}

interface Asked {
  readonly system: BillFetch & { readonly biller: string };
  readonly toldOf: (billId?: string) => Told | undefined;
  readonly request: HttpRequest;
}

async function fetched(options: BillerSystemOptions, { system, toldOf, request }: Asked): Promise<MaybeAnswer> {
  const { success, data } = Question.safeParse(JSON.parse(request.body.toString("utf8")));
  const identifier = success ? data.customerIdentifiers[0] : undefined;
  if (identifier?.attributeName !== system.identifier.name) return failure(400, "unknown-identifier");
  const bills = await billsOf(options, system, identifier.attributeValue);
  const outcomes = [undefined, ...bills.map(({ billId }) => billId)].map((billId) => toldOf(billId)?.outcome);
  if (outcomes.includes("slow")) return "hang";
  if (outcomes.includes("down")) return failure(503, "unable-to-fulfill-request");
  if (bills.length === 0) return failure(400, "customer-not-found");
  const now = options.now();
  const shown = bills.flatMap((bill) => shownBill(bill, { now, told: toldOf(bill.billId), total: system.total }));
  const billDetails = { billFetchStatus: shown.length > 0 ? "AVAILABLE" : "NO_OUTSTANDING", bills: shown };
  const customer = { name: bills[0]?.customer.name ?? "" };
  return jsonAnswer(200, { status: 200, success: true, data: { customer, billDetails } });
}

/** The bills of a customer, by its id or by what its bills' metadata says. */
async function billsOf(
  { bills }: BillerSystemOptions,
  system: Asked["system"],
  value: string,
): Promise<readonly Bill[]> {
  const theirs = (await bills.all()).filter(({ biller }) => biller === system.biller);
  const { fromMetadata } = system.identifier;
  if (fromMetadata === undefined) return theirs.filter(({ customer }) => customer.id === value);
  const metadata = await Promise.all(theirs.map(bills.metadataOf));
  return theirs.filter((_bill, n) => metadata[n]?.[fromMetadata] === value);
}

interface Shown {
  readonly now: number;
  readonly told: Told | undefined;
  readonly total: BillFetch["total"];
}

function shownBill(bill: Bill, { now, told, total }: Shown): readonly object[] {
  const owed = total === "billed" ? amountAt(bill, now) : outstanding(bill, now);
  const value = told?.amountDue ?? owed.value;
  if (told?.outcome === "nothing-due" || value === 0 || !isPayable(statusOf(bill, now))) return [];
  const midnight = (date: string): string => `${date}T00:00:00.000Z`;
  return [
    {
      billerBillID: bill.billId,
      generatedOn: midnight(bill.issuedOn),
      dueDate: midnight(told?.dueDate ?? bill.dueDate),
      recurrence: "ONE_TIME",
      amountExactness: bill.exactness,
      customerAccount: { id: bill.customer.id },
      aggregates: {
        total: { displayName: "Total due", amount: { value, currencyCode: bill.amountDue.currency } },
      },
      items: [],
    },
  ];
}
