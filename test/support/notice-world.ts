import type { Channel } from "../../functions/domain/ids.ts";
import { type Moment, minuteMs } from "../../functions/domain/local-time.ts";
import type { NoticeKind } from "../../functions/domain/notice-kind.ts";
import { noticeStep } from "../../functions/domain/payment-notice.ts";
import { pauseReminders } from "../../functions/use-cases/pause-reminders.ts";
import { type RecordPayment, recordPayment } from "../../functions/use-cases/record-payment.ts";
import { aPaymentFact, billWorld, dueMoment, kolkata, named } from "./bill-world.ts";
import { aBiller } from "./builders.ts";
import type { MemoryOptions } from "./memory-ports.ts";

/** The payment that the worlds below are told of. */
export const noticeKey = "standard:pay_0001";

/** When it is told of: noon. */
export const noticeStart: Moment = kolkata("2026-11-20 12:00");

const both: readonly NoticeKind[] = ["payment-failed", "payment-pending"];

type Overrides = NonNullable<Parameters<typeof aBiller>[0]>;

/** A biller that wants these notices, and a bill of it whose payment is told of at noon. */
export async function noticeWorld(
  { paymentNotices = [...both], ...settings }: Overrides = {},
  control: MemoryOptions = {},
) {
  const biller = aBiller({
    cadence: [{ step: "overdue", relativeTo: "dueDate", days: 30, at: "11:00" }],
    paymentNotices,
    ...settings,
  });
  const made = await billWorld({ start: noticeStart, biller, ...control });
  await made.register();
  const tell = (type: RecordPayment["type"], fact: Parameters<typeof aPaymentFact>[0] = {}) =>
    recordPayment(made.ports, {
      type,
      payment: aPaymentFact({ paidAt: new Date(noticeStart).toISOString(), ...fact }),
    });
  const notice = async (kind: NoticeKind = "payment-failed") =>
    (await made.story()).notices?.find((one) => one.kind === kind);
  /** Goes to the notice's next stop and works it off. */
  const sendNext = async (kind: NoticeKind = "payment-failed") => {
    const due = (await notice(kind))?.progress.cursor?.due;
    if (due === undefined) throw new Error("there is no cursor");
    made.ports.clock.set(Math.max(made.ports.clock.now(), dueMoment(due) + minuteMs));
    return (await made.send({ pk: `BILL#${made.code}`, sk: `NOTICE#${kind}#${noticeKey}`, due })).outcome;
  };
  /** Works off every notice whose stop has come, all at the same time. */
  const sendAll = async () => {
    const { notices = [] } = await made.story();
    const due = notices.flatMap(({ progress: { cursor }, ...of }) =>
      cursor && dueMoment(cursor.due) < made.ports.clock.now()
        ? [{ pk: `BILL#${made.code}`, sk: `NOTICE#${of.kind}#${of.key}`, due: cursor.due }]
        : [],
    );
    await Promise.all(due.map((message) => made.send(message)));
  };
  const pause = (until: Moment) => pauseReminders(made.ports, { ...named, until });
  const report = (channel: Channel, hop: number, status: "delivered" | "failed", kind: NoticeKind = "payment-failed") =>
    made.report({ step: noticeStep({ kind, key: noticeKey }), channel, hop, status });
  return { ...made, tell, notice, sendNext, sendAll, pause, report };
}
