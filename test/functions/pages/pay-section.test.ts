import { describe, expect, it } from "vitest";
import type { Device } from "../../../functions/domain/device.ts";
import type { PayRefusal } from "../../../functions/domain/page-view.ts";
import { paymentApps } from "../../../functions/domain/payment-apps.ts";
import type { RailName } from "../../../functions/domain/rail.ts";
import { billPage } from "../../../functions/pages/bill-page.ts";
import { aBiller } from "../../support/builders.ts";
import { elementsOf, seenText } from "../../support/html-structure.ts";
import { scannedIn } from "../../support/qr-reading.ts";
import { android, desktop, inLanguage, inr, iphone, type Scene, scenes, viewOf } from "./page-states.ts";

const featurePhone: Device = { system: "feature-phone", isBot: false };
const flexible: Scene = scenes["due-flexible"];
const fixed: Scene = scenes.due;

const wayOf = (scene: Scene, n = 0) => viewOf(scene).ways[n];
const page = (scene: Scene, refusal?: PayRefusal): string => billPage(viewOf(inLanguage(scene, "en")), refusal);

/** What the section about paying has: its links, and its buttons by their value. */
function offered(html: string): { readonly links: readonly string[]; readonly buttons: readonly string[] } {
  const section = elementsOf(`<html>${/<section class="pay".*?<\/section>/s.exec(html)?.[0]}</html>`);
  return {
    links: section.flatMap(({ name, attributes }) => (name === "a" ? [attributes["href"] ?? ""] : [])),
    buttons: section.flatMap(({ name, attributes }) =>
      name === "button" && attributes["value"] ? [attributes["value"]] : [],
    ),
  };
}

const appValues = paymentApps.map(({ id }) => `upi:${id}`);
const withIosLink = paymentApps.filter(({ iosPay }) => iosPay !== undefined).map(({ id }) => `upi:${id}`);
const pages = paymentApps.map(({ web }) => web);

describe("paying a fixed amount by UPI", () => {
  it("on Android begins with the phone's own choice of apps, then single apps, then the code", () => {
    const { links, buttons } = offered(page({ ...fixed, device: android }));
    expect(links[0]).toBe(wayOf(fixed)?.link);
    expect(links.slice(1, 5).map((link) => /package=([\w.]+)/.exec(link)?.[1])).toEqual(
      paymentApps.slice(0, 4).map(({ androidPackage }) => androidPackage),
    );
    expect(links.slice(5)).toEqual(pages);
    expect(buttons).toEqual([...appValues.slice(4), "upi-code"]);
  });

  it("on an iPhone has single apps by their own schemes, and UPI's own at the end", () => {
    const { links, buttons } = offered(page({ ...fixed, device: iphone }));
    expect(links.slice(0, 9).map((link) => link.split(":", 1)[0])).toEqual(
      paymentApps.flatMap(({ iosPay }) => (iosPay === undefined ? [] : [iosPay.split(":", 1)[0]])),
    );
    expect(links.slice(9)).toEqual([wayOf(fixed)?.link, ...pages]);
    expect(buttons).toEqual(["upi-code"]);
  });

  it("on a computer has the code to scan first, and a link for a tablet that passes for a computer", () => {
    const html = page({ ...fixed, device: desktop });
    expect(offered(html)).toEqual({ links: [wayOf(fixed)?.link], buttons: [] });
    expect(html.indexOf('class="qr"')).toBeLessThan(html.indexOf('href="upi://'));
  });

  it("on a feature phone has the address and the code", () => {
    const html = page({ ...fixed, device: featurePhone });
    expect(offered(html)).toEqual({ links: [], buttons: ["upi-code"] });
    expect(seenText(html)).toContain(
      "Pay to this UPI address in your own app. Paid to Example Power UPI address examplepower@icici",
    );
  });

  it("shows on every device who is paid", () => {
    for (const device of [android, iphone, desktop, featurePhone]) {
      expect(seenText(page({ ...fixed, device }))).toContain("Paid to Example Power UPI address examplepower@icici");
    }
  });
});

