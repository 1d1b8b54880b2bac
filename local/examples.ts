import { existsSync, readFileSync } from "node:fs";
import { parse } from "csv-parse/sync";
import { BillerSettings } from "../functions/domain/biller.ts";
import { type LocalDate, momentOf } from "../functions/domain/local-time.ts";
import type { Laptop } from "./laptop.ts";

const folder = new URL("../examples/", import.meta.url);

/** The example biller's id; its settings are in `examples/biller.json`, its offers in `offers.json`, its bills in `bills.csv`. */
export const exampleBiller = "example-power";

/** What the examples hold, and when the first of their messages go out. */
export interface Examples {
  readonly settings: string;
  /** The biller's offers by their ids. */
  readonly offers: Readonly<Record<string, unknown>>;
  readonly bills: Buffer;
  /** When most of the bills are announced, in milliseconds since 1970. */
  readonly announcedAt: number;
}

const fiveMinutes = 5 * 60_000;

function commonest(values: readonly string[]): string | undefined {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort(([, left], [, right]) => right - left)[0]?.[0];
}

/** Reads `examples/`; undefined where there are none. Throws where the biller's settings are not what the API takes. */
export function readExamples(): Examples | undefined {
  const [billerFile, billsFile] = [new URL("biller.json", folder), new URL("bills.csv", folder)];
  if (!existsSync(billerFile) || !existsSync(billsFile)) return undefined;
  const text = readFileSync(billerFile, "utf8");
  const settings = BillerSettings.parse(JSON.parse(text));
  const bills = readFileSync(billsFile);
  const offers = JSON.parse(readFileSync(new URL("offers.json", folder), "utf8")) as Examples["offers"];
  const rows = parse(bills, { columns: true, bom: true, skip_empty_lines: true }) as readonly Record<string, string>[];
  const issuedOn = commonest(rows.flatMap((row) => row["issuedOn"] ?? []));
  const first = settings.cadence.find(({ relativeTo, days }) => relativeTo === "issuedOn" && days === 0);
  if (issuedOn === undefined || first === undefined)
    throw new Error("examples/: no bill says when it was issued, or no step announces it");
  return { settings: text, offers, bills, announcedAt: momentOf(issuedOn as LocalDate, first.at, settings.timeZone) };
}

/** What a fresh laptop's clock should show, so that there is time to import before the first messages are due. */
export const beforeAnnouncement = ({ announcedAt }: Examples): number => announcedAt - fiveMinutes;

async function send(url: string, method: string, body: string | Buffer): Promise<Response> {
  const response = await fetch(url, { method, body: typeof body === "string" ? body : new Uint8Array(body) });
  if (!response.ok) throw new Error(`${method} ${url}: ${response.status} ${await response.text()}`);
  return response;
}

/** Puts the example biller with its offers and imports its bills through the API as anyone would; what it returns moves the clock to their announcement. */
export async function importExamples(laptop: Laptop, examples: Examples): Promise<() => Promise<void>> {
  const biller = `${laptop.url}/v1/billers/${exampleBiller}`;
  await send(biller, "PUT", examples.settings);
  for (const [id, offer] of Object.entries(examples.offers))
    await send(`${biller}/offers/${id}`, "PUT", JSON.stringify(offer));
  const started = await send(`${biller}/imports`, "POST", '{"format":"csv"}');
  const { importId, uploadUrl } = (await started.json()) as { readonly importId: string; readonly uploadUrl: string };
  await send(uploadUrl, "PUT", examples.bills);
  await laptop.settle();
  const response = await fetch(`${biller}/imports/${importId}`);
  const { status } = (await response.json()) as { readonly status: string };
  if (status !== "done") throw new Error(`the import of the example bills is ${status}`);
  return () => laptop.moveTo(Math.max(laptop.clock.now(), examples.announcedAt + 90_000));
}
