import type { Browser, BrowserContextOptions, Page } from "playwright-core";

/** A tab, with what the browser complained about and every request it made. */
export type Tab = AsyncDisposable & {
  readonly page: Page;
  readonly complaints: string[];
  readonly requests: string[];
};

/** Opens a tab of its own, which keeps nothing and shares nothing. */
export async function newTab(browser: Browser, options: BrowserContextOptions = {}): Promise<Tab> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const complaints: string[] = [];
  const requests: string[] = [];
  page.on("console", (message) => complaints.push(message.text()));
  page.on("request", (request) => requests.push(request.url()));
  return { page, complaints, requests, [Symbol.asyncDispose]: () => context.close() };
}

/** What an expression is in the page: as text, since the code here knows no DOM. */
export const inPage = async <T>(page: Page, expression: string): Promise<T> => (await page.evaluate(expression)) as T;
