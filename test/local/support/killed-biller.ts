/** The biller whose laptop is killed: a WhatsApp message, then an SMS half an hour later, on any day of the week. */
export const biller = {
  name: "Example Power",
  header: "EXPOWR",
  country: "IN",
  language: "en",
  timeZone: "Asia/Kolkata",
  cadence: [{ step: "issued", relativeTo: "issuedOn", days: 0, at: "10:00" }],
  hops: [{ channel: "whatsapp", wait: "PT30M", success: "delivered" }, { channel: "sms" }],
  window: { start: "09:00", end: "20:00", days: ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] },
  whatsapp: { provider: "cloud-api", phoneNumberId: "200000000000001" },
  sms: { provider: "sns", senderId: "EXPOWR" },
};

/** The number of one of its customers. */
export const phoneOf = (number: number): string => `+9198300${String(10_000 + number)}`;
