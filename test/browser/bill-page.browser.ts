import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { encode } from "uqr";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { inLanguage, type SceneName, scenes, viewOf } from "../functions/pages/page-states.ts";
import { startBrowser } from "./browser.ts";
import { type PageServer, servePages } from "./page-server.ts";

let browser: Browser;
let server: PageServer;

beforeAll(async () => {
  [browser, server] = await Promise.all([startBrowser(), servePages()]);
});

afterAll(async () => {
  await Promise.all([browser?.close(), server?.[Symbol.asyncDispose]()]);
});

const names = Object.keys(scenes) as SceneName[];

/** A tab, with what the browser complained about and every request it made. */
async function aTab(options: BrowserContextOptions = {}) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const complaints: string[] = [];
  const requests: string[] = [];
  page.on("console", (message) => complaints.push(message.text()));
  page.on("request", (request) => requests.push(request.url()));
  const open = async (name: SceneName): Promise<void> => {
    await server.show(inLanguage(scenes[name], "en"));
    await page.goto(server.origin + server.path);
  };
  return { page, complaints, requests, open, [Symbol.asyncDispose]: () => context.close() };
}

/** What an expression is in the page: as text, since the code here knows no DOM. */
const inPage = async <T>(page: Page, expression: string): Promise<T> => (await page.evaluate(expression)) as T;

/** Whether each module of the QR code in the picture of a page is dark, sampled at its middle. */
async function sampled(page: Page, modules: number): Promise<boolean[][]> {
  const picture = (await page.locator("svg.qr").screenshot()).toString("base64");
  const blank = await page.context().newPage();
  return await inPage(
    blank,
    `(async () => {
      const image = new Image();
      image.src = "data:image/png;base64,${picture}";
      await image.decode();
      const context = new OffscreenCanvas(image.width, image.height).getContext("2d");
      context.drawImage(image, 0, 0);
      const { data, width } = context.getImageData(0, 0, image.width, image.height);
      const at = (n) => Math.floor(((n + 4.5) * width) / ${modules + 8});
      const each = Array.from({ length: ${modules} }, (_, n) => n);
      return each.map((y) => each.map((x) => data[(at(y) * width + at(x)) * 4] < 128));
    })()`,
  );
}

describe("the bill page in a browser", () => {
  it("needs one request in every state, is styled, and breaks no rule of its own", async () => {
    await using tab = await aTab();
    for (const name of names) {
      tab.requests.length = 0;
      await tab.open(name);
      expect(
        tab.requests.filter((url) => url.startsWith("http")),
        name,
      ).toEqual([server.origin + server.path]);
      expect(await inPage(tab.page, "getComputedStyle(document.querySelector('section')).borderRadius"), name).toBe(
        "16px",
      );
    }
    expect(tab.complaints).toEqual([]);
  });

  it("fits a screen of 320 pixels in every state, also with letters twice as large", async () => {
    await using tab = await aTab({ viewport: { width: 320, height: 568 } });
    for (const name of names) {
      await tab.open(name);
      expect(await inPage(tab.page, "document.documentElement.scrollWidth"), name).toBe(320);
      await inPage(tab.page, "document.documentElement.style.fontSize = '200%'");
      expect(await inPage(tab.page, "document.documentElement.scrollWidth"), name).toBe(320);
    }
  });

  it("is dark for who prefers that", async () => {
    await using tab = await aTab();
    const ground = () => inPage(tab.page, "getComputedStyle(document.body).backgroundColor");
    await tab.open("due");
    expect(await ground()).toBe("rgb(238, 241, 245)");
    await tab.page.emulateMedia({ colorScheme: "dark" });
    expect(await ground()).toBe("rgb(14, 20, 27)");
  });

  it.each(["light", "dark"] as const)(
    "shows in %s colors a QR code of the UPI link and nothing else",
    async (colorScheme) => {
      await using tab = await aTab({ colorScheme, viewport: { width: 360, height: 740 }, deviceScaleFactor: 2 });
      await tab.open("due");
      const link = viewOf(inLanguage(scenes.due, "en")).ways[0]?.qrLink ?? "";
      const { data, size } = encode(link, { ecc: "L", boostEcc: true, border: 0 });
      expect(await sampled(tab.page, size)).toEqual(data);
    },
  );

  it("can be used by its names and by the keyboard, with the focus always in sight", async () => {
    await using tab = await aTab();
    await tab.open("due-flexible");
    await tab.page.getByLabel("Amount in rupees").focus();
    const order: string[] = [];
    for (let stop = 0; stop < 4; stop++) {
      order.push(await inPage(tab.page, "document.activeElement.textContent || document.activeElement.id"));
      expect(await inPage(tab.page, "getComputedStyle(document.activeElement).outlineStyle")).toBe("solid");
      await tab.page.keyboard.press("Tab");
    }
    expect(order).toEqual([
      "amount",
      "Continue in your UPI app",
      "Show a QR code for this amount",
      "Nothing opened? Try this link",
    ]);
  });

  it.each([
    ["goes on to the UPI app", (policy: string) => policy, false],
    [
      "would be stopped on its way there by a policy that names no rail",
      (policy: string) => policy.replace(" upi:", ""),
      true,
    ],
  ] as const)("%s", async (_, change, stopped) => {
    await using tab = await aTab({ javaScriptEnabled: false });
    await tab.page.route(server.origin + server.path, async (route) => {
      const response = await route.fetch();
      const headers = response.headers();
      await route.fulfill({
        response,
        headers: { ...headers, "content-security-policy": change(headers["content-security-policy"] ?? "") },
      });
    });
    await tab.open("due");
    const answered = tab.page.waitForEvent(
      "requestfailed",
      (request) => request.url().endsWith("/pay") || request.url().startsWith("upi:"),
    );
    await tab.page.getByRole("button", { name: "Pay ₹1,249.00" }).click();
    await answered;
    const isStopped = (): boolean => tab.complaints.some((text) => text.includes("form-action"));
    // The browser tells of it some time after the answer.
    await expect.poll(isStopped, { timeout: 10_000 }).toBe(stopped);
  });

  it("shows a refused amount at its field, then the code for the amount that was taken", async () => {
    await using tab = await aTab();
    const { page } = tab;
    await tab.open("due-flexible");
    await page.getByLabel("Amount in rupees").fill("5");
    await page.getByRole("button", { name: "Show a QR code" }).click();
    expect(await page.getByRole("alert").textContent()).toBe("The amount must be at least ₹100.00.");
    expect(await page.getByLabel("Amount in rupees").getAttribute("aria-invalid")).toBe("true");
    expect(await inPage(page, "document.activeElement.id")).toBe("amount");
    await page.getByLabel("Amount in rupees").fill("৫০০");
    await page.getByRole("button", { name: "Show a QR code" }).click();
    expect(await page.getByRole("img", { name: "QR code to pay ₹500.00 by UPI" }).isVisible()).toBe(true);
    await page.getByRole("link", { name: "Back to the bill" }).click();
    expect(await page.getByRole("heading", { level: 1 }).textContent()).toBe("Electricity, November 2026");
  });
});
