import { describe, expect, it } from "vitest";
import { razorpayRail } from "../../../../functions/adapters/rails/razorpay.ts";
import type { CurrencyCode } from "../../../../functions/domain/money.ts";
import type { CreatedCheckout } from "../../../../functions/ports.ts";
import { aRailAttempt } from "../../../support/attempts.ts";
import { aBill } from "../../../support/builders.ts";
import { meansFor } from "../../../support/gateway-world.ts";
import { issueMorning } from "../../../support/memory-clock.ts";
import { answering, type Behavior, loopback, resetting } from "../loopback.ts";
import { itAsksForOneCheckout } from "./gateway-faults.ts";

const code = aBill().code;
const attempt = { ...aRailAttempt(), n: 1, startedAt: issueMorning };

/** In the shape of Razorpay's documentation of Payment Links. */
const aLink = (overrides: object = {}) => ({
  accept_partial: false,
  amount: 124_900,
  amount_paid: 0,
  callback_method: "get",
  callback_url: "https://pay.example.org/EXPOWR/1PkT9dQx2mVaR",
  cancelled_at: 0,
  created_at: 1_795_000_000,
  currency: "INR",
  customer: {},
  description: "Electricity, November 2026",
  expire_by: 1_796_063_400,
  expired_at: 0,
  first_min_partial_amount: 0,
  id: "plink_Qf0000000000001",
  notes: { biller: "example-power", billId: "EP-2026-11-10023" },
  notify: { email: false, sms: false, whatsapp: false },
  order_id: null,
  payments: null,
  reference_id: `${code}.1`,
  reminder_enable: false,
  short_url: "https://rzp.io/rzp/AbCdEf1",
  status: "created",
  upi_link: false,
  user_id: "",
  ...overrides,
});

const link = (overrides?: object): Behavior => answering(200, JSON.stringify(aLink(overrides)));
const found = (...links: readonly object[]): Behavior => answering(200, JSON.stringify({ payment_links: links }));
const refusedAs = (description: string, reason = "input_validation_failed"): Behavior =>
  answering(
    400,
    JSON.stringify({
      error: {
        code: "BAD_REQUEST_ERROR",
        description,
        source: "business",
        step: "payment_initiation",
        reason,
        metadata: {},
      },
    }),
  );
const taken = refusedAs("payment link creation with reference ID already attempted");

/** What the rail makes of these answers, as if they came from Razorpay itself. */
async function madeOf(...behaviors: readonly Behavior[]): Promise<CreatedCheckout & { readonly asked: string[] }> {
  await using server = await loopback(...behaviors);
  const means = meansFor(server.url);
  const rail = razorpayRail({
    ...means,
    razorpayBaseUrl: "https://api.razorpay.com/v1",
    ask: (request) => means.ask({ ...request, url: request.url.replace("https://api.razorpay.com", server.url) }),
  });
  if (rail.kind !== "gateway") throw new TypeError("it asks no gateway");
  const made = await rail.create(attempt);
  return { ...made, asked: server.seen.map(({ method, path }) => `${method} ${path}`) };
}

const lookUp = `GET /v1/payment_links?reference_id=${code}.1`;

