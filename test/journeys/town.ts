import { type Laptop, startLaptop } from "../../local/laptop.ts";
import { synthesizeDuebell } from "../../local/synthesize.ts";

/** A laptop seen through the faces its users have: the API, the phone, the link. */
export type Town = {
  readonly laptop: Laptop;
  /** Calls the API; the answer's status and JSON. */
  api(method: string, path: string, body?: unknown): Promise<{ readonly status: number; readonly body: Json }>;
  /** What the carriers received for an address, oldest first, as `channel: status: text`. */
  phone(address: string): readonly PhoneMessage[];
  /** Moves the clock, with the effect of every tick between. */
  wait(duration: { readonly days?: number; readonly hours?: number; readonly minutes?: number }): Promise<void>;
  /** Moves the clock to a moment, ISO 8601. */
  until(moment: string): Promise<void>;
  stop(): Promise<void>;
};

// biome-ignore lint/suspicious/noExplicitAny: the journeys read answers as any client would, without our types.
type Json = any;

export type PhoneMessage = {
  readonly channel: string;
  readonly status: string;
  readonly text: string;
  readonly at: string;
  readonly id: string;
};

const minute = 60_000;

/** Starts Duebell as `npm start` does, with the clock held still at `now`; what it keeps in `dataDir` is there again the next time. */
export async function openTown(now: string, dataDir?: string): Promise<Town> {
  const kept = dataDir === undefined ? {} : { dataDir };
  const laptop = await startLaptop({ app: synthesizeDuebell, ticking: false, now: Date.parse(now), ...kept });
  const api: Town["api"] = async (method, path, body) => {
    const response = await fetch(`${laptop.url}${path}`, {
      method,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: text.startsWith("{") || text.startsWith("[") ? JSON.parse(text) : text };
  };
  return {
    laptop,
    api,
    phone: (address) =>
      laptop.messages.find({ address }).map(({ channel, status, text, at, id }) => ({ channel, status, text, at, id })),
    wait: async ({ days = 0, hours = 0, minutes = 0 }) => {
      await laptop.moveTo(laptop.clock.now() + ((days * 24 + hours) * 60 + minutes) * minute);
    },
    until: async (moment) => {
      await laptop.moveTo(Date.parse(moment));
    },
    stop: () => laptop.stop(),
  };
}

/** An Indian biller: WhatsApp first, SMS after half an hour unconfirmed, e-mail four hours later. */
export const examplePower = {
  name: "Example Power",
  header: "EXPOWR",
  country: "IN",
  language: "en",
  timeZone: "Asia/Kolkata",
  cadence: [
    { step: "issued", relativeTo: "issuedOn", days: 0, at: "10:00" },
    { step: "due-soon", relativeTo: "dueDate", days: -3, at: "10:00" },
    { step: "due-today", relativeTo: "dueDate", days: 0, at: "09:00" },
    { step: "overdue", relativeTo: "dueDate", days: 3, at: "11:00" },
  ],
  hops: [
    { channel: "whatsapp", wait: "PT30M", success: "delivered" },
    { channel: "sms", wait: "PT4H", success: "delivered" },
    { channel: "email" },
  ],
  window: { start: "09:00", end: "20:00", days: ["mon", "tue", "wed", "thu", "fri", "sat"], holidays: [] },
  sms: { provider: "sns", senderId: "EXPOWR", entityId: "1101000000000012345", templateIds: {}, maxPriceUsd: "0.05" },
  email: { from: "Example Power <bills@mail.example.com>" },
  whatsapp: { provider: "cloud-api", phoneNumberId: "200000000000001" },
  rails: { upi: { payeeAddress: "examplepower@icici", payeeName: "Example Power", merchantCode: "4900" } },
};

/** A bill of Rs 1,249.00 for a customer on WhatsApp, SMS and e-mail. */
export const aBillFor = (
  customer: { readonly id: string; readonly language?: string; readonly addresses: Record<string, string> },
  changes: object = {},
) => ({
  customer: { name: "Asha Sen", ...customer },
  title: "Electricity, November 2026",
  amountDue: { value: 124_900, currency: "INR" },
  issuedOn: "2026-11-16",
  dueDate: "2026-11-30",
  ...changes,
});
