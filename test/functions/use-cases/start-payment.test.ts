import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rails } from "../../../functions/adapters/rails.ts";
import type { BillDetail } from "../../../functions/domain/bill.ts";
import { appSchemes } from "../../../functions/domain/payment-apps.ts";
import type { Checkout } from "../../../functions/domain/payment-attempt.ts";
import type { RailAttempt } from "../../../functions/domain/rail.ts";
import type { CreatedCheckout, EndedCheckout, Rail } from "../../../functions/ports.ts";
import { startPayment } from "../../../functions/use-cases/start-payment.ts";
import { aBill, aBiller } from "../../support/builders.ts";
import { memoryPorts } from "../../support/memory-ports.ts";
import { fieldOf } from "../domain/emv-reading.ts";
import { counted, inr, onDay, type Scene, scenes } from "../pages/page-states.ts";

const { code } = aBill();
const link = { header: "EXPOWR", code };
const linkBaseUrl = "https://pay.example.com";
const agents = {
  android:
    "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Mobile Safari/537.36",
  iphone:
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1",
  desktop:
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36",
};

async function world({ bill, biller = aBiller(), detail, now = onDay("2026-11-21") }: Scene = {}) {
  const ports = memoryPorts({ start: now });
  await ports.billers.put(biller);
  await ports.bills.save(aBill({ ...bill, ...(detail && { detailDigest: "told" }) }), 0);
  if (detail) await ports.bills.saveDetail(code, "told", detail);
  return { ...ports, rails: rails() };
}

type World = Awaited<ReturnType<typeof world>>;
type Form = { readonly rail?: string | undefined; readonly amount?: string; readonly header?: string };

const start = (ports: World, form: Form, userAgent: string = agents.desktop) =>
  startPayment(ports, { ...link, ...form }, { linkBaseUrl, userAgent });

describe("starting a payment", () => {
  it("goes to the UPI app with the exact amount", async () => {
    expect(await start(await world(), { rail: "upi" })).toEqual({
      outcome: "open",
      link: expect.stringMatching(/^upi:\/\/pay\?pa=examplepower@icici&.*&am=1249\.00&cu=INR&mode=04$/),
    });
  });

  it("goes to the UPI app with the part that was chosen, and fixes it", async () => {
    const started = await start(await world(scenes["due-flexible"]), { rail: "upi", amount: "500" });
    expect(started).toMatchObject({ outcome: "open", link: expect.stringContaining("&am=500.00&cu=") });
  });

  it.each(["upi-code", "upi-qr"])("shows by %s a code to scan for the part that was chosen", async (rail) => {
    const started = await start(await world(scenes["due-flexible"]), { rail, amount: "500" });
    expect(started).toMatchObject({
      outcome: "show-code",
      way: { rail: "upi" },
      amount: { value: 50_000 },
      canCopy: false,
      code: expect.stringMatching(/&am=500\.00&cu=INR&mode=01$/),
    });
  });

  it("has another reference for each attempt", async () => {
    const ports = await world();
    const first = await start(ports, { rail: "upi" });
    ports.clock.advance(1);
    expect(await start(ports, { rail: "upi" })).not.toEqual(first);
  });

  it.each([
    ["EXACT", "1248.99", "fixed"],
    ["EXACT_DOWN", "1249.01", "too-high"],
    ["EXACT_DOWN", "99.99", "too-low"],
    ["EXACT_UP", "1248.99", "too-low"],
    ["ANY", "99.99", "too-low"],
    ["ANY", "", "missing"],
    ["ANY", "<b>", "malformed"],
  ] as const)("refuses for %s the amount %j, naming the field", async (exactness, amount, fault) => {
    const ports = await world({ bill: { exactness, minimum: { value: 10_000, currency: "INR" } } });
    expect(await start(ports, { rail: "upi", amount })).toMatchObject({
      outcome: "refused",
      refusal: { field: "amount", fault, typed: amount },
    });
  });

  it.each([undefined, "", "pix", "UPI", "upi-", "upi-code:gpay", "-code", "https://evil.example", "constructor"])(
    "refuses the rail %j, naming the field",
    async (rail) => {
      const started = await start(await world(), { rail });
      expect(started).toMatchObject({ outcome: "refused", refusal: { field: "rail", fault: "unknown" } });
    },
  );

  it("refuses UPI where the biller takes none", async () => {
    const started = await start(await world(scenes["no-rail"]), { rail: "upi" });
    expect(started).toMatchObject({ outcome: "refused", refusal: { field: "rail" } });
  });

  it.each(["paid", "overpaid", "canceled", "expired"] as const)(
    "goes back to the page of a bill that is %s",
    async (name) => {
      const started = await start(await world(scenes[name]), { rail: "upi" });
      expect(started).toEqual({ outcome: "nothing-to-pay", path: `/EXPOWR/${code}` });
    },
  );

  it("asks for the rest of a part-paid bill, and takes no more", async () => {
    const ports = await world({ bill: { payments: { "standard:pay_0001": counted(50_000, "2026-11-20") } } });
    expect(await start(ports, { rail: "upi" })).toMatchObject({ link: expect.stringContaining("&am=749.00&") });
    expect(await start(ports, { rail: "upi", amount: "1249" })).toMatchObject({ outcome: "refused" });
  });

  it("finds nothing under another header", async () => {
    expect(await start(await world(), { header: "OTHERCO", rail: "upi" })).toEqual({ outcome: "not-found" });
  });

  it("changes nothing", async () => {
    const ports = await world();
    await start(ports, { rail: "upi" });
    expect(await ports.bills.get(code)).toEqual(aBill());
  });
});

