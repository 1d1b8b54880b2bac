import { dynamoPace } from "../functions/adapters/dynamodb/pace-store.ts";
import type { BillerSettings } from "../functions/domain/biller.ts";
import type { Channel } from "../functions/domain/ids.ts";
import type { Benchmark, Result } from "./benchmark.ts";
import { billIn, billWorld } from "./bill-world.ts";
import { type CountedTable, countedTable, type Used } from "./counted-table.ts";
import { exampleBiller, exampleBills, fullestBill, type GivenBill, longestBill } from "./example-data.ts";

/** What happened, what it used, and what it may use at most. */
type Line = {
  readonly what: string;
  readonly used: Used;
  readonly most?: { readonly write: number; readonly read: number };
};

const endpoint = (): string | undefined => process.env["DYNAMODB_LOCAL_URL"];

/** A bill of the example biller whose every step goes over `channels`, and a count of what is done to it. */
async function scene(
  channels: readonly Channel[],
  given: GivenBill = fullestBill(),
  settings: Partial<BillerSettings> = {},
) {
  const table: CountedTable = await countedTable(endpoint() ?? "");
  const world = await billWorld(table, { ...exampleBiller(...channels), ...settings });
  table.take();
  const bill = await billIn(world, given);
  const registered = table.take();
  /** What one thing uses; `expected` is its outcome, so that nothing else is measured by mistake. */
  async function used(act: () => Promise<string>, expected: string): Promise<Used> {
    table.take();
    const outcome = await act();
    if (outcome !== expected) throw new Error(`It was to end as ${expected} and ended as ${outcome}`);
    return table.take();
  }
  const sendNext = async (expected: string, of: "bill" | "payment" = "bill"): Promise<Used> => {
    const message = await bill.nextDue(of);
    return used(() => bill.send(message), expected);
  };
  const report = (status: "delivered" | "failed", hop: number): Promise<Used> =>
    used(
      async () => (await bill.report({ step: "issued", hop, channel: channels[hop] ?? "sms", status })).outcome,
      "recorded",
    );
  return { bill, table, world, registered, used, sendNext, report };
}

const oneHop = { write: 4, read: 1 };

async function notifications(): Promise<Line[]> {
  const whatsapp = await scene(["whatsapp"]);
  const email = await scene(["email"]);
  const sms = await scene(["sms"]);
  const longest = await scene(["whatsapp"], longestBill());
  const first = await whatsapp.sendNext("accepted");
  const delivered = await whatsapp.report("delivered", 0);
  const later = [await whatsapp.sendNext("accepted"), await whatsapp.sendNext("accepted")];
  return [
    { what: "one hop by WhatsApp, a further step behind it", used: first, most: oneHop },
    { what: "the same by e-mail", used: await email.sendNext("accepted"), most: oneHop },
    {
      what: "the same by SMS over SNS, which echoes nothing",
      used: await sms.sendNext("accepted"),
      most: { write: 5, read: 1 },
    },
    { what: "the third step of a bill, with two behind it", used: later[1] ?? first, most: oneHop },
    { what: "its delivery receipt", used: delivered, most: { write: 1, read: 0.5 } },
    {
      what: "one hop of a bill with every text as long as it may be (rare, no bound)",
      used: await longest.sendNext("accepted"),
    },
  ];
}

async function fallbacks(): Promise<Line[]> {
  const quiet = await scene(["whatsapp", "sms"]);
  const claimed = await quiet.sendNext("accepted");
  await quiet.report("delivered", 0);
  const passed = await quiet.sendNext("passed");
  const failing = await scene(["whatsapp", "sms"]);
  await failing.sendNext("accepted");
  const pulled = await failing.report("failed", 0);
  const second = await failing.sendNext("accepted");
  return [
    { what: "one hop by WhatsApp, a fallback behind it", used: claimed, most: oneHop },
    { what: "the fallback passed over, since the first hop was delivered", used: passed, most: { write: 3, read: 1 } },
    { what: "a delivery receipt of failure, which calls the fallback", used: pulled },
    { what: "the fallback by SMS over SNS", used: second, most: { write: 5, read: 1 } },
  ];
}

async function endings(): Promise<Line[]> {
  const unpaid = await scene(["whatsapp"]);
  for (const _step of unpaid.world.biller.cadence) await unpaid.sendNext("accepted");
  const closed = await unpaid.sendNext("passed");
  const paid = await scene(["whatsapp"]);
  await paid.sendNext("accepted");
  await paid.world.ports.billers.getCached(paid.world.biller.id);
  const pay = await paid.bill.pay("pay_0001");
  const payment = await paid.used(async () => (await pay()).outcome, "full");
  const receipt = await paid.sendNext("accepted", "payment");
  const receiptClosed = await paid.sendNext("passed", "payment");
  const left = await paid.sendNext("passed");
  return [
    { what: "the last look at a bill that nobody paid", used: closed },
    { what: "a payment in full", used: payment },
    { what: "its receipt by WhatsApp", used: receipt, most: oneHop },
    { what: "the last look at the payment", used: receiptClosed },
    { what: "the last look at the paid bill", used: left },
  ];
}

