/** Reads JSON with every number as the text it was written in, so that none passes through a float; undefined where it is no JSON. */
export function exactJsonIn(text: string): unknown {
  try {
    return JSON.parse(text, (_key, value: unknown, context?: { readonly source?: string }) =>
      typeof value === "number" ? (context?.source ?? value) : value,
    );
  } catch {
    return undefined;
  }
}

const number = /^(\d{1,20})(?:\.(\d{1,20}))?(?:[eE]([+-]?\d{1,2}))?$/;

/** A JSON number's text as a plain decimal without zeros at its end: `1.2990E2` is `129.9`; undefined for a negative one. */
export function plainDecimal(text: string): string | undefined {
  const match = number.exec(text);
  if (!match) return undefined;
  const [, whole = "", fraction = "", exponent = "0"] = match;
  const shift = Number(exponent);
  const digits = `${"0".repeat(Math.max(0, -shift))}${whole}${fraction}${"0".repeat(Math.max(0, shift))}`;
  const point = Math.max(0, -shift) + whole.length + shift;
  const before = digits.slice(0, point).replace(/^0+(?=\d)/, "");
  const after = digits.slice(point).replace(/0+$/, "");
  return after ? `${before}.${after}` : before;
}
