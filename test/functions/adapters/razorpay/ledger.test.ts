import { describe, expect, it } from "vitest";
import { razorpayLedger } from "../../../../functions/adapters/razorpay/ledger.ts";
import { aBiller } from "../../../support/builders.ts";
import { pathsOf, type Script, scriptedGateway } from "../scripted-gateway.ts";
import { aLink, anOrder, aPayment } from "./entities.ts";

const biller = aBiller();
const span = { from: Date.parse("2026-11-17T18:30:00Z"), to: Date.parse("2026-11-18T18:30:00Z") };
const noRefunds = (path: string) => (path === "/refunds" ? { items: [] } : undefined);
const idsOf = (found: readonly { payment: unknown }[]) =>
  found.map(({ payment }) => Reflect.get(Object(payment), "paymentId"));

describe("razorpayLedger", () => {
  it("reads a day page by page, in whole seconds, the end excluded", async () => {
    const all = Array.from({ length: 150 }, (_, n) => aPayment({ id: `pay_${n}` }));
    const script: Script = (path, query) => {
      const skip = Number(query.get("skip"));
      return path === "/payments" ? { items: all.slice(skip, skip + 100) } : noRefunds(path);
    };
    const gateway = scriptedGateway(script);
    const found = await Array.fromAsync(razorpayLedger(gateway.means).find(biller, span));
    expect(idsOf(found)).toEqual(all.map(({ id }) => id));
    expect(pathsOf(gateway)).toEqual([
      "/payments?from=1794940200&to=1795026599&count=100&skip=0",
      "/payments?from=1794940200&to=1795026599&count=100&skip=100",
      "/refunds?from=1794940200&to=1795026599&count=100&skip=0",
    ]);
    expect(gateway.asked[0]?.headers).toEqual({ authorization: `Basic ${btoa("rzp_test_1:secret")}` });
  });

  it("finds a payment of long ago by the refund that was made on the day, and one of the day once", async () => {
    const script: Script = (path) =>
      ({
        "/payments": { items: [aPayment({ id: "pay_new", amount_refunded: 100 })] },
        "/refunds": { items: [{ payment_id: "pay_new" }, { payment_id: "pay_old" }, { payment_id: "pay_old" }] },
        "/payments/pay_old": aPayment({ id: "pay_old", amount_refunded: 900 }),
      })[path];
    const found = await Array.fromAsync(razorpayLedger(scriptedGateway(script).means).find(biller, span));
    expect(idsOf(found)).toEqual(["pay_new", "pay_new", "pay_old", "pay_old"]);
  });

  it("asks for the Payment Link of a payment that does not name its bill", async () => {
    const script: Script = (path) =>
      path === "/payments"
        ? { items: [aPayment({ notes: [], description: "#Qf0000000000001" })] }
        : path === "/payment_links/plink_Qf0000000000001"
          ? aLink()
          : noRefunds(path);
    const gateway = scriptedGateway(script);
    const [found] = await Array.fromAsync(razorpayLedger(gateway.means).find(biller, span));
    expect(found?.payment).toMatchObject({ billId: "EP-2026-11-10023" });
    expect(pathsOf(gateway)).toContain("/payment_links/plink_Qf0000000000001");
  });

  it("looks up a payment, an order and a Payment Link", async () => {
    const script: Script = (path) =>
      ({
        "/payments/pay_Qf0000000000001": aPayment(),
        "/orders/order_Qf0000000000001": anOrder(),
        "/orders/order_Qf0000000000001/payments": {
          items: [aPayment({ status: "failed", id: "pay_first" }), aPayment()],
        },
        "/payment_links/plink_Qf0000000000001": aLink(),
        "/payment_links/plink_old": aLink({ order_id: null, payments: [{ payment_id: "pay_Qf0000000000001" }] }),
      })[path];
    const ledger = razorpayLedger(scriptedGateway(script).means);
    const typesOf = async (reference: string) =>
      (await ledger.lookUp(biller, reference)).map(({ type }) => type.replace("payment.", ""));
    expect(await typesOf("pay_Qf0000000000001")).toEqual(["succeeded"]);
    expect(await typesOf("order_Qf0000000000001")).toEqual(["failed", "succeeded"]);
    expect(await typesOf("plink_Qf0000000000001")).toEqual(["failed", "succeeded"]);
    expect(await typesOf("plink_old")).toEqual(["succeeded"]);
    expect(await typesOf("pay_unknown")).toEqual([]);
  });

  it("asks for nothing that is no reference of Razorpay's", async () => {
    const gateway = scriptedGateway(() => 500);
    expect(await razorpayLedger(gateway.means).lookUp(biller, "../settlements")).toEqual([]);
    expect(gateway.asked).toEqual([]);
  });

  it.each<[string, Script, string]>([
    ["a page fails for good", () => 500, "razorpay: provider-fault"],
    ["a page is no JSON", () => "<html>", "razorpay: malformed-answer"],
    ["the keys are refused", () => 401, "razorpay: unauthorized"],
    ["one payment cannot be read", () => ({ items: [aPayment({ amount: 1.5 })] }), "razorpay: malformed-payment"],
  ])("gives no day at all where %s", async (_, script, message) => {
    const { means } = scriptedGateway(script);
    await expect(Array.fromAsync(razorpayLedger(means).find(biller, span))).rejects.toThrow(message);
  });

  it("asks again where the gateway is busy for a moment", async () => {
    let asked = 0;
    const { means } = scriptedGateway((path) =>
      asked++ === 0 ? 429 : path === "/payments" ? { items: [] } : { items: [] },
    );
    expect(await Array.fromAsync(razorpayLedger(means).find(biller, span))).toEqual([]);
    expect(asked).toBe(3);
  });

  it("has a biller whose keys are there", async () => {
    const { means } = scriptedGateway(() => 500);
    expect(await razorpayLedger(means).has(biller)).toBe(true);
    const without = { ...means, secrets: { ...means.secrets, razorpay: async () => undefined } };
    expect(await razorpayLedger(without).has(biller)).toBe(false);
    await expect(razorpayLedger(without).lookUp(biller, "pay_1")).rejects.toThrow("razorpay: no-credentials");
  });
});
