import * as z from "zod/mini";
import { visibleText } from "./visible-text.ts";

/** A field for a person to read, at most `most` characters: no control, direction or broken characters, and something to be seen. */
export const textField = (most: number) =>
  z.string().check(
    z.minLength(1),
    z.maxLength(most),
    z.regex(
      /^[^\p{Cc}\p{Cs}\u2028\u2029\u202A-\u202E\u2066-\u2069\uFFFD]*$/u,
      "must not hold control, direction or broken characters",
    ),
    z.refine((value) => value === "" || visibleText(value) !== "", "must hold something that can be seen"),
  );

/** Names that mean something to the language itself and cannot be keys of what is stored. */
const taken: ReadonlySet<string> = new Set(["constructor", "prototype", "__proto__"]);

/** Refuses a record whose keys cannot be stored, or that has more than `most` of them. */
export const boundedRecord = (most: number) => [
  z.refine((record) => keysOf(record).length <= most, `must not have more than ${most} entries`),
  z.refine(
    (record) => keysOf(record).every((key) => !taken.has(key)),
    "must not use constructor, prototype or __proto__ as a key",
  ),
];

const keysOf = (record: unknown): readonly string[] => Object.keys(record as object);
