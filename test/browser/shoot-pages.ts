import { mkdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BrowserContextOptions } from "playwright-core";
import { inLanguage, scenes } from "../functions/pages/page-states.ts";
import { startBrowser } from "./browser.ts";
import { servePages } from "./page-server.ts";

const phone = { viewport: { width: 360, height: 740 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true };
const looks: Readonly<Record<string, BrowserContextOptions>> = {
  phone,
  "phone-dark": { ...phone, colorScheme: "dark" },
  narrow: { ...phone, viewport: { width: 320, height: 568 } },
  desktop: { viewport: { width: 1280, height: 800 } },
};

const [directory = join(tmpdir(), "duebell-pages"), only = ""] = process.argv.slice(2);
await mkdir(directory, { recursive: true });
await using server = await servePages();
await using browser = await startBrowser();
for (const [look, options] of Object.entries(looks)) {
  await using context = await browser.newContext({ ...options, javaScriptEnabled: false });
  const page = await context.newPage();
  for (const [name, scene] of Object.entries(scenes).filter(([name]) => name.includes(only))) {
    for (const language of ["en", "bn"] as const) {
      await server.show(inLanguage(scene, language));
      await page.goto(server.origin + server.path);
      await page.screenshot({ path: join(directory, `${name}.${language}.${look}.png`), fullPage: true });
    }
  }
  await page.goto(`${server.origin}/EXPOWR/unknown`);
  await page.screenshot({ path: join(directory, `not-found.en.${look}.png`), fullPage: true });
}
process.stdout.write(`${directory}\n`);