describe("paying an amount that can be changed", () => {
  it.each([
    ["Android", android, ["upi", ...appValues, "upi-code"]],
    ["an iPhone", iphone, [...withIosLink, "upi-code", "upi"]],
    ["a computer", desktop, ["upi-code", "upi"]],
    ["a feature phone", featurePhone, ["upi-code"]],
  ])("on %s asks for it before any button, and no link passes it by", (_, device, values) => {
    const html = page({ ...flexible, device });
    const { links, buttons } = offered(html);
    expect(buttons).toEqual(values);
    expect(links.filter((link) => !link.startsWith("https:"))).toEqual([]);
    expect(html.match(/<input id="amount"/g)).toHaveLength(1);
    expect(html.indexOf('<input id="amount"')).toBeLessThan(html.indexOf("<button"));
  });

  it("has a field only where there is a choice", () => {
    for (const device of [android, iphone, desktop, featurePhone])
      expect(page({ ...fixed, device })).not.toContain("<input");
  });

  it("shows a refused amount where it was typed, with the reason", () => {
    const html = page(flexible, { field: "amount", fault: "too-low", typed: '5"><b>' });
    expect(html).toContain(
      'value="5&quot;&gt;&lt;b&gt;" aria-describedby="range fault" aria-invalid="true" autofocus>',
    );
    expect(html).toMatch(/role="alert" id="fault">The amount must be at least ₹100\.00\./);
  });
});

