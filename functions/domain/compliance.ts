import * as z from "zod/mini";
import { SendWindow } from "./send-window.ts";

/** How many reminders one customer gets of one biller, over all its bills: a step counts once, however many of its hops go out. */
export const Caps = z.strictObject({
  perDay: z.exactOptional(z.int().check(z.minimum(1), z.maximum(50))),
  /** From Monday to Sunday in the customer's zone. */
  perWeek: z.exactOptional(z.int().check(z.minimum(1), z.maximum(200))),
});
export type Caps = z.output<typeof Caps>;

/** What applies to bills of these categories besides the biller's own window and caps: the narrower of two counts. */
export const ComplianceRule = z.strictObject({
  categories: z
    .array(z.string().check(z.regex(/^[a-z0-9-]{1,32}$/, "must be 1 to 32 characters of a-z 0-9 -")))
    .check(z.minLength(1, "must name at least one category"), z.maxLength(40)),
  window: z.exactOptional(SendWindow),
  caps: z.exactOptional(Caps),
  /** `explicit`: a reminder needs the customer's recorded consent for its channel. */
  consent: z.exactOptional(z.literal("explicit")),
});
export type ComplianceRule = z.output<typeof ComplianceRule>;
