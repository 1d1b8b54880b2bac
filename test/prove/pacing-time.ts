import { setImmediate as breathe } from "node:timers/promises";

type Event = { readonly at: number; readonly order: number; readonly run: () => void };

/** Virtual time: events in the order of their milliseconds, and promises that wait for one. */
export class VirtualTime {
  #now: number;
  #order = 0;
  readonly #heap: Event[] = [];

  constructor(start: number) {
    this.#now = start;
  }

  now(): number {
    return this.#now;
  }

  /** Runs `run` at a moment; what has passed is run now. */
  at(moment: number, run: () => void): void {
    this.#push({ at: Math.max(Math.ceil(moment), this.#now), order: this.#order++, run });
  }

  sleep(ms: number): Promise<void> {
    return this.until(this.#now + ms);
  }

  until(moment: number): Promise<void> {
    return new Promise((resolve) => this.at(moment, resolve));
  }

  /** Runs until nothing is left to happen. */
  async run(): Promise<void> {
    let turns = 0;
    for (let next = this.#heap[0]; next; next = this.#heap[0]) {
      this.#now = next.at;
      while (this.#heap[0]?.at === this.#now) this.#pop()?.run();
      // Whatever was waited for goes on before time does: a tick comes after all promises that are settled.
      await new Promise<void>((resolve) => process.nextTick(resolve));
      turns += 1;
      if (turns % 100_000 === 0) await breathe();
    }
  }

  #push(event: Event): void {
    const heap = this.#heap;
    let index = heap.push(event) - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!isBefore(event, heap[parent] as Event)) break;
      heap[index] = heap[parent] as Event;
      index = parent;
    }
    heap[index] = event;
  }

  #pop(): Event | undefined {
    const heap = this.#heap;
    const top = heap[0];
    const last = heap.pop();
    if (heap.length === 0 || !last) return top;
    let index = 0;
    for (;;) {
      let child = 2 * index + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && isBefore(heap[child + 1] as Event, heap[child] as Event)) child += 1;
      if (!isBefore(heap[child] as Event, last)) break;
      heap[index] = heap[child] as Event;
      index = child;
    }
    heap[index] = last;
    return top;
  }
}

const isBefore = (a: Event, b: Event): boolean => a.at < b.at || (a.at === b.at && a.order < b.order);

/** Numbers between `low` and `high` that are the same in every run (mulberry32). */
export function seeded(seed: number): (low: number, high: number) => number {
  let state = seed;
  return (low, high) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return low + (((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * (high - low);
  };
}
