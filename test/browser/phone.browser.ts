import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { aBillFor, examplePower, openTown, type Town } from "../journeys/town.ts";
import { startBrowser } from "./browser.ts";

let browser: Browser;
let town: Town;
let page: Page;

beforeAll(async () => {
  [browser, town] = await Promise.all([startBrowser(), openTown("2026-11-16T03:00:00Z")]);
  await town.api("PUT", "/v1/billers/power", examplePower);
  const customer = { id: "c1", addresses: { whatsapp: "+919830010001" } };
  await town.api("PUT", "/v1/billers/power/bills/b1", aBillFor(customer));
  await town.until("2026-11-16T04:35:00Z");
  page = await browser.newPage();
  await page.goto(`${town.laptop.url}/`);
});

afterAll(async () => {
  await browser?.close();
  await town?.stop();
});

const inPhone = () => page.frameLocator("#page");

describe("the console's phone", () => {
  it("opens the link of a message in its own frame, as the device that it is", async () => {
    await page.locator("#messages a").first().click();
    await inPhone().locator("a[href^='intent:']").first().waitFor();
    await page.selectOption("#device", "iphone");
    await inPhone().locator("a[href^='phonepe:']").first().waitFor();
    expect(await inPhone().locator("a[href^='intent:']").count()).toBe(0);
  });

  it("says which app a tap would have opened, and pays there", async () => {
    await inPhone().locator("a[href^='phonepe:']").first().click();
    await page.locator("#tapped-link", { hasText: "phonepe://pay?pa=examplepower@icici" }).waitFor();
    await page.locator("#tapped-pay").click();
    await inPhone().locator("main .paid, body.paid").first().waitFor();
    expect(await page.locator("#tapped").isVisible()).toBe(false);
  });

  it("is closed by a key, and shows the messages again", async () => {
    await page.keyboard.press("Escape");
    await page.locator("#messages").waitFor();
    expect(await page.locator("#browser").isVisible()).toBe(false);
  });
});
