import fc from "fast-check";
import { statusOf } from "../../functions/domain/bill.ts";
import { DuebellError } from "../../functions/domain/errors.ts";
import { channels } from "../../functions/domain/ids.ts";
import { minuteMs } from "../../functions/domain/local-time.ts";
import { cancelBill } from "../../functions/use-cases/cancel-bill.ts";
import { pauseReminders } from "../../functions/use-cases/pause-reminders.ts";
import { recordDelivery } from "../../functions/use-cases/record-delivery.ts";
import { registerBill } from "../../functions/use-cases/register-bill.ts";
import { resumeReminders } from "../../functions/use-cases/resume-reminders.ts";
import { aBillInput, named } from "../support/bill-world.ts";
import type { Sender } from "../support/town-life.ts";
import { type Answer, BillModel } from "./bill-model.ts";
import { BillTown } from "./bill-town.ts";

type Command = fc.AsyncCommand<BillModel, BillTown>;

const hourMs = 60 * minuteMs;
const failures = new Set(["temporary-failure", "technical-failure"]);

/** After every command: the calls made since were allowed, and status, sum and notifications are what the model says. */
async function agree(model: BillModel, town: BillTown): Promise<void> {
  for (const call of town.calls.slice(town.told)) {
    const objection = model.take(call);
    if (objection !== undefined)
      throw new Error(`${call.name} went out at ${new Date(call.at).toISOString()}, but ${objection}`);
  }
  town.told = town.calls.length;
  const { bill } = await town.world.story();
  const status = bill && statusOf(bill, town.now());
  if (status !== model.status) throw new Error(`the bill is ${status}, the model ${model.status}`);
  for (const [name, known] of await town.statuses()) {
    const seen = failures.has(known) ? "failure" : known;
    const wanted = model.statusOf(name) ?? "not-sent";
    if (seen !== wanted) throw new Error(`${name} is ${known}, in the model ${wanted}`);
  }
}

/** A command that always may be run. */
const act = (text: string, run: (model: BillModel, town: BillTown) => Promise<void>): Command => ({
  check: () => true,
  async run(model, town) {
    await run(model, town);
    await agree(model, town);
  },
  toString: () => text,
});

/** Whether the use case refused, as it is to when the model says so. */
async function refused(act: Promise<unknown>): Promise<boolean> {
  try {
    await act;
    return false;
  } catch (error) {
    if (error instanceof DuebellError && error.code === "conflict") return true;
    throw error;
  }
}

function expectRefusal(text: string, [is, wanted]: readonly [boolean, boolean]): void {
  if (is !== wanted) throw new Error(`${text} was ${is ? "refused" : "done"}`);
}

const amend = (value: number, days: number): Command =>
  act(`amend(${value}, due ${days})`, async (model, town) => {
    const dueDate = new Date(Date.parse("2026-11-30") + days * 24 * hourMs).toISOString().slice(0, 10);
    const bill = aBillInput({ amountDue: { value, currency: "INR" }, dueDate });
    const is = await refused(registerBill(town.world.ports, { ...named, bill }));
    expectRefusal("an amendment", [is, model.isCanceled]);
    if (is) return;
    model.amount = value;
    model.dueDate = dueDate;
    model.plan();
  });

const payment = (number: number, value: number) => ({
  paymentId: `pay_${number}`,
  amount: { value, currency: "INR" },
});

const pay = (number: number, value: number): Command =>
  act(`pay(${number}, ${value})`, async (model, town) => {
    const known = model.payments.get(`pay_${number}`);
    const amount = known?.amount ?? value;
    const paidAt = new Date(town.now()).toISOString();
    await town.world.pay({ ...payment(number, amount), paidAt });
    if (!known) model.payments.set(`pay_${number}`, { amount, refunded: 0 });
    if (!model.isPayable) model.isAtRest = true;
  });

const refund = (number: number, share: number): Command =>
  act(`refund(${number}, ${share})`, async (model, town) => {
    const known = model.payments.get(`pay_${number}`);
    if (!known) return;
    const refunded = Math.ceil(known.amount * share);
    const refundedTotal = { value: refunded, currency: "INR" };
    const paidAt = new Date(town.now()).toISOString();
    await town.world.pay({ ...payment(number, known.amount), paidAt, refundedTotal }, "refunded");
    known.refunded = Math.max(known.refunded, refunded);
  });

