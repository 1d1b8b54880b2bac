/** One bill that waits to be sent; the slot it was given, if it was. */
export type Waiting = { readonly bill: number; readonly group: string; readonly slot?: number };

const batchSize = 10;

/** First in, first out, without moving what is left. */
class Line {
  #items: Waiting[] = [];
  #head = 0;

  get length(): number {
    return this.#items.length - this.#head;
  }

  push(item: Waiting): void {
    this.#items.push(item);
  }

  take(): Waiting | undefined {
    const item = this.#items[this.#head++];
    if (this.#head > 10_000 && this.#head * 2 > this.#items.length) {
      this.#items = this.#items.slice(this.#head);
      this.#head = 0;
    }
    return item;
  }
}

/**
 * A standard queue as AWS describes its fairness: a group with thirty messages and a tenth of all in flight is noisy, a message without a
 * group is a tenant of its own; what is not noisy goes first, else the group with the fewest in flight.
 */
export class FairQueue {
  readonly #ungrouped = new Line();
  readonly #groups = new Map<string, { readonly line: Line; inFlight: number }>();
  #inFlight = 0;

  get length(): number {
    let sum = this.#ungrouped.length;
    for (const { line } of this.#groups.values()) sum += line.length;
    return sum;
  }

  push(item: Waiting): void {
    if (item.slot !== undefined) this.#ungrouped.push(item);
    else this.#group(item.group).line.push(item);
  }

  /** What one receive hands out. */
  take(): Waiting[] {
    const taken: Waiting[] = [];
    while (taken.length < batchSize) {
      const item = this.#next();
      if (!item) break;
      this.#inFlight += 1;
      if (item.slot === undefined) this.#group(item.group).inFlight += 1;
      taken.push(item);
    }
    return taken;
  }

  /** What was handed out is done with. */
  done(items: readonly Waiting[]): void {
    this.#inFlight -= items.length;
    for (const { group, slot } of items) if (slot === undefined) this.#group(group).inFlight -= 1;
  }

  #next(): Waiting | undefined {
    const candidates = [...this.#groups.values()].filter(({ line }) => line.length > 0);
    const isNoisy = ({ inFlight }: { inFlight: number }) => inFlight >= 30 && inFlight > this.#inFlight / 10;
    const quiet = candidates.find((group) => !isNoisy(group));
    if (this.#ungrouped.length > 0) return this.#ungrouped.take();
    if (quiet) return quiet.line.take();
    return candidates.sort((a, b) => a.inFlight - b.inFlight)[0]?.line.take();
  }

  #group(name: string) {
    let group = this.#groups.get(name);
    if (!group) {
      group = { line: new Line(), inFlight: 0 };
      this.#groups.set(name, group);
    }
    return group;
  }
}
