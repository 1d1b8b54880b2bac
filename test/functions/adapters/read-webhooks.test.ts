import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { PaymentTold } from "../../../functions/domain/payment.ts";
import { LookUpMessage } from "../../../functions/messages.ts";
import type { WebhookReading } from "../../../functions/ports.ts";
import {
  billers,
  readersAt,
  type Scheme,
  sampleEvents,
  schemes,
  secretsFor,
  signedCall,
} from "../../support/signed-webhooks.ts";

const at = 1_795_000_000_000;
const [biller] = billers;
const readers = readersAt(() => at);

/** What a genuine call with this body tells. */
async function told(scheme: Scheme, body: Uint8Array, id = "123456789"): Promise<WebhookReading> {
  const [secret] = secretsFor(scheme, biller);
  return await readers[scheme](signedCall(scheme, { biller, secret, body, at, id }));
}

const oddities: readonly unknown[] = [
  ...[null, true, "", "x", "__proto__", "2026-02-30T00:00:00Z", "x".repeat(5_000), "\u0000\ud800"],
  ...[0, -1, 0.5, 1e12, 1e13, 1e15, 9e15, 1e300, [], {}, [[]], { toString: 1 }],
];
const odd = fc.oneof(fc.integer(), fc.string({ unit: "binary" }), fc.jsonValue({ maxDepth: 2 }));

type Path = readonly string[];

/** The way to every branch and leaf of a value, itself included. */
const pathsIn = (value: unknown): Path[] =>
  typeof value === "object" && value !== null
    ? [[], ...Object.entries(value).flatMap(([name, inner]) => pathsIn(inner).map((path) => [name, ...path]))]
    : [[]];

/** The value with what stands at the end of the way replaced. */
function replaced(value: unknown, [name, ...rest]: Path, by: unknown): unknown {
  if (name === undefined) return by;
  const inner: unknown = Reflect.get(Object(value), name);
  return { ...Object(value), [name]: replaced(inner, rest, by) };
}

function expectSound(reading: WebhookReading): void {
  expect(["genuine", "malformed", "refused"]).toContain(reading.outcome);
  if (reading.outcome !== "genuine") return;
  for (const { payment } of reading.payments) expect(PaymentTold.safeParse(payment).error).toBeUndefined();
  for (const lookUp of reading.lookUps ?? []) expect(LookUpMessage.safeParse(lookUp).error).toBeUndefined();
  for (const { payment } of reading.payments) expect(payment).toMatchObject({ biller });
}

describe.each(schemes)("a webhook by the scheme %s", (scheme) => {
  it("never makes its reader fail, whatever bytes it holds and whoever signed it", async () => {
    const headers = fc.dictionary(
      fc.constantFrom(
        ...["webhook-id", "webhook-timestamp", "webhook-signature", "x-razorpay-signature", "stripe-signature"],
        ...["x-signature", "x-request-id", "authorization"],
      ),
      fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom("t=1795000000,v1=", "ts=1,v1=", "v1,", "\ud800")),
    );
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), headers, fc.string(), async (body, forged, dataId) => {
        const query = { "data.id": dataId };
        expect((await readers[scheme]({ biller, body, headers: forged, query })).outcome).toBe("refused");
        expectSound(await told(scheme, body));
      }),
      { numRuns: 200 },
    );
  });

  it("tells only what can be recorded, whatever stands in the place of any part of it", async () => {
    const sample = sampleEvents[scheme](1);
    const tell = async (path: Path, by: unknown): Promise<void> =>
      expectSound(await told(scheme, Buffer.from(JSON.stringify(replaced(sample, path, by))), "123456001"));
    for (const path of pathsIn(sample)) for (const by of oddities) await tell(path, by);
    const anywhere = fc.constantFrom(...pathsIn(sample));
    await fc.assert(fc.asyncProperty(anywhere, odd, tell), { numRuns: 300 });
  });

  it("is told as it is where nothing was replaced", async () => {
    const body = Buffer.from(JSON.stringify(sampleEvents[scheme](1)));
    const reading = await told(scheme, body, "123456001");
    expectSound(reading);
    expect(reading).toMatchObject({ outcome: "genuine", skipped: 0 });
  });
});
