import * as z from "zod/mini";
import type { BillerId } from "../domain/ids.ts";
import type { AddressWish, DeliveryReport } from "../messages.ts";
import { statusReport } from "./whatsapp-statuses.ts";
import { inboundWishes, preferenceWishes } from "./whatsapp-wishes.ts";

/** Why something in a webhook became no message of ours. */
export type WhatsAppSkip =
  | Extract<ReturnType<typeof statusReport | typeof inboundWishes | typeof preferenceWishes>, string>
  | "other-field"
  | "unknown-sender";

/** What a webhook told, in its order, and how many other things it held, by why they are none of ours. */
export type WhatsAppReading = {
  readonly messages: readonly (DeliveryReport | AddressWish)[];
  readonly skipped: Readonly<Partial<Record<WhatsAppSkip, number>>>;
};

/** Whose webhook it is: the biller's, or the one of all senders, which knows one by Meta's phone number id. */
export type WhatsAppOrigin =
  | { readonly biller: BillerId }
  | { readonly senderOf: (metaPhoneNumberId: string) => string | undefined };

const Entry = z.object({ changes: z.array(z.unknown()) });
const Change = z.object({ field: z.string(), value: z.looseObject({}) });
const Metadata = z.object({ phone_number_id: z.string() });

type Owner = Pick<AddressWish, "biller" | "sender">;

function ownerOf(origin: WhatsAppOrigin, metadata: unknown): Owner | undefined {
  if ("biller" in origin) return { biller: origin.biller };
  const number = Metadata.safeParse(metadata).data?.phone_number_id;
  const sender = number === undefined ? undefined : origin.senderOf(number);
  return sender === undefined ? undefined : { sender };
}

type Found = readonly (DeliveryReport | AddressWish)[] | WhatsAppSkip;

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** Everything in one change, item by item. */
function foundIn(change: unknown, origin: WhatsAppOrigin): readonly Found[] {
  const parsed = Change.safeParse(change);
  if (!parsed.success) return ["malformed"];
  const { field, value } = parsed.data;
  const owner = ownerOf(origin, value["metadata"]);
  const biller = owner?.biller;
  const report = (item: unknown): Found => {
    const found = statusReport(item);
    return typeof found === "string" ? found : [{ ...found, ...(biller !== undefined && { biller }) }];
  };
  const owned = (found: ReturnType<typeof inboundWishes | typeof preferenceWishes>): Found => {
    if (typeof found === "string") return found;
    return owner ? found.map((wish) => ({ ...wish, ...owner })) : "unknown-sender";
  };
  const items =
    field === "messages"
      ? [...list(value["statuses"]).map(report), ...list(value["messages"]).map((item) => owned(inboundWishes(item)))]
      : field === "user_preferences"
        ? list(value["user_preferences"]).map((item) => owned(preferenceWishes(item)))
        : [];
  return items.length > 0 ? items : ["other-field"];
}

function changesOf(entry: unknown): readonly unknown[] {
  const parsed = Entry.safeParse(entry);
  // Kept as one that cannot be read, so that it is counted.
  return parsed.success ? parsed.data.changes : [undefined];
}

/** The delivery reports and wishes in the entries of Meta's webhook; everything else they may hold is counted, one broken part spoils no other, and no shape is an error. */
export function readWhatsAppEntries(entries: readonly unknown[], origin: WhatsAppOrigin): WhatsAppReading {
  const messages: (DeliveryReport | AddressWish)[] = [];
  const skipped: Partial<Record<WhatsAppSkip, number>> = {};
  for (const found of entries.flatMap(changesOf).flatMap((change) => foundIn(change, origin))) {
    if (typeof found === "string") skipped[found] = (skipped[found] ?? 0) + 1;
    else messages.push(...found);
  }
  return { messages, skipped };
}