describe("starting a payment in one app", () => {
  it.each([
    ["android", "gpay", /^intent:\/\/pay\?pa=examplepower@icici&.*&am=1249\.00&.*package=com\.google\.android\.apps/],
    ["android", "phonepe", /^intent:\/\/pay\?pa=examplepower@icici&.*package=com\.phonepe\.app/],
    ["iphone", "phonepe", /^phonepe:\/\/pay\?pa=examplepower@icici&.*&am=1249\.00&/],
  ] as const)("on %s opens %s", async (device, app, shape) => {
    const started = await start(await world(), { rail: `upi:${app}` }, agents[device]);
    expect(started).toMatchObject({ outcome: "open", link: expect.stringMatching(shape) });
  });

  it.each([
    ["the app is not known", "upi:other", agents.android],
    ["no app is named", "upi:", agents.android],
    ["the device opens no apps", "upi:gpay", agents.desktop],
    ["the rail has no apps", "external:gpay", agents.android],
  ])("is refused where %s", async (_case, rail, agent) => {
    const biller = aBiller({
      rails: {
        upi: { payeeAddress: "examplepower@icici", payeeName: "Example Power" },
        external: { url: "https://example.com/" },
      },
    });
    expect(await start(await world({ biller }), { rail }, agent)).toMatchObject({
      outcome: "refused",
      refusal: { field: "rail", fault: "unknown" },
    });
  });
});

describe("starting a payment by another rail", () => {
  it("shows a Pix code to copy, in the amount as it is typed in Brazil", async () => {
    const scene: Scene = scenes["due-brazil"];
    const ports = await world({ ...scene, bill: { ...scene.bill, exactness: "EXACT_DOWN" } });
    for (const rail of ["pix", "pix-code"]) {
      const started = await start(ports, { rail, amount: "R$ 100,50" });
      if (started.outcome !== "show-code") throw new Error("there is a code");
      expect(started.canCopy).toBe(true);
      expect(fieldOf(started.code, "54")).toBe("100.50");
    }
  });

  it("shows a PayNow code", async () => {
    const started = await start(await world(scenes["due-singapore"]), { rail: "pay-now" });
    if (started.outcome !== "show-code") throw new Error("there is a code");
    expect(started.way.payee).toEqual({ name: "Example Water", address: "201403121W" });
    expect(fieldOf(started.code, "54")).toBe("88.50");
  });

  it("goes to the bill's own ClickPay link", async () => {
    const detail: BillDetail = { clickPayUrl: "https://bbps.io/AbC123" };
    const started = await start(await world({ detail }), { rail: "click-pay" });
    expect(started).toEqual({ outcome: "open", link: "https://bbps.io/AbC123" });
  });
});

