import type { NumberItems } from "../../functions/adapters/dynamodb/number-items.ts";
import { paceOn } from "../../functions/adapters/dynamodb/pace-store.ts";
import type { BillerId } from "../../functions/domain/ids.ts";
import { minuteMs } from "../../functions/domain/local-time.ts";
import { claimLeadMs, sweepPace, untilSlot } from "../../functions/domain/pace.ts";
import type { Pace, Slot } from "../../functions/ports.ts";
import { memoryNumberItems } from "../support/memory-pace.ts";
import { Busiest } from "./busiest.ts";
import { FairQueue, type Waiting } from "./pacing-queue.ts";
import type { Load, Seen, Setting } from "./pacing-setting.ts";
import { seeded, VirtualTime } from "./pacing-time.ts";

const dueAt = Date.parse("2026-11-15T04:30:00Z");

/** Lets a queue, a sweep, Lambdas and the pace play through a load until all is sent. */
export class PacingWorld {
  readonly #setting: Setting;
  readonly #time = new VirtualTime(dueAt);
  readonly #random: (low: number, high: number) => number;
  readonly #queue = new FairQueue();
  readonly #idle: Pace[] = [];
  readonly #items: NumberItems;
  readonly #load: Load[] = [];
  readonly #calls: Float64Array;
  /** Bills in the due index, by minute and lane. */
  readonly #index = new Map<number, number[][]>();
  readonly #lanes: Busiest[];
  readonly #pace = new Busiest();
  #firstAt = 0;
  #running = 0;
  #waking = false;
  #sent = 0;
  #redates = 0;
  #delays = 0;
  #lost = 0;

  constructor(setting: Setting) {
    this.#setting = setting;
    this.#random = seeded(setting.seed);
    for (const load of setting.loads) for (let i = 0; i < load.bills; i++) this.#load.push(load);
    this.#calls = new Float64Array(this.#load.length);
    this.#lanes = Array.from({ length: setting.lanes }, () => new Busiest());
    this.#items = this.#slowItems();
  }

