import { type Browser, chromium } from "playwright-core";

/** The browser the checks run in: `CHROMIUM`, or where Linux distributions put it. */
const { CHROMIUM: browserPath = "/usr/bin/chromium" } = process.env;

/** Starts a browser that speaks to nobody but the page's own server. */
export const startBrowser = (): Promise<Browser> =>
  chromium.launch({
    executablePath: browserPath,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
