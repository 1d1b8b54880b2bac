import { describe, expect, it } from "vitest";
import { EmailAddress, PhoneNumber } from "../../../functions/domain/addresses.ts";
import { markOf } from "../../../functions/domain/attribution.ts";
import { providerError } from "../../../functions/domain/errors.ts";
import type { Channel } from "../../../functions/domain/ids.ts";
import { type AnswerForm, answerBill, askAnswer } from "../../../functions/use-cases/answer-bill.ts";
import { cancelBill } from "../../../functions/use-cases/cancel-bill.ts";
import { putSuppression } from "../../../functions/use-cases/put-suppression.ts";
import { removeSuppression } from "../../../functions/use-cases/remove-suppression.ts";
import { resumeReminders } from "../../../functions/use-cases/resume-reminders.ts";
import { billWorld, kolkata, named } from "../../support/bill-world.ts";

const phone = new PhoneNumber("+919830012345");
const addresses = { whatsapp: phone, sms: phone, email: new EmailAddress("asha@example.org") } as const;
const smsMark = markOf("sms", "issued", 1);

async function registered() {
  const world = await billWorld({ start: kolkata("2026-11-15 09:30") });
  await world.register();
  const { ports, biller, code } = world;
  const form = (more: Partial<AnswerForm>): AnswerForm => ({ header: "EXPOWR", code, answer: undefined, ...more });
  const suppressed = async (): Promise<string[]> => {
    const channels = ["whatsapp", "sms", "email"] as const satisfies readonly Channel[];
    const found = await Promise.all(channels.map((one) => ports.suppressions.get(biller.id, one, addresses[one])));
    return found.flatMap((one) => (one ? [`${one.channel}: ${one.reason}`] : []));
  };
  return {
    ...world,
    ask: (more: Partial<AnswerForm>) => askAnswer(ports, form(more)),
    answer: (more: Partial<AnswerForm>) => answerBill(ports, form(more)),
    suppressed,
    events: () => ports.events.published.map(({ type, ids }) => ({ type, ...ids })),
  };
}

