import type { CarrierReport } from "../../../local/carriers/carrier.ts";
import { aHouseOfCarriers } from "./carriers-harness.ts";

/** Carriers with one biller's WhatsApp number and one approved template. */
export const aHouseWithWhatsApp = () => {
  const house = aHouseOfCarriers();
  house.carriers.setWhatsAppAccount({
    biller: "example-power",
    phoneNumberId: "200000000000001",
    accessToken: "token-1",
    wabaId: "100000000000001",
    displayPhoneNumber: "913300000001",
  });
  house.carriers.setWhatsAppAccount({
    biller: "other-biller",
    phoneNumberId: "200000000000002",
    accessToken: "token-2",
    wabaId: "100000000000002",
  });
  house.carriers.registerWhatsAppTemplates([
    {
      name: "bill_due_v1",
      language: "en",
      header: "Bill {{1}}",
      body: "Hello {{1}}, your bill of {{2}} is due on {{3}}. Thank you.",
      footer: "Example Power",
      buttons: [
        { type: "URL", text: "Pay now", url: "https://pay.example.com/EXPOWR/{{1}}" },
        { type: "QUICK_REPLY", text: "Already paid" },
      ],
    },
  ]);
  return house;
};

/** The components that fill `bill_due_v1`. */
export const someComponents = () => [
  { type: "header", parameters: [{ type: "text", text: "Nov 2026" }] },
  {
    type: "body",
    parameters: ["Asha", "₹1,249.00", "30 Nov 2026"].map((text) => ({ type: "text", text })),
  },
  { type: "button", sub_type: "url", index: "0", parameters: [{ type: "text", text: "17Yq2abcdefgh" }] },
];

/** The body of a request for `bill_due_v1`. */
export const aTemplateMessage = (over: object = {}, template: object = {}) => ({
  messaging_product: "whatsapp",
  recipient_type: "individual",
  to: "+919830012345",
  type: "template",
  template: {
    name: "bill_due_v1",
    language: { policy: "deterministic", code: "en" },
    components: someComponents(),
    ...template,
  },
  biz_opaque_callback_data: "17Yq2abcdefgh_issued_0",
  ...over,
});

type GraphAnswer = {
  readonly contacts: readonly { readonly input: string; readonly wa_id: string }[];
  readonly messages: readonly { readonly id: string; readonly message_status?: string }[];
  readonly error: { readonly code: number; readonly message: string };
};

/** Posts a message as a sender would; `target` defaults to the number and token of the first account. */
export const post = async (
  endpoint: string,
  body: unknown,
  target: { phoneNumberId?: string; token?: string; signal?: AbortSignal } = {},
) => {
  const response = await fetch(`${endpoint}/v24.0/${target.phoneNumberId ?? "200000000000001"}/messages`, {
    method: "POST",
    headers: { authorization: `Bearer ${target.token ?? "token-1"}`, "content-type": "application/json" },
    body: typeof body === "string" ? body : JSON.stringify(body),
    ...(target.signal === undefined ? {} : { signal: target.signal }),
  });
  return { status: response.status, body: (await response.json()) as GraphAnswer };
};

/** The webhooks among the reports, with their bodies parsed. */
export const webhooks = (reports: readonly CarrierReport[]) =>
  reports.map((report) => {
    if (report.kind !== "whatsapp-webhook") throw new Error(`Not a webhook: ${report.kind}`);
    return { biller: report.biller, body: JSON.parse(report.body) };
  });

type ToldStatus = {
  readonly status: string;
  readonly recipient_id: string;
  readonly biz_opaque_callback_data?: string;
};

/** The single status that each webhook tells. */
export const statuses = (reports: readonly CarrierReport[]): readonly ToldStatus[] =>
  webhooks(reports).map(({ body }) => body.entry[0].changes[0].value.statuses[0]);

/** The id that an acceptance gave. */
export const idOf = (answer: { readonly body: GraphAnswer }): string => {
  const [message] = answer.body.messages;
  if (message === undefined) throw new Error("The answer names no message");
  return message.id;
};