describe("the ways to pay", () => {
  const every: Scene = scenes["due-every-rail"];

  it("stand in their order: a code of their own each, then links and buttons", () => {
    const html = page(every);
    expect(offered(html)).toEqual({
      links: [
        wayOf(every)?.link,
        "https://bbps.io/AbC123",
        expect.stringMatching(/^https:\/\/portal\.example\.com\/pay\?bill=/),
      ],
      buttons: ["razorpay", "stripe"],
    });
    expect(seenText(html)).toMatch(/Other ways to pay .*Bharat BillPay.*Razorpay.*Stripe.*Example Power's own site/);
  });

  it("send no address of the page along", () => {
    for (const { name, attributes } of elementsOf(page(every))) {
      if (name === "a" && /^https:/.test(attributes["href"] ?? "")) expect(attributes["rel"]).toBe("noreferrer");
    }
  });

  it("are each called by a name of their own, as is the address of the payee", () => {
    const view = viewOf(inLanguage(every, "en"));
    const shownBy = (rail: RailName) => {
      const way = { ...view.ways[0], rail, fixed: false, bounds: { minimum: view.amount }, formTargets: [] };
      const to = { ...way, payee: { name: "Example Power", address: "the-address" } };
      return seenText(billPage({ ...view, ways: [to] }));
    };
    expect(shownBy("upi")).toContain("UPI address the-address");
    expect(shownBy("pix-psp")).toContain("Pix key the-address");
    expect(shownBy("pay-now")).toContain("UEN or mobile number the-address");
    expect(shownBy("click-pay")).toContain("Bharat BillPay");
    expect(shownBy("stripe")).toContain("Stripe");
    expect(shownBy("external")).toContain("Pay on the site of Example Power");
  });

  it("that are only a checkout begin with it", () => {
    const html = page({ biller: aBiller({ rails: { razorpay: {} } }) });
    expect(offered(html)).toEqual({ links: [], buttons: ["razorpay"] });
    expect(html).toContain("Pay this bill");
    expect(html).toContain('<button name="rail" value="razorpay">');
  });

  it("all stay when a gateway does not answer", () => {
    const refused = page(every, { field: "rail", fault: "unavailable", rail: "razorpay" });
    expect(offered(refused)).toEqual(offered(page(every)));
    expect(refused).toMatch(/role="alert" id="fault">This way to pay does not answer just now\./);
  });

  it("all stay when a payment is on its way, which is said", () => {
    const pending = { amount: inr(50_000), since: { date: "2026-11-21", time: "10:58" } } as const;
    const said = page(every, { field: "rail", fault: "on-its-way", pending } as PayRefusal);
    expect(offered(said)).toEqual(offered(page(every)));
    expect(said).toMatch(/<p class="note" role="status">[^<]*₹500\.00[^<]*10:58[^<]*<\/p>/);
    expect(said).not.toContain('role="alert"');
  });

  it("are named where one was asked for that is not offered", () => {
    expect(page(every, { field: "rail", fault: "unknown" })).toMatch(/role="alert"[^>]*>[^<]*\(rail\)/);
  });

  it("lead to an app or to https only, whatever a rail says", () => {
    const view = viewOf(inLanguage(every, "en"));
    for (const link of ["javascript:alert(1)", "data:text/html,x", "http://example.com", "//evil.example"]) {
      const html = billPage({ ...view, ways: view.ways.map((way) => ({ ...way, link })) });
      expect(offered(html).links).toEqual([]);
    }
  });
});

describe("Pix", () => {
  const brazil: Scene = scenes["due-brazil"];

  it("on a computer is scanned, or copied as text", () => {
    const html = page(brazil);
    expect(scannedIn(html)).toEqual([wayOf(brazil)?.code]);
    expect(html).toContain(`readonly autocomplete="off" spellcheck="false">${wayOf(brazil)?.code}</textarea>`);
    expect(seenText(html)).toContain("Pix key pagamentos@example.org");
  });

  it("on a phone is copied as text, with the code a tap away", () => {
    const html = page({ ...brazil, device: android });
    expect(scannedIn(html)).toEqual([]);
    expect(html).toContain(`>${wayOf(brazil)?.code}</textarea>`);
    expect(offered(html).buttons).toEqual(["pix-code"]);
  });

  it("for an amount that can be changed is made once it is known", () => {
    const changed: Scene = { ...brazil, bill: { ...brazil.bill, exactness: "EXACT_DOWN" } };
    expect(offered(page(changed)).buttons).toEqual(["pix-code"]);
    expect(page(changed)).toContain('<input id="amount"');
    expect(page(changed)).not.toContain("<textarea");
  });

  it("has a button to copy that is seen only where there is script", () => {
    expect(page(brazil)).toContain(
      '<button type="button" class="second" hidden aria-live="polite" data-copied="Copied">Copy</button>',
    );
  });
});

describe("PayNow", () => {
  const singapore: Scene = scenes["due-singapore"];

  it.each([
    ["a computer", desktop, false],
    ["a phone, as a picture to keep", android, true],
  ])("is a code on %s", (_, device, isKept) => {
    const html = page({ ...singapore, device });
    expect(scannedIn(html)).toEqual([wayOf(singapore)?.code]);
    expect(seenText(html)).toContain("UEN or mobile number 201403121W");
    expect(seenText(html).includes("keep this picture or a screenshot")).toBe(isKept);
    expect(offered(html).buttons).toEqual(["stripe"]);
  });
});

describe("the QR code of UPI", () => {
  it("is the link of the way, for fixed amounts and others", () => {
    for (const scene of [fixed, flexible]) expect(scannedIn(page(scene))).toEqual([wayOf(scene)?.code]);
  });
});

describe("an app that did not open", () => {
  it("is named with its own page, and not offered again", () => {
    const html = page(scenes["missing-app"]);
    expect(seenText(html)).toContain("PhonePe did not open. Please choose another way. About PhonePe");
    expect(offered(html).links.filter((link) => link.includes("package=com.phonepe.app"))).toEqual([]);
  });

  it("is not spoken of where it is none that there is", () => {
    expect(page({ device: android, missingApp: "nosuchapp" })).toBe(page({ device: android }));
  });
});

describe("a page in another app's own browser", () => {
  it("on Android leads to the phone's browser, beside all other ways", () => {
    const inside = offered(page({ ...fixed, device: { ...android, inApp: "instagram" } }));
    const [first, ...others] = inside.links;
    expect(first).toMatch(/^intent:\/\/pay\.example\.com\/EXPOWR\/\w{13}#Intent;scheme=https;/);
    expect({ ...inside, links: others }).toEqual(offered(page({ ...fixed, device: android })));
  });

  it("on an iPhone says how, since no link leads out", () => {
    const html = page({ ...fixed, device: { ...iphone, inApp: "facebook" } });
    expect(seenText(html)).toContain("open this page in Safari");
    expect(offered(html)).toEqual(offered(page({ ...fixed, device: iphone })));
  });

  it("says nothing of that where no app is to be opened", () => {
    expect(page({ ...scenes["due-brazil"], device: { ...android, inApp: "whatsapp" } })).not.toContain('class="note"');
  });
});

describe("the page's own look for the payment", () => {
  it("knows what it looks for and what it has seen", () => {
    const view = viewOf(fixed);
    expect(page(fixed)).toContain(` data-page="${view.path}" data-facts="due,124900,false"`);
  });

  it("knows of a payment that is pending", () => {
    expect(page(scenes.pending)).toContain('data-facts="due,124900,true"');
  });
});
