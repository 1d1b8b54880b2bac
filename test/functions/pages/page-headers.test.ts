import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { paymentApps } from "../../../functions/domain/payment-apps.ts";
import { formTargetsOf, pageHeaders } from "../../../functions/pages/page-headers.ts";
import { pageScript } from "../../../functions/pages/page-script.ts";
import { android, iphone, scenes, viewOf } from "./page-states.ts";

/** The sources of each directive of a policy. */
const policyOf = (formTargets: readonly string[] = []): Map<string, string> =>
  new Map(
    (pageHeaders({ formTargets })["content-security-policy"] ?? "").split("; ").map((directive): [string, string] => {
      const [name = "", ...sources] = directive.split(" ");
      return [name, sources.join(" ")];
    }),
  );

describe("the policy of a page", () => {
  it("runs one script, ours, by its hash, which speaks to its own host only", () => {
    const hash = createHash("sha256").update(pageScript).digest("base64");
    expect(policyOf().get("script-src")).toBe(`'sha256-${hash}'`);
    expect(policyOf().get("connect-src")).toBe("'self'");
    expect(policyOf().get("default-src")).toBe("'none'");
  });

  it("lets a form lead to its own host alone, unless told", () => {
    expect(policyOf().get("form-action")).toBe("'self'");
    expect(policyOf(["upi:", "https://rzp.io"]).get("form-action")).toBe("'self' upi: https://rzp.io");
  });
});

describe("the script", () => {
  it("cannot end its element", () => {
    expect(pageScript).not.toContain("<");
  });
});

describe("where a bill's form may lead", () => {
  it("is where its rails say, each once", () => {
    const targets = formTargetsOf(viewOf(scenes["due-every-rail"]));
    expect(targets).toEqual(expect.arrayContaining(["upi:", "https://bbps.io", "https://checkout.stripe.com"]));
    expect(new Set(targets).size).toBe(targets.length);
  });

  it("is on Android also an intent, on an iPhone also every app of its own scheme", () => {
    expect(formTargetsOf(viewOf({ ...scenes["due-flexible"], device: android }))).toEqual(["upi:", "intent:"]);
    const schemes = paymentApps.flatMap(({ iosPay }) => (iosPay === undefined ? [] : [`${iosPay.split(":", 1)[0]}:`]));
    expect(formTargetsOf(viewOf({ ...scenes["due-flexible"], device: iphone }))).toEqual(["upi:", ...schemes]);
  });

  it("is nowhere else when nothing is to be paid", () => {
    expect(formTargetsOf(viewOf({ ...scenes.paid, device: android }))).toEqual([]);
  });

  it("holds nothing that could end the directive", () => {
    const view = viewOf();
    const formTargets = [
      "upi:",
      "",
      "https://a.example; script-src *",
      "'unsafe-inline'",
      "*",
      "https://*.razorpay.com",
    ];
    const ways = view.ways.map((way) => ({ ...way, formTargets }));
    expect(formTargetsOf({ ...view, ways })).toEqual(["upi:", "https://*.razorpay.com"]);
  });
});
