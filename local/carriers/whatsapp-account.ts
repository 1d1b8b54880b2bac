/** A WhatsApp number as Meta's webhooks name it. */
export type WhatsAppNumber = {
  readonly phoneNumberId: string;
  readonly wabaId: string;
  readonly displayPhoneNumber: string;
};

/** A biller's WhatsApp number: the token that may send from it and the business account that its webhooks name. */
export type WhatsAppAccount = WhatsAppNumber & { readonly biller: string; readonly accessToken: string };