describe("razorpayRail", () => {
  it("asks for a link in Razorpay's words, without a word about the customer", async () => {
    await using server = await loopback(link());
    const rail = razorpayRail(meansFor(server.url));
    await (rail.kind === "gateway" && rail.create(attempt));
    const [seen] = server.seen;
    expect(seen).toMatchObject({ method: "POST", path: "/sandbox/gateways/razorpay/v1/payment_links" });
    expect(seen?.headers).toMatchObject({
      authorization: `Basic ${btoa("rzp_test_0000000000001:razorpay-example-secret")}`,
      "content-type": "application/json",
    });
    expect(JSON.parse(seen?.body ?? "")).toEqual({
      amount: 124_900,
      currency: "INR",
      accept_partial: false,
      expire_by: issueMorning / 1_000 + 1_200,
      reference_id: `${code}.1`,
      description: "Electricity, November 2026",
      notify: { sms: false, email: false },
      reminder_enable: false,
      notes: { biller: "example-power", billId: "EP-2026-11-10023" },
      callback_url: "https://pay.example.org/EXPOWR/1PkT9dQx2mVaR",
      callback_method: "get",
    });
    expect(seen?.body).not.toMatch(/Asha|9830012345|asha@/);
  });

  it("sends the payer to the short URL of the link", async () => {
    expect(await madeOf(link())).toEqual({
      outcome: "created",
      providerReference: "plink_Qf0000000000001",
      started: { outcome: "open", link: "https://rzp.io/rzp/AbCdEf1" },
      expiresAt: 1_796_063_400_000,
      asked: ["POST /v1/payment_links"],
    });
  });

  it.each<[string, Behavior]>([
    ["that the reference was used", taken],
    ["nothing, having made it", resetting],
    ["with a fault of its own, having made it", answering(500, "{}")],
  ])("comes to the link that is there when Razorpay answers %s", async (_, behavior) => {
    const made = await madeOf(behavior, found(aLink({ reference_id: "another.1", id: "plink_0" }), aLink()));
    expect(made).toMatchObject({ outcome: "created", providerReference: "plink_Qf0000000000001" });
    expect(made.asked).toEqual(["POST /v1/payment_links", lookUp]);
  });

  it("looks again where the link does not show at once", async () => {
    const made = await madeOf(taken, found(), answering(500, ""), found(aLink()));
    expect(made).toMatchObject({ outcome: "created" });
    expect(made.asked).toEqual(["POST /v1/payment_links", lookUp, lookUp, lookUp]);
  });

  it.each([
    ["is paid", { status: "paid" }],
    ["was canceled", { status: "cancelled" }],
    ["expired", { status: "expired" }],
    ["is for another amount", { amount: 124_800 }],
    ["is in another currency", { currency: "USD" }],
  ])("goes on to the next name when the link %s", async (_, overrides) => {
    const spent = { outcome: "unavailable", reason: "reference-used", spent: true };
    expect(await madeOf(taken, found(aLink(overrides)))).toMatchObject(spent);
    expect(await madeOf(link(overrides))).toMatchObject(spent);
  });

  it.each([
    ["http://rzp.io/rzp/AbCdEf1"],
    ["https://rzp.io.example.com/rzp/AbCdEf1"],
    ["https://evilrazorpay.com/l"],
    ["https://rzp.io@example.com/"],
    ["https://user:word@rzp.io/"],
    ["https://rzp.io:8443/"],
    ["http://127.0.0.1:4100/"],
    ["javascript:alert(1)"],
    ["//rzp.io/x"],
    ["https://rzp.io/x\r\nset-cookie: a=b"],
    [" https://rzp.io/x"],
    ["https://rzp.io/ë"],
    [""],
  ])("sends nobody to %s", async (short_url) => {
    expect(await madeOf(link({ short_url }))).toMatchObject({ outcome: "unavailable", reason: "unexpected-link" });
  });

  it.each([["https://rzp.io/i/x"], ["https://razorpay.com/payment-link/plink_x"], ["https://pages.razorpay.com/pl_x"]])(
    "sends payers to %s",
    async (short_url) => {
      expect(await madeOf(link({ short_url }))).toMatchObject({ started: { link: short_url } });
    },
  );

  it("tells a refusal by its code, never by its words", async () => {
    const made = await madeOf(refusedAs("The amount of Asha Sen is wrong", "input_validation_failed"), found());
    expect(made).toMatchObject({ reason: "refused-input_validation_failed" });
    expect(await madeOf(refusedAs("", "Asha Sen owes 1249"), found())).toMatchObject({ reason: "refused" });
  });

  it("offers a checkout in rupees, from a rupee on, whose form leads only to Razorpay", () => {
    const rail = razorpayRail();
    expect(rail.offer(attempt)).toMatchObject({
      rail: "razorpay",
      fixed: true,
      formTargets: ["https://rzp.io", "https://razorpay.com", "https://*.razorpay.com"],
    });
    const owing = (value: number, currency = "INR") =>
      rail.offer({
        ...attempt,
        bill: aBill({ amountDue: { value, currency: currency as CurrencyCode }, exactness: "ANY" }),
      });
    expect(owing(100)).toMatchObject({ bounds: { minimum: { value: 100 } } });
    expect(owing(99)).toBeUndefined();
    expect(owing(124_900, "SGD")).toBeUndefined();
  });

  itAsksForOneCheckout({
    make: razorpayRail,
    attempt,
    acceptance: JSON.stringify(aLink()),
    nameOf: ({ method, body }) =>
      method === "POST" ? (JSON.parse(body) as { reference_id: string }).reference_id : undefined,
  });
});
