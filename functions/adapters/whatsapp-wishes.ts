import * as z from "zod/mini";
import { type Wish, wishIn } from "../domain/stop-words.ts";
import { byPreference } from "../domain/suppression-reason.ts";
import { whatsAppAddresses } from "../domain/whatsapp-number.ts";
import type { AddressWish } from "../messages.ts";
import { Seconds } from "./whatsapp-statuses.ts";

/** A wish before it is known whose customer it is. */
export type FoundWish = Omit<AddressWish, "biller" | "sender">;

const text = z.catch(z.optional(z.string()), undefined);
const part = <Shape extends z.core.$ZodLooseShape>(shape: Shape) => z.catch(z.optional(z.object(shape)), undefined);

// People with a username may show no phone number at all (Meta, "Business-scoped user IDs").
const Inbound = z.object({
  from: text,
  timestamp: Seconds,
  type: z.string(),
  text: part({ body: z.string() }),
  button: part({ text, payload: text }),
  interactive: part({
    button_reply: part({ title: text, id: text }),
    list_reply: part({ title: text, id: text }),
  }),
});
type Inbound = z.output<typeof Inbound>;

const Preference = z.object({ wa_id: text, value: z.string(), timestamp: Seconds });

/** What an inbound message wishes: by its whole text, else by what the tapped button or list row says or carries. */
function wishOf({ type, text: typed, button, interactive }: Inbound): Wish | undefined {
  if (type === "text") return wishIn(typed?.body ?? "", "typed");
  const reply = interactive?.button_reply ?? interactive?.list_reply;
  const labels =
    type === "button" ? [button?.text, button?.payload] : type === "interactive" ? [reply?.title, reply?.id] : [];
  return labels.map((label) => wishIn(label ?? "", "tapped")).find((wish) => wish !== undefined);
}

/** One wish for each form of the address, so that a suppression finds the one which the biller gave. */
const wishesAt = (waId: string | undefined, wish: Pick<FoundWish, "wish" | "reason" | "at">): readonly FoundWish[] =>
  whatsAppAddresses(waId ?? "").map((address) => ({ kind: "wish", channel: "whatsapp", address, ...wish }));

/** The wishes in one element of a webhook's `messages`: Meta passes a STOP on as an ordinary text, so that its words are ours to know. */
export function inboundWishes(item: unknown): readonly FoundWish[] | "other-message" | "no-address" | "malformed" {
  const parsed = Inbound.safeParse(item);
  if (!parsed.success) return "malformed";
  const { from, timestamp: at } = parsed.data;
  const wish = wishOf(parsed.data);
  if (!wish) return "other-message";
  const wishes = wishesAt(from, { wish, reason: "stop-reply", at });
  return wishes.length > 0 ? wishes : "no-address";
}

/** The wishes in one element of `user_preferences`: marketing stopped or resumed in the app itself. */
export function preferenceWishes(
  item: unknown,
): readonly FoundWish[] | "other-preference" | "no-address" | "malformed" {
  const parsed = Preference.safeParse(item);
  if (!parsed.success) return "malformed";
  const { wa_id, value: wish, timestamp: at } = parsed.data;
  if (wish !== "stop" && wish !== "resume") return "other-preference";
  const wishes = wishesAt(wa_id, { wish, reason: byPreference, at });
  return wishes.length > 0 ? wishes : "no-address";
}