const cancel = (): Command =>
  act("cancel", async (model, town) => {
    const is = await refused(cancelBill(town.world.ports, named));
    expectRefusal("a cancel", [is, !model.isCanceled && !model.isPayable]);
    if (!is) model.isCanceled = true;
  });

const pause = (hours: number): Command =>
  act(`pause(${hours} h)`, async (model, town) => {
    const until = town.now() + hours * hourMs;
    await pauseReminders(town.world.ports, { ...named, until });
    model.pausedUntil = until;
    model.plan();
  });

const resume = (): Command =>
  act("resume", async (model, town) => {
    await resumeReminders(town.world.ports, named);
    if (model.pausedUntil <= town.now()) return;
    model.pausedUntil = town.now();
    model.plan();
  });

const advance = (minutes: number): Command =>
  act(`advance(${minutes} min)`, async (_model, town) => await town.advance(minutes * minuteMs));

const answer = (channel: (typeof channels)[number], answers: readonly Answer[]): Command =>
  act(`${channel} answers ${answers}`, async (_model, town) => void town.answers[channel].push(...answers));

const report = (number: number, status: "delivered" | "read" | "failed", isPermanent: boolean): Command =>
  act(`report(${number}, ${isPermanent ? "permanently " : ""}${status})`, async (model, town) => {
    const accepted = town.calls.filter((call) => call.answer === "accepted" || call.answer === "silence");
    const call = accepted[number % Math.max(1, accepted.length)];
    if (!call) return;
    const failure = { kind: isPermanent ? "permanent-failure" : "temporary-failure", reason: "told" } as const;
    const about = { kind: "delivery", ...call.message.key, channel: call.channel, at: town.now(), status } as const;
    await recordDelivery(town.world.ports, status === "failed" ? { ...about, failure } : about);
    const facts = model.factsOf(call.name);
    if (status === "failed") facts.failed ??= isPermanent ? "permanent" : "other";
    else facts[status] = true;
  });

const redeliver = (number: number): Command =>
  act(`redeliver(${number})`, async (_model, town) => {
    const message = town.handedOut[number % Math.max(1, town.handedOut.length)];
    if (message) town.life.handOut(message);
    await town.advance(minuteMs);
  });

const value = fc.constantFrom(50_000, 124_900, 124_901, 300_000);
const paid = fc.constantFrom(24_900, 100_000, 124_900, 300_000);
const number = fc.nat(3);

/** Everything that can happen to a bill and its messages. */
const commands: readonly fc.Arbitrary<Command>[] = [
  fc.tuple(value, fc.integer({ min: -10, max: 10 })).map((it) => amend(...it)),
  fc.tuple(number, paid).map((it) => pay(...it)),
  fc.tuple(number, fc.constantFrom(0.3, 1)).map((it) => refund(...it)),
  fc.constant(null).map(cancel),
  fc.constantFrom(1, 20, 100).map(pause),
  fc.constant(null).map(resume),
  ...Array(4).fill(fc.constantFrom(1, 5, 31, 250, 1_440, 4_320).map(advance)),
  fc
    .tuple(
      fc.constantFrom(...channels),
      fc.array(fc.constantFrom<Answer>("refused", "refused-for-now", "silence"), { minLength: 1, maxLength: 8 }),
    )
    .map((it) => answer(...it)),
  ...Array(2).fill(
    fc.tuple(fc.nat(5), fc.constantFrom("delivered", "read", "failed"), fc.boolean()).map((it) => report(...it)),
  ),
  fc.nat(9).map(redeliver),
];

/** Lets a bill live as the commands say, comparing it with the model after each; at the end nothing may be left waiting or untold. */
export const livesLikeTheModel = (sender?: Sender): fc.IAsyncPropertyWithHooks<[Iterable<Command>]> =>
  fc.asyncProperty(fc.commands([...commands], { maxCommands: 40, size: "max" }), async (all) => {
    const town = await BillTown.open(sender);
    const model = new BillModel();
    await fc.asyncModelRun(() => ({ model, real: town }), all);
    await town.advance(90 * 24 * 60 * minuteMs);
    await agree(model, town);
    const { bill } = await town.world.story();
    const waiting = town.life.waiting();
    if (waiting.length > 0) throw new Error(`${waiting} waits for ever`);
    const isAsked = model.isPayable && !model.isAtRest;
    const open = isAsked ? ["issued", "due-soon", "overdue"].filter((it) => !bill?.progress.done.includes(it)) : [];
    if (open.length > 0) throw new Error(`nothing tells what became of ${open}`);
  });
