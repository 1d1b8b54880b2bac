/** A set of whole numbers written as intervals in rising order, `0-57,59`: short where the numbers lie together. */
type Interval = readonly [first: number, last: number];

function intervalsOf(text: string): Interval[] {
  if (text === "") return [];
  return text.split(",").map((interval) => {
    const [first, last = first] = interval.split("-");
    return [Number(first), Number(last)] as const;
  });
}

const written = (intervals: readonly Interval[]): string =>
  intervals.map(([first, last]) => (first === last ? `${first}` : `${first}-${last}`)).join(",");

/** Whether the set holds `n`. */
export const holds = (text: string, n: number): boolean =>
  intervalsOf(text).some(([first, last]) => first <= n && n <= last);

/** How many numbers the set holds. */
export const countOf = (text: string): number =>
  intervalsOf(text).reduce((sum, [first, last]) => sum + last - first + 1, 0);

/** The set with `n` in it. */
export function addTo(text: string, n: number): string {
  if (holds(text, n)) return text;
  const joined: Interval[] = [];
  for (const [first, last] of [...intervalsOf(text), [n, n] as const].toSorted(([a], [b]) => a - b)) {
    const before = joined.at(-1);
    if (before && before[1] + 1 === first) joined[joined.length - 1] = [before[0], last];
    else joined.push([first, last]);
  }
  return written(joined);
}
