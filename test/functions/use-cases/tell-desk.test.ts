import { describe, expect, it } from "vitest";
import { DeskEventName } from "../../../functions/domain/biller-told.ts";
import { proposalId } from "../../../functions/domain/proposal.ts";
import { OwnEvent } from "../../../functions/messages.ts";
import { tellDesk } from "../../../functions/use-cases/tell-desk.ts";
import { aBiller } from "../../support/builders.ts";
import { memoryPorts } from "../../support/memory-ports.ts";

type Overrides = Parameters<typeof aBiller>[0];
type Mail = { readonly id: string; readonly subject: string; readonly text: string };

const email = "desk@example.com";
const eventOf = (type: string, ids: object = { source: "razorpay", paymentId: "pay_0002" }) =>
  OwnEvent.parse({
    "detail-type": type,
    time: "2026-11-20T13:00:00Z",
    detail: { ...ids, version: 1, eventId: `${type}/1`, biller: "example-power", billId: "EP-1" },
  });

/** What a biller's desk gets of an event. */
async function told(event: OwnEvent, settings: Overrides = { desk: { email } }) {
  const ports = memoryPorts();
  await ports.billers.put(aBiller(settings));
  const mails: (Mail & { readonly to: string | undefined })[] = [];
  const desk = {
    send: async (biller: { readonly desk?: { readonly email: string } }, mail: Mail) =>
      void mails.push({ to: biller.desk?.email, ...mail }),
  };
  return { ...(await tellDesk({ ...ports, desk }, event)), mails };
}

describe("the desk of a biller", () => {
  it("gets a plain e-mail that names bill, payment and the proposal to decide", async () => {
    const { outcome, mails } = await told(eventOf("payment.duplicate"));
    const id = proposalId("duplicate", "razorpay:pay_0002");
    expect(outcome).toBe("told");
    expect(mails).toEqual([
      {
        to: email,
        id: "payment.duplicate/1",
        subject: "A payment came that may be one too many: EP-1",
        text: `A payment came that may be one too many.

Bill: EP-1
Payment: pay_0002 (razorpay)
Time: 2026-11-20T13:00:00Z
Event: payment.duplicate/1

Please decide what becomes of it: GET /v1/billers/example-power/proposals lists it as ${id}, POST /v1/billers/example-power/proposals/${id} takes the decision.

`,
      },
    ]);
  });

  it("hears of an event once, however often it is published, and of each event", async () => {
    const ports = memoryPorts();
    await ports.billers.put(aBiller({ desk: { email } }));
    const mails: string[] = [];
    const desk = { send: async (_: unknown, { id }: Mail) => void mails.push(id) };
    const tell = async (type: string) => (await tellDesk({ ...ports, desk }, eventOf(type))).outcome;
    expect(await tell("payment.duplicate")).toBe("told");
    expect(await tell("payment.duplicate")).toBe("told-before");
    expect(await tell("payment.late")).toBe("told");
    expect(mails).toEqual(["payment.duplicate/1", "payment.late/1"]);
  });

  it("is written to again where the e-mail did not go out", async () => {
    const ports = memoryPorts();
    await ports.billers.put(aBiller({ desk: { email } }));
    const broken = { send: () => Promise.reject(new Error("SES is away")) };
    await expect(tellDesk({ ...ports, desk: broken }, eventOf("payment.late"))).rejects.toThrow("SES is away");
    const desk = { send: async () => undefined };
    expect(await tellDesk({ ...ports, desk }, eventOf("payment.late"))).toEqual({ outcome: "told" });
  });

  it.each([
    ["payment.duplicate", "told"],
    ["payment.late", "told"],
    ["payment.unmatched", "told"],
    ["bill.paid", "not-asked"],
    ["bill.overpaid", "not-asked"],
    ["customer.answered", "not-asked"],
    ["link.opened", "not-asked"],
  ])("hears of %s unless told otherwise: %s", async (type, outcome) => {
    expect((await told(eventOf(type))).outcome).toBe(outcome);
  });

  it("hears of what its biller names, and of nothing else", async () => {
    const settings = { desk: { email, events: ["bill.overpaid" as const] } };
    expect((await told(eventOf("bill.overpaid"), settings)).outcome).toBe("told");
    expect((await told(eventOf("payment.duplicate"), settings)).outcome).toBe("not-asked");
  });

  it("hears of nothing where there is none, or no address to write from", async () => {
    expect((await told(eventOf("payment.late"), {})).outcome).toBe("no-desk");
    const { email: _, ...without } = aBiller({ hops: [{ channel: "sms" }], desk: { email } });
    const ports = memoryPorts();
    await ports.billers.put(without);
    const desk = { send: () => Promise.reject(new Error("nobody is written to")) };
    expect(await tellDesk({ ...ports, desk }, eventOf("payment.late"))).toEqual({ outcome: "no-sender" });
  });

  it.each(DeskEventName.options)("is told of %s in words, with what is known and nothing undefined", async (type) => {
    for (const ids of [{ source: "razorpay", paymentId: "pay_0002" }, {}]) {
      const { mails } = await told(eventOf(type, ids), { desk: { email, events: [type] } });
      expect(mails[0]?.text).toMatch(/EP-1/);
      expect(mails[0]?.text).toMatch(/There is nothing to decide\.|Please decide/);
      expect(mails[0]?.text).not.toMatch(/undefined|null|\[object/);
    }
  });
});
