import { describe, expect, it } from "vitest";
import { type Mark, markOf } from "../../../functions/domain/attribution.ts";
import type { BillId } from "../../../functions/domain/ids.ts";
import type { LinkOpened } from "../../../functions/domain/open.ts";
import { recordOpen } from "../../../functions/use-cases/record-open.ts";
import { aBill, aTombstone } from "../../support/builders.ts";
import { type MemoryOptions, memoryPorts } from "../../support/memory-ports.ts";

const bill = aBill();
const { code, biller, billId } = bill;
const noon = Date.parse("2026-11-20T12:00:00+05:30");
const sms: Mark = markOf("sms", "issued", 1);

let lines = 0;
const opened = (changes: Partial<LinkOpened> = {}): LinkOpened => ({
  biller,
  billId,
  by: "human",
  at: noon,
  id: `line-${lines++}`,
  ...changes,
});

async function world(options: MemoryOptions = {}) {
  const ports = memoryPorts(options);
  await ports.bills.save(bill, 0);
  await ports.notifications.record({ code, step: "issued", hop: 1 }, { channel: "sms", acceptedAt: noon - 5_000 });
  const days = async () => (await ports.bills.story(code, { consistent: true })).opens;
  return { ports, days };
}

describe("recording that a page was opened", () => {
  it("counts people and machines apart, on the day it was in the biller's zone", async () => {
    const { ports, days } = await world();
    const lateEvening = Date.parse("2026-11-20T18:29:59Z");
    const told = [opened({ at: lateEvening, mark: sms }), opened({ by: "bot" }), opened({ at: lateEvening + 1_000 })];
    expect(await recordOpen(ports, told)).toEqual({ counted: 3, "no-bill": 0 });
    expect(await days()).toEqual([
      { date: "2026-11-20", first: noon, last: lateEvening, humans: 1, bots: 1, marks: { [sms]: 1 } },
      { date: "2026-11-21", first: lateEvening + 1_000, last: lateEvening + 1_000, humans: 1, bots: 0, marks: {} },
    ]);
  });

  it("tells the bus of the message that led to the visit, by ids only", async () => {
    const { ports } = await world();
    await recordOpen(ports, [opened({ mark: sms })]);
    expect(ports.events.published).toEqual([
      {
        type: "link.opened",
        eventId: `link.opened/${biller}/${billId}/2026-11-20.human.${sms}`,
        biller,
        billId,
        at: noon,
        ids: { by: "human", date: "2026-11-20", channel: "sms", step: "issued", hop: 1 },
      },
    ]);
    expect(JSON.stringify(ports.events.published)).not.toContain(code);
  });

  it("tells of each kind once a day, however often the page is opened", async () => {
    const { ports, days } = await world();
    const tomorrow = noon + 86_400_000;
    for (let visit = 0; visit < 3; visit++)
      await recordOpen(ports, [
        opened({ mark: sms }),
        opened({ at: noon + visit }),
        opened({ by: "bot", mark: sms }),
        opened(),
      ]);
    await recordOpen(ports, [opened({ at: tomorrow })]);
    expect(ports.events.published.map(({ eventId }) => eventId.split("/").at(-1))).toEqual([
      `2026-11-20.human.${sms}`,
      "2026-11-20.human.",
      "2026-11-20.bot.",
      "2026-11-21.human.",
    ]);
    expect(await days()).toMatchObject([{ humans: 9, bots: 3, marks: { [sms]: 3 } }, { humans: 1 }]);
  });

  it("counts no line again when its batch is told again", async () => {
    const { ports, days } = await world();
    const told = [opened(), opened({ by: "bot" })];
    for (let time = 0; time < 3; time++) await recordOpen(ports, told);
    expect(await days()).toMatchObject([{ humans: 1, bots: 1 }]);
    expect(ports.events.published).toHaveLength(2);
  });

  it.each([
    ["publish", "events"],
    ["count", "opens"],
  ])("has told and counted everything once after a crash at %s", async (method, port) => {
    const { ports, days } = await world();
    const told = [opened({ mark: sms }), opened({ by: "bot" })];
    for (const when of ["beforeCall", "afterCall"] as const) {
      ports.control[when] = (name, called) => {
        if (name === port && called === method) throw new Error("crashed");
      };
      await expect(recordOpen(ports, told)).rejects.toThrow("crashed");
      ports.control[when] = undefined;
    }
    await recordOpen(ports, told);
    expect(await days()).toMatchObject([{ humans: 1, bots: 1, marks: { [sms]: 1 } }]);
    expect(new Set(ports.events.published.map(({ eventId }) => eventId)).size).toBe(2);
  });

  it("takes a mark that no message of the bill carries for none", async () => {
    const { ports, days } = await world();
    const made = ["saa", "sbb", "wcc"].map((mark) => opened({ mark }));
    await recordOpen(ports, made);
    expect(await days()).toMatchObject([{ humans: 3, marks: {} }]);
    expect(ports.events.published).toMatchObject([{ ids: { by: "human", date: "2026-11-20" } }]);
  });

  it("drops and counts what is about a bill that never was, or was only canceled", async () => {
    const { ports } = await world();
    const tombstone = aTombstone({ billId: "EP-2026-11-20000" });
    await ports.bills.save(tombstone, 0);
    const unknown = opened({ billId: "EP-0" as BillId });
    const told = [opened(), unknown, unknown, opened({ billId: tombstone.billId })];
    expect(await recordOpen(ports, told)).toEqual({ counted: 1, "no-bill": 3 });
    expect(ports.events.published).toHaveLength(1);
  });

  it("finds a bill under an older link key", async () => {
    const { ports } = await world({ linkKeys: ["2", "1"] });
    expect(await recordOpen(ports, [opened()])).toEqual({ counted: 1, "no-bill": 0 });
  });

  it("reads a bill once for all that a batch tells of it", async () => {
    const { ports } = await world();
    let stories = 0;
    ports.control.beforeCall = (_, method) => {
      if (method === "story") stories++;
    };
    await recordOpen(
      ports,
      Array.from({ length: 30 }, () => opened()),
    );
    expect(stories).toBe(1);
  });
});