describe("answer-bill", () => {
  it("asked by opening a link changes nothing and tells nobody", async () => {
    const { ask, story, events, suppressed } = await registered();
    const before = await story();
    for (const answer of ["already-paid", "will-pay", "wrong-person", "stop"]) {
      expect(await ask({ answer, mark: smsMark })).toMatchObject({ outcome: "asked", view: { answer, mark: smsMark } });
    }
    expect([await story(), events(), await suppressed()]).toEqual([before, [], []]);
  });

  it("that it is paid holds reminders back for three days, and tells the biller", async () => {
    const { answer, story, events, timeline } = await registered();
    expect(await answer({ answer: "already-paid" })).toMatchObject({
      outcome: "answered",
      view: { path: `/EXPOWR/${(await story()).bill?.code}`, on: "2026-11-15", restsUntil: "2026-11-18" },
    });
    expect((await story()).bill?.progress.cursor).toMatchObject({ step: "issued", at: kolkata("2026-11-18 09:30") });
    expect(events()).toEqual([{ type: "customer.answered", answer: "already-paid" }]);
    expect(await timeline()).toContainEqual({
      at: "2026-11-15T04:00:00.000Z",
      kind: "answered",
      answer: "already-paid",
    });
  });

  it("that it will be paid on a day holds reminders back until that morning, and then they go on", async () => {
    const { answer, events, sendNext, sent, ports } = await registered();
    await answer({ answer: "will-pay", payOn: "2026-11-18", mark: smsMark });
    expect(events()).toEqual([{ type: "customer.answered", answer: "will-pay", payOn: "2026-11-18", channel: "sms" }]);
    await sendNext();
    expect(sent()).toEqual(["whatsapp issued"]);
    expect(ports.clock.now()).toBeGreaterThanOrEqual(kolkata("2026-11-18 09:00"));
  });

  it("is lifted by the biller's resume, and ended by a payment", async () => {
    const { answer, ports, pay, story } = await registered();
    await answer({ answer: "will-pay", payOn: "2026-11-25" });
    const { bill } = await resumeReminders(ports, named);
    expect(bill.progress.cursor?.at).toBe(kolkata("2026-11-15 10:00"));
    await answer({ answer: "already-paid" });
    await pay();
    expect((await story()).bill?.progress.cursor).toBeUndefined();
  });

  it("refuses a day that cannot be, and writes nothing", async () => {
    const { answer, story, events } = await registered();
    const before = await story();
    expect(await answer({ answer: "will-pay", payOn: "2026-12-24" })).toMatchObject({
      outcome: "refused",
      fault: "too-late",
      typed: "2026-12-24",
      view: { days: { first: "2026-11-15", last: "2026-12-16", proposed: "2026-11-30" } },
    });
    expect([await story(), events()]).toEqual([before, []]);
  });

  it("about paying leads back to the page where nothing is to be paid", async () => {
    const { answer, ask, pay, code } = await registered();
    await pay();
    for (const say of ["already-paid", "will-pay"]) {
      const back = { outcome: "nothing-to-pay", path: `/EXPOWR/${code}` };
      expect([await ask({ answer: say }), await answer({ answer: say })]).toEqual([back, back]);
    }
  });

  it("that is none is told from one that is", async () => {
    const { answer, ask } = await registered();
    for (const say of [undefined, "", "toString", "paid"]) {
      expect([await ask({ answer: say }), await answer({ answer: say })]).toMatchObject([
        { outcome: "unknown" },
        { outcome: "unknown" },
      ]);
    }
  });

  it("of an unknown, malformed or foreign link is not found", async () => {
    const { answer, ask, code, events } = await registered();
    const strange = [{ code: "1111111111111" }, { code: "nonsense" }, { header: "OTHPWR" }, { code: `${code}1` }];
    for (const link of strange) {
      const said = { answer: "stop", ...link };
      expect([await ask(said), await answer(said)]).toEqual([{ outcome: "not-found" }, { outcome: "not-found" }]);
    }
    expect(events()).toEqual([]);
  });

  it("more than five times a day is too many, but a wish for silence is honored all the same", async () => {
    const { answer, suppressed, events } = await registered();
    for (let day = 20; day < 25; day++) await answer({ answer: "will-pay", payOn: `2026-11-${day}` });
    expect(await answer({ answer: "already-paid" })).toMatchObject({ outcome: "too-many" });
    expect(await answer({ answer: "stop", mark: smsMark })).toMatchObject({ outcome: "answered" });
    expect(await suppressed()).toEqual(["sms: stopped-on-page"]);
    expect(events().map(({ type }) => type)).toEqual([...Array(5).fill("customer.answered"), "customer.opted-out"]);
  });

  it("at the same moment as another is kept beside it", async () => {
    const { answer, story } = await registered();
    await Promise.all([answer({ answer: "stop" }), answer({ answer: "already-paid" })]);
    expect((await story()).bill?.answers?.map((one) => one.answer).toSorted()).toEqual(["already-paid", "stop"]);
  });
});

