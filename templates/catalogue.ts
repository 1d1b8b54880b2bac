import { readdirSync, readFileSync } from "node:fs";
import * as z from "zod/mini";
import { messages } from "../functions/adapters/wording/messages.ts";

const text = z.string().check(z.minLength(1));

const message = z.strictObject({
  version: z.int().check(z.positive()),
  sms: text,
  whatsApp: z.strictObject({ body: text, button: text }),
  email: z.strictObject({ subject: text, heading: text, lead: text, button: text }),
});

const catalogue = z.strictObject({
  language: z.string().check(z.regex(/^[a-z]{2,3}(-[A-Za-z0-9]+)*$/)),
  common: z.strictObject({
    whatsApp: z.strictObject({ footer: text }),
    email: z.strictObject({
      greeting: text,
      linkNote: text,
      safety: text,
      reason: text,
      unsubscribe: text,
      labels: z.strictObject({
        title: text,
        amount: text,
        dueDate: text,
        paymentAmount: text,
        paidAmount: text,
        paidOn: text,
        receiptReference: text,
        remaining: text,
      }),
    }),
  }),
  example: z.strictObject({
    billerName: text,
    title: text,
    amount: text,
    dueDate: text,
    paymentAmount: text,
    paidAmount: text,
    paidOn: text,
  }),
  messages: z.record(z.enum(messages), message),
});

/** The wording of one language: ICU MessageFormat texts per message and channel, and what all messages of a channel share. */
export type Catalogue = z.output<typeof catalogue>;

/** Every `<language>.json` of the folder in the order of its name; throws with file and field where one is malformed or incomplete. */
export function readCatalogues(folder: URL): readonly Catalogue[] {
  const files = readdirSync(folder)
    .filter((name) => name.endsWith(".json"))
    .sort();
  return files.map((file) => {
    const parsed = z.safeParse(catalogue, JSON.parse(readFileSync(new URL(file, folder), "utf8")));
    if (!parsed.success) throw new Error(`${file}: ${z.prettifyError(parsed.error)}`);
    if (file !== `${parsed.data.language}.json`) throw new Error(`${file}: its language says ${parsed.data.language}`);
    return parsed.data;
  });
}
