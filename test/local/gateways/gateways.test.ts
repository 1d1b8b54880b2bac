import { describe, expect, it } from "vitest";
import { isPixCall } from "../../../local/gateways/pix.ts";
import { gatewaySecrets } from "../../support/gateway-world.ts";
import { basicHeader, gatewayCalls } from "./gateway-calls.ts";

const unauthorized = { path: "/razorpay/v1/payment_links" };

describe("the faults of the played gateways", () => {
  it.each([
    ["razorpay", 429, 500],
    ["stripe", 429, 500],
    ["pix", 429, 500],
  ])("make %s throttle, fail and fall silent, in its own words", async (name, throttled, failed) => {
    const { ask, gateways } = gatewayCalls();
    const answers: unknown[] = [];
    for (const mode of ["throttle", "fail", "timeout", "error-after-accept", "ok"]) {
      gateways.setMode(name, { mode });
      const answer = await ask({ path: `/${name}/v1/anything` });
      answers.push(answer === "hang" ? answer : answer.status);
    }
    expect(answers).toEqual([throttled, failed, "hang", 502, 401]);
  });

  it("strike the share of calls that was asked for, and no checkout that a payer has open", async () => {
    const { ask, gateways } = gatewayCalls();
    gateways.setMode("razorpay", { mode: "timeout", rate: 0.25 });
    const struck: unknown[] = [];
    for (let call = 0; call < 8; call++) struck.push((await ask(unauthorized)) === "hang");
    expect(struck.filter(Boolean)).toHaveLength(2);
    gateways.setMode("razorpay", { mode: "timeout" });
    expect(await ask({ method: "GET", path: "/razorpay/pay/plink_1" })).toMatchObject({ status: 404 });
  });

  it.each([
    ["paypal", { mode: "ok" }, "gateway"],
    ["stripe", { mode: "slow" }, "mode"],
    ["stripe", { mode: "fail", rate: 2 }, "rate"],
    ["stripe", { mode: "fail", reason: "x" }, "reason"],
  ])("are refused by field: %s %j", (name, setting, path) => {
    const { gateways } = gatewayCalls();
    expect(() => gateways.setMode(name, setting)).toThrow(
      expect.objectContaining({ fields: [{ path, message: expect.any(String) }] }),
    );
  });

  it("do not matter where no gateway is", async () => {
    expect(await gatewayCalls().ask({ path: "/paypal/v1" })).toMatchObject({ status: 404 });
  });
});

describe("what is no request", () => {
  it.each([
    ["razorpay", basicHeader(gatewaySecrets.razorpay.keyId, gatewaySecrets.razorpay.keySecret), "/v1/payment_links"],
    ["stripe", { authorization: `Bearer ${gatewaySecrets.stripe.secretKey}` }, "/v1/checkout/sessions"],
  ])("is refused by %s", async (name, headers, path) => {
    const { ask } = gatewayCalls();
    expect(await ask({ path: `/${name}${path}`, headers, body: "<<< {" })).toMatchObject({ status: 400 });
    expect(await ask({ method: "GET", path: `/${name}/v1/nothing`, headers })).not.toMatchObject({ status: 200 });
  });
});

describe("a call to a biller's bank", () => {
  it.each([
    ["/api/v2/cob/1PkT9dQx2mVaR0000000000001", true],
    ["/oauth/token", true],
    ["/bills/fetch", false],
    ["/cob/", false],
  ])("is known by its path: %s", (path, expected) => {
    expect(isPixCall(path)).toBe(expected);
  });
});
