const time = /^(\d{4})-(\d\d)-(\d\d)T(?:[01]\d|2[0-3]):\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/;

/** An ISO 8601 time with zone in milliseconds since 1970; NaN for any other text, and for a day that no calendar has. */
export function momentOfText(text: string): number {
  const [, year, month, day] = time.exec(text) ?? [];
  if (year === undefined) return Number.NaN;
  // `Date.parse` takes 30 February for 2 March.
  const midnight = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  return midnight.getUTCDate() === Number(day) ? Date.parse(text) : Number.NaN;
}
