import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { inLanguage, type SceneName, sceneOf } from "../functions/pages/page-states.ts";
import { startBrowser } from "./browser.ts";
import { type DeviceName, deviceNames, devices } from "./devices.ts";
import { type PageServer, servePages } from "./page-server.ts";
import { scanned } from "./qr-in-picture.ts";
import { inPage, newTab } from "./tab.ts";

let browser: Browser;
let server: PageServer;

beforeAll(async () => {
  [browser, server] = await Promise.all([startBrowser(), servePages()]);
});

afterAll(async () => {
  await Promise.all([browser?.close(), server?.[Symbol.asyncDispose]()]);
});

/** A tab of a device that opens a bill's link at a server. */
async function aDevice(
  device: DeviceName,
  options: { javaScriptEnabled?: boolean; colorScheme?: "dark" | "light" } = {},
) {
  const tab = await newTab(browser, { ...devices[device], ...options });
  const open = async (name: SceneName, query = ""): Promise<void> => {
    await server.show(inLanguage(sceneOf(name), "en"));
    await tab.page.goto(server.origin + server.path + query);
  };
  /** The page's facts as the same device would get them. */
  const facts = async (): Promise<{ ways: { rail: string; link?: string; code?: string }[]; state: string }> => {
    const headers = { accept: "application/json", "user-agent": devices[device].userAgent };
    return (await (await fetch(server.origin + server.path, { headers })).json()) as Awaited<ReturnType<typeof facts>>;
  };
  const hrefs = (): Promise<string[]> =>
    inPage(tab.page, "[...document.querySelectorAll('.pay a')].map((link) => link.getAttribute('href'))");
  return { ...tab, open, facts, hrefs, [Symbol.asyncDispose]: () => tab[Symbol.asyncDispose]() };
}

