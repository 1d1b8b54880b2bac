/** A 53-bit hash of a text in base 36 (cyrb53): a short name among the few of one bill, never a secret. */
export function shortHash(text: string): string {
  let a = 0xdeadbeef;
  let b = 0x41c6ce57;
  for (const letter of text) {
    const point = letter.codePointAt(0) ?? 0;
    a = Math.imul(a ^ point, 2654435761);
    b = Math.imul(b ^ point, 1597334677);
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
  return (4294967296 * (2097151 & b) + (a >>> 0)).toString(36);
}

/** A chance from 0 to less than 1, the same for the same text: what happened together is spread by it. */
export const chanceOf = (text: string): number => Number.parseInt(shortHash(text).slice(-6), 36) / 36 ** 6;
