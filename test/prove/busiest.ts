/** The most that fell on one key in one second. */
export class Busiest {
  readonly #counts = new Map<string, number>();
  #second = -1;
  most = 0;
  total = 0;

  count(key: string, now: number, writes = 1): void {
    const second = Math.floor(now / 1_000);
    if (second !== this.#second) this.#counts.clear();
    this.#second = second;
    const sum = (this.#counts.get(key) ?? 0) + writes;
    this.#counts.set(key, sum);
    this.total += writes;
    this.most = Math.max(this.most, sum);
  }
}