/** What is the same in every link of one attempt, whatever opens it. */
const asked = (link: string): Record<string, string> => {
  const {
    tr: _reference,
    mode: _mode,
    ...same
  } = Object.fromEntries(new URLSearchParams(link.replace(/^[^?]*\?/, "").replace(/#Intent.*/, "")));
  return same;
};

describe("paying on a device", () => {
  it.each(deviceNames)("says the bill and offers a way without a script on %s", async (device) => {
    await using tab = await aDevice(device, { javaScriptEnabled: false });
    await tab.open("due-every-rail");
    expect(await tab.page.getByRole("heading", { level: 1 }).textContent()).toBe("Electricity, November 2026");
    expect(await tab.page.locator(".sum").first().textContent()).toBe("₹1,249.00");
    expect(await tab.page.locator(".pay button:visible, .pay a:visible").count()).toBeGreaterThan(2);
    expect(tab.complaints).toEqual([]);
  });

  it("opens single apps by intents on Android, and whichever is there by the first button", async () => {
    await using tab = await aDevice("android");
    await tab.open("due");
    const links = await tab.hrefs();
    expect(links[0]).toMatch(/^upi:\/\/pay\?pa=examplepower@icici&/);
    const intents = links.filter((link) => link.startsWith("intent://pay?"));
    expect(intents.length).toBeGreaterThanOrEqual(3);
    for (const intent of intents) {
      expect(intent).toMatch(/#Intent;scheme=upi;package=[\w.]+;S\.browser_fallback_url=http[^;]+;end$/);
      expect(asked(intent)).toEqual(asked(links[0] ?? ""));
      const fallback = decodeURIComponent(/S\.browser_fallback_url=([^;]+)/.exec(intent)?.[1] ?? "");
      expect(fallback.startsWith(`${server.origin}${server.path}?app=`)).toBe(true);
    }
  });

  it("says which app did not open, and leaves the others", async () => {
    await using tab = await aDevice("android");
    await tab.open("due", "?app=phonepe");
    expect(await tab.page.getByText("PhonePe did not open").isVisible()).toBe(true);
    expect((await tab.hrefs()).some((link) => link.includes("com.phonepe.app"))).toBe(false);
  });

  it("opens each app by its own scheme on an iPhone", async () => {
    await using tab = await aDevice("iphone");
    await tab.open("due");
    const links = await tab.hrefs();
    expect(links.some((link) => link.startsWith("phonepe://pay?"))).toBe(true);
    expect(links.some((link) => link.startsWith("intent:"))).toBe(false);
  });

  it.each([
    ["android-instagram", "Open this page in your browser"],
    ["iphone-facebook", "open this page in Safari"],
  ] as const)("shows the way out of the browser of %s", async (device, words) => {
    await using tab = await aDevice(device);
    await tab.open("due");
    expect(await tab.page.getByText(words).first().isVisible()).toBe(true);
  });

  it("has no link of an app on a feature phone, but the address to pay to", async () => {
    await using tab = await aDevice("feature-phone");
    await tab.open("due");
    expect((await tab.hrefs()).filter((link) => !link.startsWith("http"))).toEqual([]);
    expect(await tab.page.getByText("examplepower@icici").isVisible()).toBe(true);
    expect(await inPage(tab.page, "document.documentElement.scrollWidth")).toBe(240);
  });

  it.each([
    ["due", "light", "upi"],
    ["due", "dark", "upi"],
    ["due-brazil", "light", "pix"],
    ["due-singapore", "dark", "pay-now"],
  ] as const)("shows %s in %s colors a code that reads as what the rail %s says", async (name, colorScheme, rail) => {
    await using tab = await aDevice("desktop", { colorScheme });
    await tab.open(name);
    const code = (await scanned(tab.page)) ?? "";
    const told = (await tab.facts()).ways.find((way) => way.rail === rail)?.code ?? "";
    expect(rail === "upi" ? asked(code) : code.slice(0, 60)).toEqual(rail === "upi" ? asked(told) : told.slice(0, 60));
    expect(code.length).toBe(told.length);
  });

  it("shows the Pix code as text, selected by one button", async () => {
    await using tab = await aDevice("android");
    await tab.open("due-brazil");
    const text = await tab.page.getByLabel("Pix code to copy and paste").inputValue();
    expect(text).toMatch(/^000201.*br\.gov\.bcb\.pix.*6304[0-9A-F]{4}$/);
    await tab.page.getByRole("button", { name: "Copy" }).click();
    await tab.page.getByText("Copied").waitFor();
  });

  it("goes on from the form to the app, unless the policy names no rail", async () => {
    for (const [change, stopped] of [
      [(policy: string) => policy, false],
      [(policy: string) => policy.replaceAll(/ [a-z]+:(?=[ ;])/g, ""), true],
    ] as const) {
      await using tab = await aDevice("android", { javaScriptEnabled: false });
      await tab.page.route(server.origin + server.path, async (route) => {
        const response = await route.fetch();
        const headers = response.headers();
        const policy = change(headers["content-security-policy"] ?? "");
        await route.fulfill({ response, headers: { ...headers, "content-security-policy": policy } });
      });
      await tab.open("due-flexible");
      const answered = tab.page.waitForEvent(
        "requestfailed",
        (request) => request.url().endsWith("/pay") || request.url().startsWith("upi:"),
      );
      await tab.page.getByRole("button", { name: "Continue in your UPI app" }).click();
      await answered;
      const isStopped = (): boolean => tab.complaints.some((said) => said.includes("form-action"));
      // The browser tells of it some time after the answer.
      await expect.poll(isStopped, { timeout: 10_000 }).toBe(stopped);
    }
  });

  it("shows a refused amount at its field, then the code for the amount that was taken", async () => {
    await using tab = await aDevice("desktop");
    const { page } = tab;
    await tab.open("due-flexible");
    await page.getByLabel("Amount you pay").fill("5");
    await page.getByRole("button", { name: "Show a QR code" }).click();
    expect(await page.getByRole("alert").textContent()).toBe("The amount must be at least ₹100.00.");
    expect(await page.getByLabel("Amount you pay").getAttribute("aria-invalid")).toBe("true");
    expect(await inPage(page, "document.activeElement.id")).toBe("amount");
    await page.getByLabel("Amount you pay").fill("৫০০");
    await page.getByRole("button", { name: "Show a QR code" }).click();
    expect(await page.getByRole("img", { name: "QR code to pay ₹500.00 by UPI" }).isVisible()).toBe(true);
    expect(asked((await scanned(page)) ?? "")).toMatchObject({ am: "500.00", pa: "examplepower@icici" });
    await page.getByRole("link", { name: "Back to the bill" }).click();
    expect(await page.getByRole("heading", { level: 1 }).textContent()).toBe("Electricity, November 2026");
  });

  it("keeps the other ways when a gateway does not answer", async () => {
    await using tab = await aDevice("desktop");
    await tab.open("due-every-rail");
    await tab.page.getByRole("button", { name: "at Razorpay" }).click();
    expect(await tab.page.getByRole("alert").textContent()).toContain("does not answer just now");
    expect(await tab.page.locator(".qr").isVisible()).toBe(true);
  });

  it("becomes the receipt by itself once the money has arrived", async () => {
    await using tab = await aDevice("android");
    await tab.page.clock.install();
    await tab.open("due");
    await server.show(inLanguage(sceneOf("paid"), "en"));
    await tab.page.clock.runFor(16_000);
    await tab.page.getByText("This page is your receipt").waitFor();
  });

  it("has the focus always in sight for who uses the keyboard", async () => {
    await using tab = await aDevice("desktop");
    await tab.open("due-flexible");
    const order: string[] = [];
    await tab.page.getByLabel("Amount you pay").focus();
    for (let stop = 0; stop < 3; stop++) {
      order.push(await inPage(tab.page, "document.activeElement.textContent || document.activeElement.id"));
      expect(await inPage(tab.page, "getComputedStyle(document.activeElement).outlineStyle")).toBe("solid");
      await tab.page.keyboard.press("Tab");
    }
    expect(order).toEqual(["amount", "Show a QR code for this amount", "Open in a UPI app"]);
  });
});

describe("answering from the page", () => {
  it("asks before anything is changed, and then says what becomes of it", async () => {
    await using tab = await aDevice("android", { javaScriptEnabled: false });
    const { page } = tab;
    await tab.open("due", "?w3x");
    await page.getByText("Tell Example Power").click();
    await page.getByRole("link", { name: "I will pay on a date" }).click();
    expect((await tab.facts()).state).toBe("due");
    await page.getByLabel("Day on which you will pay").fill("2026-11-27");
    await page.getByRole("main").getByRole("button").click();
    await page.goto(server.origin + server.path);
    expect(
      await page
        .getByText("you will pay on November 27, 2026")
        .or(page.getByText("27 November 2026"))
        .first()
        .isVisible(),
    ).toBe(true);
  });

  it("tells whose a pasted link is, and of a foreign one that it is none of ours", async () => {
    await using tab = await aDevice("desktop", { javaScriptEnabled: false });
    const { page } = tab;
    await tab.open("due");
    await page.getByRole("link", { name: "Is this message genuine?" }).click();
    await page.getByLabel("Paste the link").fill(`Pay now: ${server.origin}${server.path} Example`);
    await page.getByRole("button", { name: "Check it" }).click();
    expect(await page.getByRole("status").textContent()).toContain("Example Power");
    await page.getByLabel("Paste the link").fill(`https://pay.example.com.evil.example${server.path}`);
    await page.getByRole("button", { name: "Check it" }).click();
    expect(await page.getByRole("status").textContent()).toContain("pay.example.com.evil.example");
  });
});
