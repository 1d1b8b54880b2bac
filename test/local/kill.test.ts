import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { biller, phoneOf } from "./support/killed-biller.ts";
import { type StartedProcess, startProcess } from "./support/started-process.ts";

const dataDir = mkdtempSync(join(tmpdir(), "duebell-"));
const day = 86_400_000;
const bills = 60;

type Message = {
  readonly id: string;
  readonly channel: string;
  readonly to: string;
  readonly status: string;
};
type Entry = { readonly kind: string; readonly step?: string; readonly channel?: string; readonly status?: string };

let running: StartedProcess | undefined;
let url = "";

afterAll(async () => {
  running?.child.kill("SIGKILL");
  await running?.ended;
  rmSync(dataDir, { recursive: true, force: true });
});

async function start(): Promise<void> {
  running = startProcess({ PORT: "0", DUEBELL_DATA: dataDir });
  const ready = await running.line(/Duebell is ready.*\n/);
  url = /http:\/\/127\.0\.0\.1:\d+/.exec(ready)?.[0] ?? "";
}

async function kill(): Promise<void> {
  running?.child.kill("SIGKILL");
  expect(await running?.ended).toBeNull();
}

async function ask<T>(method: string, path: string, body?: unknown): Promise<T> {
  const sent = body === undefined ? {} : { body: JSON.stringify(body) };
  const response = await fetch(`${url}${path}`, { method, ...sent });
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
  return (await response.json()) as T;
}

const received = (): Promise<readonly Message[]> => ask("GET", "/sandbox/messages");
const clock = async (): Promise<number> => Date.parse((await ask<{ now: string }>("GET", "/sandbox/clock")).now);
const secrets = (): Promise<unknown> => ask("GET", "/sandbox/secrets?biller=power");

const billOf = (number: number, issuedOn: string, dueDate: string): unknown => {
  const phone = phoneOf(number);
  return {
    customer: { id: `c${number}`, addresses: { whatsapp: phone, sms: phone } },
    title: "Electricity",
    amountDue: { value: 10_000 + number, currency: "INR" },
    issuedOn,
    dueDate,
  };
};

const numbers = Array.from({ length: bills }, (_, number) => number);

async function putBills(today: string): Promise<void> {
  await ask("POST", "/sandbox/clock", { now: `${today}T04:29:30Z` });
  await ask("PUT", "/v1/billers/power", biller);
  const dueDate = new Date(Date.parse(today) + 20 * day).toISOString().slice(0, 10);
  await Promise.all(
    numbers.map((number) => ask("PUT", `/v1/billers/power/bills/b${number}`, billOf(number, today, dueDate))),
  );
}

/** Moves the clock, and kills the laptop as soon as one message more than `before` was received, or the move is over. */
async function killWhileMoving(now: string, before: number): Promise<readonly Message[]> {
  let moved = false;
  const moving = ask("POST", "/sandbox/clock", { now })
    .catch(() => undefined)
    .finally(() => {
      moved = true;
    });
  let seen = await received();
  while (seen.length <= before && !moved) seen = await received();
  await kill();
  await moving;
  return seen;
}

const idsOf = (messages: readonly Message[]): readonly string[] => messages.map(({ id }) => id);

/** Starts again and finds everything that was there. */
async function startAgain(seen: readonly Message[], shown: number, made: unknown): Promise<void> {
  await start();
  expect(await clock()).toBeGreaterThanOrEqual(shown);
  expect(idsOf(await received())).toEqual(expect.arrayContaining([...idsOf(seen)]));
  expect(await secrets()).toEqual(made);
}

it("a laptop killed while it sends loses nothing and sends nothing twice", async () => {
  await start();
  const today = new Date((await clock()) + 2 * day).toISOString().slice(0, 10);
  await putBills(today);
  const made = await secrets();
  let seen: readonly Message[] = [];
  // The announcements; then what is left of them, and the fallbacks of those that were claimed and never sent.
  for (const now of [`${today}T04:31:10Z`, `${today}T05:05:00Z`]) {
    const shown = await clock();
    seen = await killWhileMoving(now, seen.length);
    await startAgain(seen, shown, made);
  }

  await ask("POST", "/sandbox/clock", { advance: "P1D" });
  const messages = await received();
  const toWhom = messages.map(({ channel, to }) => `${channel} ${to}`);
  expect(new Set(toWhom).size).toBe(toWhom.length);
  expect(new Set(messages.map(({ status }) => status))).toEqual(new Set(["delivered"]));
  for (const number of numbers) {
    const { timeline } = await ask<{ timeline: readonly Entry[] }>("GET", `/v1/billers/power/bills/b${number}`);
    const ended = timeline.flatMap(({ channel, status }) => (channel === undefined ? [] : [`${channel} ${status}`]));
    // A hop that was claimed when the kill came is unknown, and the next one goes out.
    const arrived = toWhom.includes(`whatsapp ${phoneOf(number)}`);
    const first = arrived ? "whatsapp delivered" : "whatsapp unknown";
    expect(ended.filter((entry) => entry.startsWith("whatsapp"))).toEqual([first]);
    if (arrived) expect(toWhom).not.toContain(`sms ${phoneOf(number)}`);
    else expect(["sms delivered", "sms unknown"]).toContain(ended[1]);
    if (ended[1] === "sms delivered") expect(toWhom).toContain(`sms ${phoneOf(number)}`);
  }
});