const checkout: Checkout = {
  providerReference: "plink_Qf0000000000001",
  started: { outcome: "open", link: "https://rzp.io/rzp/AbCdEf1" },
  expiresAt: onDay("2026-11-22"),
};

/** A gateway that answers with what it is told, in the order in which it is asked, and to every wish to end a checkout the same. */
function aGateway(answers: readonly CreatedCheckout[], ended: EndedCheckout = "unknown") {
  const asked: (RailAttempt & { readonly n: number })[] = [];
  const [offering] = rails().filter(({ name }) => name === "razorpay");
  if (!offering) throw new Error("there is such a rail");
  const rail: Rail = {
    ...offering,
    kind: "gateway",
    async create(attempt) {
      asked.push(attempt);
      return answers[asked.length - 1] ?? { outcome: "unavailable", reason: "no-answer" };
    },
    cancel: async () => ended,
  };
  return { rail, asked };
}

describe("starting a payment at a gateway", () => {
  const biller = aBiller({ rails: { razorpay: {} } });
  const flexible = { exactness: "EXACT_DOWN", minimum: inr(10_000) } as const;

  it("goes to its checkout, made for the amount that was checked and coming back to the page", async () => {
    const gateway = aGateway([{ outcome: "created", ...checkout }]);
    const ports = { ...(await world({ biller, bill: flexible })), rails: [gateway.rail] };
    const started = await start(ports, { rail: "razorpay", amount: "500" });
    expect(started).toEqual({ outcome: "open", link: "https://rzp.io/rzp/AbCdEf1" });
    expect(gateway.asked).toMatchObject([
      { amount: { value: 50_000, currency: "INR" }, n: 1, returnUrl: `${linkBaseUrl}/EXPOWR/${code}` },
    ]);
    expect(await start(ports, { rail: "razorpay", amount: "500" })).toEqual(started);
    expect(gateway.asked).toHaveLength(1);
  });

  it("is refused on the page where it does not answer, and operators are told why", async () => {
    const gateway = aGateway([{ outcome: "unavailable", reason: "timed-out" }]);
    const ports = { ...(await world({ biller })), rails: [gateway.rail] };
    expect(await start(ports, { rail: "razorpay" })).toMatchObject({
      outcome: "refused",
      refusal: { field: "rail", fault: "unavailable", rail: "razorpay" },
      trouble: { rail: "razorpay", kind: "unavailable", reason: "timed-out" },
      view: { ways: [{ rail: "razorpay" }] },
    });
  });

  it("tells operators of another checkout that could not be ended", async () => {
    const second = { ...checkout, providerReference: "plink_Qf0000000000002" };
    const gateway = aGateway([
      { outcome: "created", ...checkout },
      { outcome: "created", ...second },
    ]);
    const ports = { ...(await world({ biller, bill: flexible })), rails: [gateway.rail] };
    await start(ports, { rail: "razorpay", amount: "500" });
    expect(await start(ports, { rail: "razorpay", amount: "600" })).toMatchObject({
      outcome: "open",
      trouble: { rail: "razorpay", kind: "former-not-ended" },
    });
  });

  it("is not gone on with while what was paid at its former checkout is on its way, which the page then says", async () => {
    const gateway = aGateway([{ outcome: "created", ...checkout }], "paid");
    const ports = { ...(await world({ biller, bill: flexible })), rails: [gateway.rail] };
    await start(ports, { rail: "razorpay", amount: "500" });
    ports.clock.advance(60_000);
    expect(await start(ports, { rail: "razorpay", amount: "600" })).toMatchObject({
      outcome: "refused",
      refusal: {
        field: "rail",
        fault: "on-its-way",
        pending: { amount: { value: 50_000, currency: "INR" }, since: { date: "2026-11-21", time: "11:00" } },
      },
      view: { state: "due", ways: [{ rail: "razorpay" }] },
    });
    expect(gateway.asked).toHaveLength(1);
  });

  it("is not asked for an amount that is refused", async () => {
    const gateway = aGateway([{ outcome: "created", ...checkout }]);
    const ports = { ...(await world({ biller })), rails: [gateway.rail] };
    await start(ports, { rail: "razorpay", amount: "1" });
    await start(ports, { rail: "razorpay:gpay" });
    expect(gateway.asked).toEqual([]);
  });
});