async function around(): Promise<Line[]> {
  const { bill, registered, used } = await scene(["whatsapp"]);
  await bill.nextDue();
  const due = await used(async () => String((await bill.sweep()).queued), "1");
  const idle = await used(async () => (await bill.sweep()).outcome, "done");
  return [
    { what: "registering a bill with line items or metadata", used: registered },
    { what: "one sweep of a lane that finds one entry", used: due },
    { what: "one sweep of a lane within the minute already swept", used: idle },
  ];
}

/** What some notifications need besides: a slot for each batch of ten, and a write for each cap that the biller sets. */
async function besides(): Promise<Line[]> {
  const table: CountedTable = await countedTable(endpoint() ?? "");
  const clock = { now: () => Date.parse("2026-11-15T10:01:00+05:30") };
  const pace = dynamoPace({ ...table, lanes: 1, clock, timer: { until: async () => undefined } });
  const biller = exampleBiller().id;
  const tenAtOnce = () =>
    Promise.all(
      Array.from({ length: 10 }, () =>
        pace.reserve({ line: "whatsapp#200000000000001", perSecond: 80, units: 1, biller }),
      ),
    );
  await tenAtOnce();
  table.take();
  await tenAtOnce();
  const slots = table.take();
  const capped = await scene(["whatsapp"], fullestBill(), { caps: { perDay: 3, perWeek: 10 } });
  const dear = await scene(["sms"], fullestBill(), {
    sms: { provider: "sns", spend: { perDayUsd: "50.00", prices: { "+91": "0.00278" } } },
  });
  return [
    { what: "the slots of a batch of ten, together", used: slots, most: { write: 1, read: 0 } },
    {
      what: "one hop by WhatsApp for a biller with a frequency cap",
      used: await capped.sendNext("accepted"),
      most: { write: 5, read: 1 },
    },
    {
      what: "one hop by SMS over SNS for a biller with a spend cap",
      used: await dear.sendNext("accepted"),
      most: { write: 6, read: 1 },
    },
  ];
}

/** The first hop of every example bill, so that no size of bill is left out. */
async function everyExample(quick: boolean): Promise<Line[]> {
  const bills = exampleBills().filter((_, n) => !quick || n % 20 === 0);
  const table = await countedTable(endpoint() ?? "");
  const world = await billWorld(table, exampleBiller());
  const most = { write: 0, index: 0, read: 0, requests: 0 };
  for (const given of bills) {
    world.moveTo(Date.parse("2026-11-15T09:30:00+05:30"));
    const bill = await billIn(world, given);
    const message = await bill.nextDue();
    table.take();
    const outcome = await bill.send(message);
    if (outcome !== "accepted") throw new Error(`${given.billId} ended as ${outcome}`);
    const { write, index, read, requests } = table.take();
    const bySms = message.due.includes("#sms#") ? 1 : 0;
    most.write = Math.max(most.write, write - bySms);
    most.index = Math.max(most.index, index);
    most.read = Math.max(most.read, read);
    most.requests = Math.max(most.requests, requests - bySms);
  }
  return [
    { what: `the most of any first hop of ${bills.length} example bills, SNS not counted`, used: most, most: oneHop },
  ];
}

const row = ({ what, used: { write, index, read, requests }, most }: Line): (string | number)[] => [
  what,
  write,
  index,
  read,
  requests,
  most ? `${most.write} / ${most.read}` : "–",
];

async function run({ quick }: { readonly quick: boolean }): Promise<Result> {
  const groups = [
    ["Notifications", [...(await notifications()), ...(await everyExample(quick))]],
    ["Fallbacks", await fallbacks()],
    ["Caps and slots, printed apart", await besides()],
    ["Ends, payments and receipts", await endings()],
    ["Around them", await around()],
  ] as const;
  const columns = ["what", "write", "of it index", "read", "requests", "most write / read"];
  const breaches = groups
    .flatMap(([, lines]): readonly Line[] => lines)
    .filter(({ used, most }) => most && (used.write > most.write || used.read > most.read))
    .map(
      ({ what, used, most }) =>
        `${what}: ${used.write} write and ${used.read} read units, at most ${most?.write} and ${most?.read}.`,
    );
  return {
    tables: groups.map(([title, lines]) => ({ title, columns, rows: lines.map(row) })),
    remarks: [
      "The biller's settings are kept for a minute by each container, so they are read before and not counted: 1 to 2 read units per container and minute.",
      "A refused conditional write tells no units and counts as a request only; none is refused here.",
    ],
    breaches,
  };
}

/** DynamoDB units of each thing that happens to a bill, as AWS's DynamoDB Local counts them. */
export const units: Benchmark = {
  name: "units",
  title: "DynamoDB units per notification",
  method: [
    "The use cases over the DynamoDB stores against AWS's DynamoDB Local; every call asks for `ReturnConsumedCapacity: INDEXES`, and the answers are summed.",
    "The bill is the fullest of `examples/bills.csv`; carriers accept everything at once, and the lines of senders are free: what a slot costs is counted apart, by the batch of ten that shares a write.",
  ],
  missing: () =>
    endpoint() === undefined
      ? 'It needs AWS\'s DynamoDB Local: `eval "$(bash .ci/dynamodb-local)"` starts one; then set DYNAMODB_LOCAL_URL for this command.'
      : undefined,
  run,
};
