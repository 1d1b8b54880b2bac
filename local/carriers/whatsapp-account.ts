/** A biller's WhatsApp number: the token that may send from it and the business account that its webhooks name. */
export type WhatsAppAccount = {
  readonly biller: string;
  readonly phoneNumberId: string;
  readonly accessToken: string;
  readonly wabaId: string;
  readonly displayPhoneNumber: string;
};
