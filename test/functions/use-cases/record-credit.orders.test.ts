import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { providerError } from "../../../functions/domain/errors.ts";
import { named } from "../../support/bill-world.ts";
import { type aCredit, type CreditWorld, creditWorld } from "../../support/credit-world.ts";

describe("a crash at any call while a credit is recorded", () => {
  const scenes: readonly (readonly [
    string,
    (world: CreditWorld) => Promise<unknown>,
    Parameters<typeof aCredit>[0],
  ])[] = [
    ["that is counted", async () => undefined, { billId: named.billId, rrn: "636512345678" }],
    ["that is proposed", ({ pay }) => pay(), { billId: named.billId }],
    ["that is kept", async () => undefined, {}],
  ];

  const endOf = async ({ countedOn, asked, aside, ports }: CreditWorld) => ({
    counted: await countedOn(),
    asked: await asked(),
    aside: aside(),
    events: [...new Set(ports.events.published.map(({ eventId }) => eventId))].toSorted(),
  });

  it.each(scenes)("%s is mended when it is told again", async (_what, prepare, changes) => {
    const whole = await creditWorld();
    await prepare(whole);
    let calls = 0;
    whole.control.beforeCall = () => void calls++;
    await whole.credit(changes);
    whole.control.beforeCall = undefined;
    const wanted = await endOf(whole);
    expect(calls).toBeGreaterThan(5);
    for (const when of ["beforeCall", "afterCall"] as const) {
      for (let fatal = 1; fatal <= calls; fatal++) {
        const world = await creditWorld();
        await prepare(world);
        let n = 0;
        world.control[when] = () => {
          if (++n === fatal) throw providerError("the function died");
        };
        await world.credit(changes).catch(() => undefined);
        world.control[when] = undefined;
        await world.credit(changes);
        expect(await endOf(world), `${when} call ${fatal}`).toEqual(wanted);
      }
    }
  });
});

describe("credits and webhooks in any order", () => {
  const bills = [named.billId, "EP-2"];
  const rrns = ["636500000001", "636500000002", "636500000003"];
  const day = fc.constantFrom("2026-11-18", "2026-11-20", "2026-11-21");
  const bill = fc.constantFrom(...bills);
  const rrn = fc.constantFrom(...rrns);
  const credit = fc.record({
    kind: fc.constant("credit" as const),
    n: fc.integer({ min: 1, max: 3 }),
    rrn,
    bill,
    day,
    named: fc.boolean(),
  });
  const webhook = fc.record({
    kind: fc.constant("webhook" as const),
    n: fc.integer({ min: 1, max: 3 }),
    rrn,
    bill,
    day,
  });

  it("count no credit twice, none beside a payment held with the same number, and lose none", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(credit, webhook), { maxLength: 10 }), async (told) => {
        const world = await creditWorld();
        await world.another("EP-2");
        const heldBefore = new Map<string, string>();
        const credits = new Map<string, string>();
        for (const event of told) {
          if (event.kind === "webhook") {
            const paymentId = `pay_${event.n}`;
            const paidAt = `${event.day}T06:00:00Z`;
            await world.pay({ billId: event.bill, paymentId, paidAt, references: [`rrn:${event.rrn}`] });
            if (!heldBefore.has(event.rrn)) heldBefore.set(event.rrn, `standard:${paymentId}`);
            continue;
          }
          const own = `bank:S${event.n}`;
          const shared = heldBefore.get(event.rrn);
          const outcome = await world.credit({
            ...{ reference: `S${event.n}`, rrn: event.rrn, creditedOn: event.day },
            ...(event.named && { billId: event.bill }),
          });
          if (shared !== undefined && shared !== own && !credits.has(own)) expect(outcome).toBe("proposed");
          if (credits.get(own) === "applied") expect(outcome).toBe("unchanged");
          if (outcome === "applied" && !heldBefore.has(event.rrn)) heldBefore.set(event.rrn, own);
          if (outcome !== "unchanged") credits.set(own, outcome);
        }
        const counted = (await Promise.all(bills.map((id) => world.countedOn(id)))).flatMap((of) => Object.keys(of));
        const asked = await world.asked();
        for (const own of credits.keys()) {
          const places = [
            ...counted.filter((one) => one === own),
            ...world.aside().filter((one) => one === own),
            ...asked.filter((question) => question.startsWith(`already-held ${own} `)),
          ];
          expect(places, own).toHaveLength(1);
        }
      }),
      { numRuns: 150 },
    );
  }, 60_000);
});

describe("a credit and a webhook of the same money at the same moment", () => {
  it("are not both counted without a question to operators", async () => {
    const pauses = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 60, maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(pauses, async (waits) => {
        const world = await creditWorld();
        let n = 0;
        world.control.beforeCall = async () => {
          for (let wait = waits[n++ % waits.length] ?? 0; wait > 0; wait--) await new Promise(setImmediate);
        };
        const rrn = "636512345678";
        const paidAt = "2026-11-02T06:00:00Z";
        await Promise.all([
          world.credit({ rrn, billId: named.billId }),
          world.pay({ paymentId: "pay_9", references: [`rrn:${rrn}`], paidAt }),
        ]);
        world.control.beforeCall = undefined;
        const [counted, asked] = [Object.keys(await world.countedOn()), await world.asked()];
        expect(counted.length - asked.length).toBeLessThanOrEqual(1);
        expect(counted.length + asked.length).toBeGreaterThanOrEqual(2);
      }),
      { numRuns: 150 },
    );
  }, 60_000);
});