  async run(): Promise<Seen> {
    this.#load.forEach((_, bill) => {
      this.#put(bill, dueAt);
    });
    this.#time.at(dueAt + minuteMs, () => this.#sweep());
    await this.#time.run();
    return {
      dueAt,
      startedAt: this.#firstAt,
      calls: this.#calls,
      redates: this.#redates,
      delays: this.#delays,
      lost: this.#lost,
      busiestLane: Math.max(...this.#lanes.map(({ most }) => most)),
      busiestPace: this.#pace.most,
      paceWrites: this.#pace.total,
    };
  }

  #ms(low: number, high: number): number {
    return Math.round(this.#random(low, high));
  }

  #write = (): number => this.#ms(5, 40);

  #slowItems(): NumberItems {
    const table = memoryNumberItems();
    const slow = async <T>(work: () => Promise<T>): Promise<T> => {
      const ms = this.#write();
      await this.#time.sleep(ms / 2);
      const answer = await work();
      await this.#time.sleep(ms / 2);
      return answer;
    };
    return {
      get: (key) => slow(() => table.get(key)),
      update: (update) =>
        slow(() => {
          this.#pace.count(update.key.pk, this.#time.now());
          return table.update(update);
        }),
    };
  }

  #put(bill: number, minute: number): void {
    let lanes = this.#index.get(minute);
    if (!lanes) {
      lanes = Array.from({ length: this.#setting.lanes }, () => []);
      this.#index.set(minute, lanes);
    }
    lanes[bill % this.#setting.lanes]?.push(bill);
  }

  /** Each minute and lane: what was due in the minutes before goes into the queue, a page of five hundred at a time. */
  #sweep(): void {
    const minute = this.#time.now();
    for (const [due, lanes] of this.#index) {
      if (due >= minute) continue;
      this.#index.delete(due);
      for (const bills of lanes) this.#time.at(minute + this.#ms(1_000, 15_000), () => this.#queuePage(bills, 0));
    }
    if (this.#sent < this.#load.length) this.#time.at(minute + minuteMs, () => this.#sweep());
  }

  /** A page as the sweep reads it, eight requests of ten messages at a time. */
  #queuePage(bills: readonly number[], from: number): void {
    this.#firstAt ||= this.#time.now();
    const startedAt = this.#time.now();
    const pace = sweepPace(startedAt);
    const end = Math.min(from + pace.bills, bills.length);
    let at = startedAt + this.#ms(10, 30);
    for (let round = from; round < end; round += 80) {
      for (let first = round; first < Math.min(round + 80, end); first += 10) {
        const batch = bills.slice(first, Math.min(first + 10, end));
        this.#time.at(at + this.#ms(5, 30), () => {
          for (const bill of batch) this.#send({ bill, group: this.#loadOf(bill).biller });
        });
      }
      at += 30;
    }
    if (end < bills.length)
      this.#time.at(Math.max(at + this.#write(), startedAt + pace.ms), () => this.#queuePage(bills, end));
  }

  #send(item: Waiting): void {
    this.#queue.push(item);
    this.#poll();
  }

  #loadOf = (bill: number): Load => this.#load[bill] as Load;

  /** The event source: five Lambdas at first, five more each second, to the limit (AWS Lambda, "Using Lambda with Amazon SQS"). */
  #poll(): void {
    const queue = this.#queue;
    const seconds = (this.#time.now() - this.#firstAt) / 1_000;
    const limit = Math.min(this.#setting.concurrency, Math.floor(5 + 5 * seconds));
    while (this.#running < limit && queue.length > 0) {
      this.#running += 1;
      const batch = queue.take();
      void this.#work(batch).then(() => {
        queue.done(batch);
        this.#running -= 1;
        this.#poll();
      });
    }
    if (queue.length === 0 || limit === this.#setting.concurrency || this.#waking) return;
    this.#waking = true;
    this.#time.at(this.#time.now() + 200, () => {
      this.#waking = false;
      this.#poll();
    });
  }

  async #work(batch: readonly Waiting[]): Promise<void> {
    const pace = this.#idle.pop() ?? this.#newPace();
    await this.#time.sleep(this.#ms(10, 60) + this.#write());
    await Promise.all(batch.map((item) => this.#workOff(pace, item)));
    this.#idle.push(pace);
  }

  async #workOff(pace: Pace, item: Waiting): Promise<void> {
    const slot = await this.#reserve(pace, item);
    if (slot.outcome === "later") return await this.#redate(item, slot.at);
    if (slot.outcome === "open-circuit") throw new Error("nobody reported a failure");
    if (item.slot !== undefined && slot.at !== item.slot) this.#lost += 1;
    const way = untilSlot(slot.at, this.#time.now());
    if (way.do === "delay") return await this.#delay(item, slot.at, way.seconds);
    return await this.#call(item.bill, slot.at);
  }

  /** A Lambda of its own: the real arithmetic, with what this one has seen. */
  #newPace(): Pace {
    const { lanes } = this.#setting;
    return paceOn({
      items: this.#items,
      clock: this.#time,
      timer: this.#time,
      lanes,
      pause: () => this.#time.sleep(20),
    });
  }

  #reserve(pace: Pace, { bill, slot }: Waiting): Promise<Slot> {
    const { biller, line } = this.#loadOf(bill);
    return pace.reserve({
      line,
      biller: biller as BillerId,
      perSecond: this.#setting.perSecond,
      units: 1,
      ...(slot !== undefined && { slot }),
    });
  }

  /** A write that moves the bill in the index: two writes of its lane. */
  async #redate({ bill }: Waiting, at: number): Promise<void> {
    const now = this.#time.now();
    this.#redates += 1;
    this.#lanes[bill % this.#setting.lanes]?.count("", now, 2);
    this.#put(bill, Math.max(Math.ceil(at / minuteMs) * minuteMs, (Math.floor(now / minuteMs) + 1) * minuteMs));
    await this.#time.sleep(this.#write());
  }

  async #delay(item: Waiting, slot: number, seconds: number): Promise<void> {
    this.#delays += 1;
    await this.#time.sleep(this.#ms(10, 40));
    this.#time.at(this.#time.now() + seconds * 1_000 + this.#ms(0, 300), () => {
      this.#send({ ...item, slot });
    });
  }

  /** Claim, call and record. */
  async #call(bill: number, slot: number): Promise<void> {
    await this.#time.until(slot - claimLeadMs + this.#random(0, 3));
    this.#lanes[bill % this.#setting.lanes]?.count("", this.#time.now(), 2);
    const call = Math.max(this.#time.now() + this.#write(), slot) + this.#random(0, 3);
    this.#calls[bill] = call;
    this.#sent += 1;
    await this.#time.until(call + this.#ms(50, 300) + this.#write());
  }
}
