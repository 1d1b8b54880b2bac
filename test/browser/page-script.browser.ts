import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { PageView } from "../../functions/domain/page-view.ts";
import { linkReply } from "../../functions/pages/replies.ts";
import { inLanguage, scenes, viewOf } from "../functions/pages/page-states.ts";
import { startBrowser } from "./browser.ts";

let browser: Browser;
let server: Server;
let view: PageView;
let complaints: string[];

beforeAll(async () => {
  browser = await startBrowser();
  server = createServer((request, response) => {
    const { status, headers, body } = linkReply({ outcome: "found", view }, { accept: request.headers.accept });
    response.writeHead(status, headers).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});

beforeEach(() => {
  complaints = [];
});

afterEach(() => expect(complaints).toEqual([]));

afterAll(async () => {
  await browser?.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

/** Opens the page of what is shown now, in a tab whose clock the test moves. */
async function opened(options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  await page.clock.install();
  page.on("console", (message) => complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(error.message));
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}${view.path}`);
  return page;
}

const brazil = viewOf(inLanguage(scenes["due-brazil"], "en"));

describe("the page's script", () => {
  it("copies the Pix code at a tap, and says so", async () => {
    view = brazil;
    const page = await opened({ permissions: ["clipboard-read", "clipboard-write"] });
    await page.getByRole("button", { name: "Copy", exact: true }).click();
    await page.getByRole("button", { name: "Copied" }).waitFor();
    expect(await page.evaluate("navigator.clipboard.readText()")).toBe(view.ways[0]?.code);
    await page.context().close();
  });

  it("turns the page into the receipt once the payment has arrived", async () => {
    view = viewOf(inLanguage(scenes.due, "en"));
    const page = await opened();
    view = viewOf(inLanguage(scenes.paid, "en"));
    await page.clock.runFor("00:16");
    await page.getByText("This page is your receipt.").waitFor();
    await page.context().close();
  });

  it("leaves the page as it is while nothing has changed", async () => {
    view = viewOf(inLanguage(scenes["due-flexible"], "en"));
    const page = await opened();
    await page.getByLabel("Amount you pay").fill("500");
    const asked = page.waitForResponse((response) => response.request().resourceType() === "fetch");
    await page.clock.runFor("00:16");
    expect((await asked).status()).toBe(200);
    expect(await page.getByLabel("Amount you pay").inputValue()).toBe("500");
    await page.context().close();
  });

  it("is not needed: without it there is no button that does nothing, and the code can be selected", async () => {
    view = brazil;
    const page = await opened({ javaScriptEnabled: false });
    expect(await page.getByRole("button").count()).toBe(0);
    expect(await page.getByLabel("Pix code to copy and paste").inputValue()).toBe(view.ways[0]?.code);
    await page.context().close();
  });
});
