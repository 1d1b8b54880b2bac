import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Device } from "../../../functions/domain/device.ts";
import { type CurrencyCode, money } from "../../../functions/domain/money.ts";
import { appLinks, appSchemes, browserLink, paymentApps } from "../../../functions/domain/payment-apps.ts";
import { upiLink } from "../../../functions/domain/upi.ts";

const android: Device = { system: "android", isBot: false };
const ios: Device = { system: "ios", isBot: false };
const url = "https://pay.example.com/EXPOWR/7Yq2mK4tW9xZb";
const query = "?pa=examplepower@icici&pn=Example%20Power&tr=7Yq2mK4tW9xZb1&am=1249.00&cu=INR&mode=04";
const link = `upi://pay${query}`;

const linkOf = (id: string, device: Device): string | undefined =>
  appLinks(link, device, url).find((app) => app.id === id)?.link;

/** An intent read as Android reads it: its data, and its parts behind the last `#Intent;`. */
function readIntent(intent: string): { readonly data: string; readonly parts: Readonly<Record<string, string>> } {
  const [, target = "", fragment = ""] = /^intent:\/\/([^#]*)#Intent;([^#]*);end$/.exec(intent) ?? [];
  const parts = fragment.split(";").map((part) => part.split("=", 2).map(decodeURIComponent));
  return { data: target, parts: Object.fromEntries(parts) };
}

describe("the payment apps", () => {
  it("hold all partners of ClickPay, and each once", () => {
    const names = paymentApps.map(({ name }) => name);
    for (const partner of ["Google Pay", "PhonePe", "Paytm", "BHIM", "MobiKwik", "ICICI iMobile", "RBL MoBank"]) {
      expect(names).toContain(partner);
    }
    for (const of of ["id", "name", "androidPackage", "web"] as const) {
      expect(new Set(paymentApps.map((app) => app[of])).size).toBe(paymentApps.length);
    }
  });

  it("are named and linked in ways that need no encoding", () => {
    for (const { id, iosPay, androidPackage, web } of paymentApps) {
      expect(id).toMatch(/^[a-z]{2,12}$/);
      expect(iosPay ?? "x://pay").toMatch(/^[a-z]+:\/\/(upi\/)?pay$/);
      expect(androidPackage).toMatch(/^[A-Za-z]\w*(\.[A-Za-z]\w*)+$/);
      expect(new URL(web).protocol).toBe("https:");
    }
  });

  it("open on Android by an intent of their package, and lead back to the page where they are missing", () => {
    expect(linkOf("phonepe", android)).toBe(
      `intent://pay${query}#Intent;scheme=upi;package=com.phonepe.app;S.browser_fallback_url=https%3A%2F%2Fpay.example.com%2FEXPOWR%2F7Yq2mK4tW9xZb%3Fapp%3Dphonepe;end`,
    );
  });

  it("lead back behind a mark that the page's URL has", () => {
    const [app] = appLinks(link, android, `${url}?sAb`);
    expect(readIntent(app?.link ?? "").parts["S.browser_fallback_url"]).toBe(`${url}?sAb&app=${app?.id}`);
  });

  it.each([
    ["phonepe", "phonepe://pay"],
    ["gpay", "tez://upi/pay"],
    ["paytm", "paytmmp://pay"],
    ["bhim", "bhim://pay"],
    ["cred", "credpay://upi/pay"],
    ["amazonpay", "amazonpay://upi/pay"],
    ["mobikwik", "mobikwik://upi/pay"],
    ["navi", "navipay://pay"],
    ["supermoney", "super://pay"],
  ])("open on an iPhone by a scheme of their own: %s by %s", (id, pay) => {
    expect(linkOf(id, ios)).toBe(pay + query);
  });

  it("have no link on an iPhone where they share UPI's own scheme", () => {
    const without = appLinks(link, ios, url).filter((app) => app.link === undefined);
    expect(without.map(({ name }) => name)).toEqual(["ICICI iMobile", "RBL MoBank"]);
  });

  it("carry a mark where nobody but memory says how they are opened", () => {
    const marked = (device: Device) => appLinks(link, device, url).flatMap((app) => (app.unconfirmed ? [app.id] : []));
    expect(marked(ios)).toEqual(["mobikwik"]);
    expect(marked(android)).toEqual(["navi", "supermoney", "cred", "mobikwik", "mobank"]);
  });

  it.each(["desktop", "feature-phone"] as const)("are not offered on a %s", (system) => {
    expect(appLinks(link, { system, isBot: false }, url)).toEqual([]);
    expect(appSchemes({ system })).toEqual([]);
  });

  it("are not offered for what is no UPI link", () => {
    for (const other of ["javascript:alert(1)", "https://example.com/?pa=x", "upi://mandate?pa=x", ""]) {
      expect(appLinks(other, android, url)).toEqual([]);
    }
  });

  it("are all reached by the schemes that a page's policy is told", () => {
    for (const device of [android, ios]) {
      const used = appLinks(link, device, url).flatMap((app) => (app.link ? [new URL(app.link).protocol] : []));
      expect(new Set(used)).toEqual(new Set(appSchemes(device)));
    }
  });

  it("are given the same parameters in every form, and nothing of a bill ends an intent or adds to it", () => {
    const text = fc.oneof(
      fc.string({ maxLength: 40 }),
      fc.constantFrom(";end#Intent;package=evil;", "a#b;c&pa=thief@bank&am=1.00", "%3Bend", "\n\0 '()*!~"),
    );
    fc.assert(
      fc.property(text, text, fc.integer({ min: 1, max: 10 ** 9 }), (payeeName, note, value) => {
        const upi = upiLink({
          payee: { payeeAddress: "examplepower@icici", payeeName },
          reference: "7Yq2mK4tW9xZb1i",
          note,
          amount: money(value, "INR" as CurrencyCode),
          mode: "intent",
        });
        const asked = [...new URL(upi).searchParams];
        for (const device of [android, ios]) {
          for (const { id, link: opened } of appLinks(upi, device, url)) {
            if (opened === undefined) continue;
            expect([...new URL(opened.split("#")[0] ?? "").searchParams]).toEqual(asked);
            if (device === ios) expect(opened).not.toMatch(/[#;]/);
            else {
              const app = paymentApps.find((each) => each.id === id);
              const { data, parts } = readIntent(opened);
              expect(data).toBe(upi.slice("upi://".length));
              expect(parts).toEqual({
                scheme: "upi",
                package: app?.androidPackage,
                "S.browser_fallback_url": `${url}?app=${id}`,
              });
            }
          }
        }
      }),
    );
  });

  it("are given a hostile link's parameters encoded", () => {
    for (const bad of [";end", "#Intent;package=evil", '"><script>', "\ud800", " "]) {
      for (const { link: opened = "" } of appLinks(`${link}&tn=${bad}`, android, url)) {
        expect(readIntent(opened).parts).toHaveProperty("scheme", "upi");
        expect(opened).not.toMatch(/[\s"<>]/);
      }
    }
  });
});

describe("the link from an app's own browser to the phone's", () => {
  it("is an intent to see the page, and the page itself where nothing takes it", () => {
    expect(browserLink(url)).toBe(
      "intent://pay.example.com/EXPOWR/7Yq2mK4tW9xZb#Intent;scheme=https;action=android.intent.action.VIEW;category=android.intent.category.BROWSABLE;S.browser_fallback_url=https%3A%2F%2Fpay.example.com%2FEXPOWR%2F7Yq2mK4tW9xZb;end",
    );
  });
});
