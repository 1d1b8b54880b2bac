import { planSteps } from "../../functions/domain/cadence.ts";
import type { BillId } from "../../functions/domain/ids.ts";
import { addDays, type LocalDate, localOf, type Moment, minuteMs } from "../../functions/domain/local-time.ts";
import { parseSpared } from "../../functions/domain/progress.ts";
import type { BillStory, Carrier } from "../../functions/ports.ts";
import { recordDelivery } from "../../functions/use-cases/record-delivery.ts";
import { registerBill } from "../../functions/use-cases/register-bill.ts";
import { aBillInput, billWorld } from "../support/bill-world.ts";
import { aBiller } from "../support/builders.ts";
import { plainCode } from "../support/memory-recorders.ts";
import { seeded } from "../support/seeded.ts";
import { aLife, type Life } from "../support/town-life.ts";

const zones = [
  "Asia/Kolkata",
  "America/New_York",
  "America/Sao_Paulo",
  "Asia/Singapore",
  "Australia/Lord_Howe",
  "Pacific/Apia",
  "Europe/London",
] as const;

const biller = aBiller({
  cadence: [
    { step: "issued", relativeTo: "issuedOn", days: 0, at: "10:00" },
    { step: "due-soon", relativeTo: "dueDate", days: -1, at: "17:00" },
    { step: "due-today", relativeTo: "dueDate", days: 0, at: "09:00" },
    { step: "overdue", relativeTo: "dueDate", days: 1, at: "11:00" },
    { step: "overdue-2", relativeTo: "dueDate", days: 2, at: "19:30", message: "overdue" },
  ],
});

const dayMs = 24 * 60 * minuteMs;
const start = Date.parse("2026-11-14T00:00:00Z");

type Sent = { readonly code: string; readonly step: string; readonly hop: number; readonly at: Moment };

/** What became of the bills whose sweep was down for a day. */
export type Outage = {
  readonly bills: number;
  readonly downFrom: Moment;
  readonly sent: number;
  readonly superseded: number;
  readonly twice: number;
  readonly outsideWindow: number;
  readonly late: number;
  readonly untold: number;
};

/** Registers bills of customers in seven zones, all due within a week, and stops the sweep for a day while their steps come. */
export async function outageOfADay(bills: number, seed: number): Promise<Outage> {
  const below = seeded(seed);
  const downFrom = start + below(6 * 24) * 60 * minuteMs + dayMs;
  const world = await billWorld({ start, biller });
  const sent: Sent[] = [];
  const carrier = (life: () => Life): Carrier => ({
    async send({ key, wording: { channel } }) {
      sent.push({ ...key, at: world.ports.clock.now() });
      const told = { kind: "delivery", ...key, channel, at: world.ports.clock.now() } as const;
      const status = (["delivered", "failed", undefined] as const)[below(3)];
      if (status) life().board.later(minuteMs, () => recordDelivery(life().ports, { ...told, status }));
      return { outcome: "accepted", providerReference: `provider-${sent.length}` };
    },
  });
  const life: Life = aLife({
    world,
    isSweepDown: (at) => at >= downFrom && at < downFrom + dayMs,
    portsOf: (ports) => ({ ...ports, carrier: carrier(() => life) }),
  });
  for (let n = 0; n < bills; n++) await registerBill(world.ports, { biller: biller.id, ...aBill(n, below) });
  await life.run(start + 60 * dayMs);
  const stories = [];
  for (let n = 0; n < bills; n++) stories.push(await world.story(plainCode(biller.id, billId(n))));
  return { bills, downFrom, sent: sent.length, ...judged(sent, stories), untold: untold(stories, life) };
}

const billId = (n: number): BillId => `EP-${n}` as BillId;

function aBill(n: number, below: (limit: number) => number) {
  const issuedOn = addDays("2026-11-14" as LocalDate, below(4));
  const { customer, ...rest } = aBillInput({ issuedOn, dueDate: addDays(issuedOn, 2 + below(5)) });
  const bill = {
    ...rest,
    customer: { ...customer, timeZone: zones[n % zones.length] as typeof customer.timeZone & string },
  };
  return { billId: billId(n), bill };
}

/** Sends that came twice, outside their window, or when the next step was due already; and the steps that were not sent at all. */
function judged(sent: readonly Sent[], stories: readonly BillStory[]) {
  const names = sent.map(({ code, step, hop }) => `${code} ${step} ${hop}`);
  const found = new Map(stories.map((story) => [story.bill?.code as string, story]));
  let [outsideWindow, late] = [0, 0];
  for (const { code, step, hop, at } of sent) {
    const bill = found.get(code)?.bill;
    if (!bill) continue;
    const { time } = localOf(at, bill.customer.timeZone);
    if (time < "09:00" || time >= "20:00") outsideWindow += 1;
    const plan = planSteps(bill, biller);
    const next = plan[plan.findIndex((it) => it.step.step === step) + 1];
    if (hop === 0 && next && next.moment <= at - 2 * minuteMs) late += 1;
  }
  const superseded = stories.flatMap(({ notifications }) => notifications.filter((it) => it.reason === "superseded"));
  return { twice: names.length - new Set(names).size, outsideWindow, late, superseded: superseded.length };
}

/** Steps of which nothing tells how they ended, and items that wait for ever. */
function untold(stories: readonly BillStory[], life: Life): number {
  const missing = stories.flatMap(({ bill, notifications }) => {
    const told = new Set([
      ...notifications.map(({ step }) => step),
      ...(bill?.progress.spared ?? []).map((text) => parseSpared(text).step),
    ]);
    return biller.cadence.filter(({ step }) => !told.has(step) || !bill?.progress.done.includes(step));
  });
  return missing.length + life.waiting().length;
}
