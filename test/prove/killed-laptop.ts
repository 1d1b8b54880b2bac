import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { biller, phoneOf } from "../local/support/killed-biller.ts";
import { type StartedProcess, startProcess } from "../local/support/started-process.ts";
import { seeded } from "../support/seeded.ts";

type Message = { readonly id: string; readonly channel: string; readonly to: string };
type Entry = { readonly channel?: string; readonly status?: string };

const dayMs = 86_400_000;

/** What was seen of a laptop that was killed again and again. */
export type Killed = {
  readonly kills: number;
  readonly bills: number;
  readonly received: number;
  /** Messages that the carriers received twice. */
  readonly twice: number;
  /** Bills whose customer got neither message, though no carrier's answer to the second was lost. */
  readonly missing: number;
  /** Hops that a kill left unknown. */
  readonly unknown: number;
  /** Bills whose timeline does not fit what the carriers received. */
  readonly untrue: number;
};

/** A laptop with a data directory; it ends and takes its data with it when it is closed. */
class Laptop {
  readonly #dataDir = mkdtempSync(join(tmpdir(), "duebell-"));
  #running: StartedProcess | undefined;
  #url = "";

  async start(): Promise<void> {
    this.#running = startProcess({ PORT: "0", DUEBELL_DATA: this.#dataDir });
    const ready = await this.#running.line(/Duebell is ready.*\n/);
    this.#url = /http:\/\/127\.0\.0\.1:\d+/.exec(ready)?.[0] ?? "";
  }

  async kill(): Promise<void> {
    this.#running?.child.kill("SIGKILL");
    await this.#running?.ended;
  }

  async close(): Promise<void> {
    await this.kill();
    rmSync(this.#dataDir, { recursive: true, force: true });
  }

  async ask<T>(method: string, path: string, body?: unknown): Promise<T> {
    const sent = body === undefined ? {} : { body: JSON.stringify(body) };
    const response = await fetch(`${this.#url}${path}`, { method, ...sent });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as T;
  }

  received(): Promise<readonly Message[]> {
    return this.ask("GET", "/sandbox/messages");
  }

  async moveTo(now: string): Promise<void> {
    const { now: shown } = await this.ask<{ now: string }>("GET", "/sandbox/clock");
    if (Date.parse(shown) < Date.parse(now)) await this.ask("POST", "/sandbox/clock", { now });
  }

  /** Does something and is killed when `moment` has come, or it is done; then starts again. */
  async dieIn(work: Promise<unknown>, moment: Promise<unknown>): Promise<void> {
    const done = work.catch(() => undefined);
    await Promise.race([done, moment.catch(() => undefined)]);
    await this.kill();
    await done;
    await this.start();
  }
}

/** A day in the life: bills come and are announced, and what was not confirmed falls back. */
type Day = { readonly date: string; readonly numbers: readonly number[] };

async function register(laptop: Laptop, { date, numbers }: Day): Promise<void> {
  const dueDate = new Date(Date.parse(date) + 20 * dayMs).toISOString().slice(0, 10);
  const put = (number: number): Promise<unknown> =>
    laptop.ask("PUT", `/v1/billers/power/bills/b${number}`, {
      customer: { id: `c${number}`, addresses: { whatsapp: phoneOf(number), sms: phoneOf(number) } },
      title: "Electricity",
      amountDue: { value: 10_000 + number, currency: "INR" },
      issuedOn: date,
      dueDate,
    });
  await Promise.all(numbers.map(put));
}

/** Resolves when the carriers have received some messages more. */
async function receivedMore(laptop: Laptop, more: number): Promise<void> {
  const before = (await laptop.received()).length;
  while ((await laptop.received()).length < before + more) await sleep(10);
}

/** Lives through days with two kills each: while the bills come, while they are announced, or while they fall back. */
export async function killAgainAndAgain(options: {
  readonly kills: number;
  readonly billsADay: number;
  readonly seed: number;
  /** No day is begun after this. */
  readonly until: number;
}): Promise<Killed> {
  const below = seeded(options.seed);
  const laptop = new Laptop();
  let [kills, bills] = [0, 0];
  try {
    await laptop.start();
    await laptop.ask("PUT", "/v1/billers/power", biller);
    const { now } = await laptop.ask<{ now: string }>("GET", "/sandbox/clock");
    for (let day = 2; kills < options.kills && (kills === 0 || Date.now() < options.until); day++) {
      const date = new Date(Date.parse(now) + day * dayMs).toISOString().slice(0, 10);
      const numbers = Array.from({ length: options.billsADay }, (_, n) => bills + n);
      kills += await liveADay(laptop, { date, numbers }, below);
      bills += numbers.length;
    }
    await laptop.ask("POST", "/sandbox/clock", { advance: "P2D" });
    return { kills, bills, ...(await judged(laptop, bills)) };
  } finally {
    await laptop.close();
  }
}

async function liveADay(laptop: Laptop, day: Day, below: (limit: number) => number): Promise<number> {
  let kills = 0;
  const some = () => receivedMore(laptop, 1 + below(Math.ceil(day.numbers.length / 2)));
  await laptop.moveTo(`${day.date}T04:29:30Z`);
  if (below(3) === 0) {
    await laptop.dieIn(register(laptop, day), sleep(below(400)));
    kills += 1;
  }
  // A billing system that got no answer tells its bills again.
  await register(laptop, day);
  await laptop.dieIn(laptop.moveTo(`${day.date}T04:31:10Z`), some());
  await laptop.dieIn(laptop.moveTo(`${day.date}T05:05:00Z`), below(2) === 0 ? some() : sleep(below(3_000)));
  await laptop.moveTo(`${day.date}T10:00:00Z`);
  return kills + 2;
}

/** Compares what the carriers received with what the bills say. */
async function judged(laptop: Laptop, bills: number): Promise<Omit<Killed, "kills" | "bills">> {
  const toWhom = (await laptop.received()).map(({ channel, to }) => `${channel} ${to}`);
  const got = new Set(toWhom);
  let [missing, unknown, untrue] = [0, 0, 0];
  for (let number = 0; number < bills; number++) {
    const { timeline } = await laptop.ask<{ timeline: readonly Entry[] }>("GET", `/v1/billers/power/bills/b${number}`);
    const told = new Map(timeline.flatMap(({ channel, status }) => (channel ? [[channel, status] as const] : [])));
    const hasWhatsApp = got.has(`whatsapp ${phoneOf(number)}`);
    const hasSms = got.has(`sms ${phoneOf(number)}`);
    unknown += [...told.values()].filter((status) => status === "unknown").length;
    if (!hasWhatsApp && !hasSms && told.get("sms") !== "unknown") missing += 1;
    const isTrue = told.get("whatsapp") === (hasWhatsApp ? "delivered" : "unknown") && !(hasWhatsApp && hasSms);
    if (!isTrue) untrue += 1;
  }
  return { received: toWhom.length, twice: toWhom.length - got.size, missing, unknown, untrue };
}
