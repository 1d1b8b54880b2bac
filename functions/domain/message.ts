import type { EmailAddress, PhoneNumber } from "./addresses.ts";
import type { Biller } from "./biller.ts";
import type { NotificationKey } from "./notification.ts";

/** The values a message is filled with, already written for its reader's language and channel. */
export type MessageVariables = {
  readonly billerName: string;
  readonly customerName?: string;
  readonly title: string;
  readonly amount: string;
  readonly dueDate: string;
  readonly link: string;
  /** Of a payment that is not money yet. */
  readonly paymentAmount?: string;
  readonly paidAmount?: string;
  readonly paidOn?: string;
  readonly receiptReference?: string;
  readonly remaining?: string;
  /** What was paid beyond what the bill asks for. */
  readonly excess?: string;
  readonly unsubscribeUrl?: string;
};

type Worded = {
  /** The language the text is in: the one asked for, or the nearest there is. */
  readonly language: string;
  /** Which version of which wording: `builtin/issued.bn@1`. */
  readonly template: string;
};

/** A message in words, as its channel needs it. */
export type Wording =
  | (Worded & { readonly channel: "sms"; readonly text: string; readonly segments: number })
  | (Worded & { readonly channel: "email"; readonly subject: string; readonly text: string; readonly html: string })
  | (Worded & {
      readonly channel: "whatsapp";
      /** The approved template's name at Meta. */
      readonly name: string;
      /** Body parameters in the order of the message's variables. */
      readonly parameters: readonly string[];
      /** What the URL button appends to the approved address. */
      readonly urlSuffix: string;
    });

/** What a carrier is asked to send: to one address, in words, under our key. */
export type Message = {
  readonly key: NotificationKey;
  readonly biller: Biller;
  /** The message's name and the language of the bill, for what is registered per message and language. */
  readonly message: string;
  readonly to: PhoneNumber | EmailAddress;
  readonly wording: Wording;
  /** Where one click unsubscribes; e-mail only. */
  readonly unsubscribeUrl?: string;
};