describe("starting a payment of a bill that its biller's own system knows better", () => {
  const biller = aBiller({
    billFetch: { url: "https://billing.example.com/bbps", identifier: { name: "Consumer Number" } },
  });

  it("holds what was said before the payer goes on", async () => {
    const ports = await world({ biller });
    ports.liveBills.answer = { outcome: "due", amountDue: inr(131_000) };
    expect(await start(ports, { rail: "upi" })).toMatchObject({ link: expect.stringContaining("&am=1310.00&") });
    expect(await ports.bills.get(code)).toMatchObject({ amountDue: { value: 131_000 }, version: 2 });
    expect(ports.liveBills.asked).toHaveLength(1);
  });

  it("goes back to the page when nothing is due any more", async () => {
    const ports = await world({ biller });
    ports.liveBills.answer = { outcome: "nothing-due" };
    expect(await start(ports, { rail: "upi" })).toMatchObject({ outcome: "nothing-to-pay" });
  });

  it("goes on with what is stored when that system does not answer", async () => {
    const detail: BillDetail = { clickPayUrl: "https://bbps.io/AbC123" };
    const ports = await world({ biller, detail });
    const liveFailed = { biller: biller.id, reason: "unreachable" };
    expect(await start(ports, { rail: "upi" })).toMatchObject({
      link: expect.stringContaining("&am=1249.00&"),
      liveFailed,
    });
    expect(await start(ports, { rail: "click-pay" })).toMatchObject({ outcome: "open", liveFailed });
    // The page that comes back still says that nobody answered.
    expect(await start(ports, { rail: "no-such" })).toMatchObject({ view: { live: { outcome: "stale" } }, liveFailed });
    expect(await ports.bills.get(code)).toMatchObject({ version: 1 });
  });
});

describe("where a payer is sent", () => {
  const schemes = appSchemes({ system: "ios" }).join("|");
  const destinations = [
    /^upi:\/\/pay\?pa=examplepower@icici&[^#]*$/,
    /^intent:\/\/pay\?pa=examplepower@icici&[^#;]*#Intent;scheme=upi;package=[a-z0-9._]+;S\.browser_fallback_url=https%3A%2F%2Fpay\.example\.com%2FEXPOWR%2F[^;]*;end$/,
    new RegExp(`^(${schemes})//(upi/)?pay\\?pa=examplepower@icici&[^#]*$`),
    /^https:\/\/bbps\.io\/AbC123$/,
    /^https:\/\/portal\.example\.com\/pay\?bill=EP-2026-11-10023$/,
  ];
  const detail: BillDetail = { clickPayUrl: "https://bbps.io/AbC123" };

  it("is the biller's own doing, whatever the form, the headers and the query say", async () => {
    const ports = await world({ ...scenes["due-every-rail"], detail, bill: { exactness: "ANY" } });
    const text = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.constantFrom(
        "//evil.example",
        "https://evil.example/",
        "javascript:alert(1)",
        "upi://pay?pa=thief@bank",
        "\r\nlocation: x",
      ),
    );
    const names = ["upi", "upi:gpay", "upi:phonepe", "click-pay", "external", "pix", "stripe", "upi-code"];
    const rail = fc.oneof(
      fc.constantFrom(...names),
      text,
      fc.tuple(fc.constantFrom(...names), text).map((parts) => parts.join(":")),
    );
    const agent = fc.oneof(fc.constantFrom(...Object.values(agents)), text);
    const amount = fc.oneof(fc.constantFrom("500", "1249.00"), text);
    let opened = 0;
    await fc.assert(
      fc.asyncProperty(rail, amount, agent, fc.record({ app: text, url: text, next: text }), async (...asked) => {
        const [named, typed, userAgent, query] = asked;
        const visit = { linkBaseUrl, userAgent, query };
        const started = await startPayment(ports, { ...link, rail: named, amount: typed }, visit);
        if (started.outcome === "open") {
          opened++;
          expect(destinations.filter((shape) => shape.test(started.link))).toHaveLength(1);
          expect(started.link).toMatch(/^[\x21-\x7e]+$/);
        } else expect(["refused", "show-code"]).toContain(started.outcome);
      }),
      { numRuns: 300 },
    );
    expect(opened).toBeGreaterThan(0);
  });
});
