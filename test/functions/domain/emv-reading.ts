import { crc16 } from "../../../functions/domain/emv-code.ts";

/** The fields of an EMV code or of one of its templates, in order; throws where a length is wrong. */
export function fieldsOf(text: string): readonly (readonly [tag: string, value: string])[] {
  const fields: [string, string][] = [];
  let at = 0;
  while (at < text.length) {
    const head = /^(\d\d)(\d\d)$/.exec(text.slice(at, at + 4));
    const length = Number(head?.[2]);
    if (!head?.[1] || length === 0 || at + 4 + length > text.length) throw new Error(`no field at ${at} of ${text}`);
    fields.push([head[1], text.slice(at + 4, at + 4 + length)]);
    at += 4 + length;
  }
  return fields;
}

/** The value under a path of tags: `("26", "01")`. */
export function fieldOf(text: string, ...[tag, ...rest]: readonly string[]): string | undefined {
  const value = fieldsOf(text).find(([name]) => name === tag)?.[1];
  return value === undefined || rest.length === 0 ? value : fieldOf(value, ...rest);
}

/** Whether the code ends with the checksum of all that comes before it. */
export const isSealed = (code: string): boolean =>
  /6304[0-9A-F]{4}$/.test(code) && crc16(code.slice(0, -4)) === code.slice(-4);