describe("a customer who wants no more messages", () => {
  it("is not messaged on the channel that led to the answer, and the bus is told of both without naming anybody", async () => {
    const { answer, suppressed, events, ports } = await registered();
    expect(await answer({ answer: "stop", mark: smsMark })).toMatchObject({ view: { silenced: ["sms"] } });
    expect(await suppressed()).toEqual(["sms: stopped-on-page"]);
    expect(events()).toEqual([
      { type: "customer.opted-out", channel: "sms", customer: "10023" },
      { type: "customer.answered", answer: "stop", channel: "sms" },
    ]);
    expect(JSON.stringify(ports.events.published)).not.toMatch(/98300|asha/);
  });

  it("is not messaged anywhere where no message led to the answer", async () => {
    const { answer, suppressed } = await registered();
    await answer({ answer: "stop", mark: "not-a-mark" });
    expect(await suppressed()).toEqual(["whatsapp: stopped-on-page", "sms: stopped-on-page", "email: stopped-on-page"]);
  });

  it("can say so of a canceled and of a paid bill, too", async () => {
    const { answer, suppressed, ports, pay } = await registered();
    await pay();
    expect(await answer({ answer: "stop", mark: smsMark })).toMatchObject({ outcome: "answered" });
    const other = await registered();
    await cancelBill(other.ports, named);
    await other.answer({ answer: "wrong-person" });
    expect([await suppressed(), (await other.suppressed()).length]).toEqual([["sms: stopped-on-page"], 3]);
    expect(ports.dueQueues.sent).toHaveLength(1);
  });

  it("is honored by what is sent next", async () => {
    const { answer, sendNext, told } = await registered();
    await answer({ answer: "wrong-person", mark: markOf("whatsapp", "issued", 0) });
    await sendNext();
    expect(await told()).toContain("issued 0 whatsapp: not-sent, suppressed");
  });

  it("and is the wrong person is known by the number on every channel, and has not opted out of anything", async () => {
    const { answer, suppressed, events } = await registered();
    await answer({ answer: "wrong-person", mark: smsMark });
    expect(await suppressed()).toEqual(["whatsapp: wrong-person", "sms: wrong-person"]);
    expect(events()).toEqual([{ type: "customer.answered", answer: "wrong-person", channel: "sms" }]);
  });

  it("and says so again after consenting anew is not messaged again, on the same day, too", async () => {
    const { answer, suppressed, ports, biller } = await registered();
    await answer({ answer: "stop", mark: smsMark });
    ports.clock.advance(60_000);
    await removeSuppression(ports, { biller: biller.id, request: { channel: "sms", address: phone } });
    expect(await suppressed()).toEqual([]);
    ports.clock.advance(60_000);
    await answer({ answer: "stop", mark: smsMark });
    expect(await suppressed()).toEqual(["sms: stopped-on-page"]);
  });

  it.each(["stop", "wrong-person"])("by %s is not messaged even where the answer cannot be written", async (say) => {
    const { answer, suppressed, events, control } = await registered();
    const fails = (port: string, method: string) => {
      if (port === "bills" && method === "save") throw providerError("away");
    };
    control.beforeCall = fails;
    await expect(answer({ answer: say, mark: smsMark })).rejects.toThrow("away");
    control.beforeCall = undefined;
    expect((await suppressed()).map((one) => one.split(":")[0])).toContain("sms");
    expect(events()).toEqual([]);
  });

  it("is not messaged at the address of an amendment that the page did not know yet", async () => {
    const { answer, register, suppressed, ports, control, biller } = await registered();
    const former = new EmailAddress("old@example.org");
    const customer = { id: "10023", name: "Asha Sen", language: "bn" };
    await register({ customer: { ...customer, addresses: { email: "old@example.org" } } });
    ports.clock.advance(60_000);
    await register();
    control.staleReads = () => true;
    await answer({ answer: "stop" });
    control.staleReads = undefined;
    expect(await suppressed()).toEqual(["whatsapp: stopped-on-page", "sms: stopped-on-page", "email: stopped-on-page"]);
    expect(await ports.suppressions.get(biller.id, "email", former)).toMatchObject({ reason: "stopped-on-page" });
  });

  it("keeps the reason that was there before", async () => {
    const { answer, suppressed, ports, biller } = await registered();
    await putSuppression(ports, {
      biller: biller.id,
      request: { channel: "sms", address: phone, reason: "asked by phone" },
    });
    await answer({ answer: "stop", mark: smsMark });
    expect(await suppressed()).toEqual(["sms: asked by phone"]);
  });
});

describe("an answer told again", () => {
  it.each(["already-paid", "will-pay", "wrong-person", "stop"])("%s is one answer, and the same event", async (say) => {
    const { answer, story, ports, suppressed } = await registered();
    const said = { answer: say, payOn: "2026-11-20", mark: smsMark };
    await answer(said);
    const before = [await story(), await suppressed()];
    ports.clock.advance(60_000);
    expect(await answer(said)).toMatchObject({ outcome: "answered" });
    expect([await story(), await suppressed()]).toEqual(before);
    const ids = ports.events.published.map(({ eventId }) => eventId);
    expect(ids.length).toBe(2 * new Set(ids).size);
  });

  it.each(["will-pay", "wrong-person", "stop"])("%s after it broke off anywhere is done whole", async (say) => {
    const said = { answer: say, payOn: "2026-11-20" };
    const smooth = await registered();
    const calls: string[] = [];
    smooth.control.beforeCall = (port, method) => void calls.push(`${port}.${method}`);
    await smooth.answer(said);
    smooth.control.beforeCall = undefined;
    const outcome = async ({ story, suppressed, ports }: typeof smooth) => {
      const { bill } = await story();
      return [bill, await suppressed(), new Set(ports.events.published.map(({ eventId }) => eventId))];
    };
    const whole = await outcome(smooth);
    expect(calls.length).toBeGreaterThan(5);
    for (const when of ["beforeCall", "afterCall"] as const) {
      for (let at = 0; at < calls.length; at++) {
        const world = await registered();
        let left = at;
        world.control[when] = () => {
          if (left-- === 0) throw providerError("away");
        };
        await expect(world.answer(said)).rejects.toThrow("away");
        world.control[when] = undefined;
        expect(await world.answer(said)).toMatchObject({ outcome: "answered" });
        expect(await outcome(world), `${when} ${calls[at]}`).toEqual(whole);
      }
    }
  });
});
