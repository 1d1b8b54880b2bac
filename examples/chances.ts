/** Numbers from 0 to 1 that look random and are the same every time (mulberry32). */
function chances(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** The next of them. */
export const chance = chances(20_261_115);

/** A whole number from one to the other, both among them. */
export const whole = (from: number, to: number): number => from + Math.floor(chance() * (to - from + 1));

/** One of the values. */
export function pick<T>(values: readonly T[]): T {
  const value = values[whole(0, values.length - 1)];
  if (value === undefined) throw new Error("there is nothing to pick from");
  return value;
}

/** One of the values, each as often as its weight says. */
export function weighed<T>(values: readonly (readonly [weight: number, value: T])[]): T {
  let left = chance() * values.reduce((sum, [weight]) => sum + weight, 0);
  for (const [weight, value] of values) {
    left -= weight;
    if (left < 0) return value;
  }
  throw new Error("the weights do not add up");
}
