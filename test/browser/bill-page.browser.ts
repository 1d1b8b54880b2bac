import axe from "axe-core";
import type { Browser, BrowserContextOptions } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Device } from "../../functions/domain/device.ts";
import { linkReply, type PageReply } from "../../functions/pages/replies.ts";
import { verifyReply } from "../../functions/pages/verify-page.ts";
import { type PageLanguage, pageLanguages } from "../functions/pages/page-languages.ts";
import { android, desktop, iphone, type SceneName, sceneNames } from "../functions/pages/page-states.ts";
import { startBrowser } from "./browser.ts";
import { replyIn } from "./scene-reply.ts";
import { inPage, newTab } from "./tab.ts";

let browser: Browser;

beforeAll(async () => {
  browser = await startBrowser();
});

afterAll(async () => {
  await browser?.close();
});

const address = "https://pay.example.com/EXPOWR/page";

/** A tab that shows answers without a server. */
async function aTab(options: BrowserContextOptions = {}) {
  const tab = await newTab(browser, options);
  let reply: PageReply = linkReply({ outcome: "not-found" });
  await tab.page.route("**/*", (route) => route.fulfill(reply));
  const show = async (shown: PageReply): Promise<void> => {
    reply = shown;
    await tab.page.goto(address);
  };
  const open = (name: SceneName, language: PageLanguage = "en", device?: Device): Promise<void> =>
    show(replyIn(name, language, device));
  return { ...tab, open, show, [Symbol.asyncDispose]: () => tab[Symbol.asyncDispose]() };
}

describe("the bill page in a browser", () => {
  it("needs one request in every state, is styled, and breaks no rule of its own", async () => {
    await using tab = await aTab();
    for (const name of sceneNames) {
      tab.requests.length = 0;
      await tab.open(name);
      expect(
        tab.requests.filter((url) => url.startsWith("http")),
        name,
      ).toEqual([address]);
      expect(await inPage(tab.page, "getComputedStyle(document.querySelector('section')).borderRadius"), name).toBe(
        "16px",
      );
    }
    // Two answers are refusals, which the browser notes by their status.
    expect(tab.complaints.filter((text) => !text.includes("503"))).toEqual([]);
  });

  it.each(pageLanguages)(
    "fits a screen of 320 pixels in every state in %s, also with letters twice as large",
    async (language) => {
      await using tab = await aTab({ viewport: { width: 320, height: 568 } });
      for (const name of sceneNames) {
        await tab.open(name, language, iphone);
        expect(await inPage(tab.page, "document.documentElement.scrollWidth"), name).toBe(320);
        await inPage(tab.page, "document.documentElement.style.fontSize = '200%'");
        expect(await inPage(tab.page, "document.documentElement.scrollWidth"), name).toBe(320);
      }
    },
  );

  it("is dark for who prefers that", async () => {
    await using tab = await aTab();
    const ground = () => inPage(tab.page, "getComputedStyle(document.body).backgroundColor");
    await tab.open("due");
    expect(await ground()).toBe("rgb(238, 241, 245)");
    await tab.page.emulateMedia({ colorScheme: "dark" });
    expect(await ground()).toBe("rgb(14, 20, 27)");
  });

  it.each([
    ["light", "a computer", desktop],
    ["light", "an Android phone", android],
    ["dark", "an iPhone", iphone],
  ] as const)(
    "has nothing in %s colors on %s that axe finds to stand in anybody's way",
    async (colorScheme, _, device) => {
      const small = device === desktop ? {} : { viewport: { width: 360, height: 740 } };
      await using tab = await aTab({ colorScheme, ...small });
      const shown: [string, () => Promise<void>][] = [
        ...sceneNames.map((name): [string, () => Promise<void>] => [name, () => tab.open(name, "en", device)]),
        ["not found", () => tab.show(linkReply({ outcome: "not-found" }))],
        ["verify", () => tab.show(verifyReply({ outcome: "not-asked", linkHost: "pay.example.com" }))],
      ];
      for (const [name, show] of shown) {
        await show();
        await inPage(tab.page, axe.source);
        const { violations } = await inPage<axe.AxeResults>(tab.page, "axe.run(document)");
        expect(
          violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`),
          name,
        ).toEqual([]);
      }
    },
  );

  it("shows every control of a phone that stands outside a sentence at least 24 pixels high and wide", async () => {
    await using tab = await aTab({ viewport: { width: 360, height: 740 } });
    for (const name of sceneNames) {
      await tab.open(name, "en", android);
      const small = await inPage(
        tab.page,
        `[...document.querySelectorAll(":not(p) > a,button,input,textarea,summary")]
          .map((control) => [control.outerHTML.slice(0, 80), control.getBoundingClientRect()])
          .filter(([, { width, height }]) => width > 0 && (width < 24 || height < 24)).map(([html]) => html)`,
      );
      expect(small, name).toEqual([]);
    }
  });

  it("loses nothing on paper but what cannot be pressed there", async () => {
    await using tab = await aTab();
    await tab.open("paid", "bn");
    await tab.page.emulateMedia({ media: "print" });
    expect(await tab.page.locator("h1").isVisible()).toBe(true);
    expect(await tab.page.locator(".sum").isVisible()).toBe(true);
    await tab.open("due-flexible");
    expect(await tab.page.locator("button:visible, input:visible").count()).toBe(0);
  });
});
