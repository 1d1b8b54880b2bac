import { mkdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BrowserContextOptions } from "playwright-core";
import type { Device } from "../../functions/domain/device.ts";
import { linkReply } from "../../functions/pages/replies.ts";
import { pageLanguages } from "../functions/pages/page-languages.ts";
import { android, desktop, iphone, sceneNames } from "../functions/pages/page-states.ts";
import { startBrowser } from "./browser.ts";
import { replyIn } from "./scene-reply.ts";

const phone = { viewport: { width: 360, height: 740 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true };

type Look = { readonly device: Device; readonly options: BrowserContextOptions };
const looks: Readonly<Record<string, Look>> = {
  phone: { device: android, options: phone },
  "phone-dark": { device: android, options: { ...phone, colorScheme: "dark" } },
  narrow: { device: iphone, options: { ...phone, viewport: { width: 320, height: 568 } } },
  desktop: { device: desktop, options: { viewport: { width: 1280, height: 800 } } },
};

const [directory = join(tmpdir(), "duebell-pages"), only = "", wanted = "en,bn,hi,ta,pt,es", look = ""] =
  process.argv.slice(2);
const languages = pageLanguages.filter((language) => wanted.split(",").includes(language));
const names = sceneNames.filter((name) => name.includes(only));
await mkdir(directory, { recursive: true });
await using browser = await startBrowser();
for (const [lookName, { device, options }] of Object.entries(looks).filter(([name]) => name.includes(look))) {
  await using context = await browser.newContext({ ...options, javaScriptEnabled: false });
  const page = await context.newPage();
  let reply = linkReply({ outcome: "not-found" });
  await page.route("**/*", (route) => route.fulfill(reply));
  const shoot = async (name: string): Promise<void> => {
    await page.goto("https://pay.example.com/");
    await page.screenshot({ path: join(directory, `${name}.${lookName}.png`), fullPage: true });
  };
  for (const name of names) {
    for (const language of languages) {
      reply = replyIn(name, language, device);
      await shoot(`${name}.${language}`);
    }
  }
  reply = linkReply({ outcome: "not-found" });
  await shoot("not-found.en");
}
process.stdout.write(`${directory}\n`);
