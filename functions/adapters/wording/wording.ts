import type { Channel } from "./messages.ts";

/**
 * What a message may say. `amount`, `paidAmount`, `remaining` and the dates come formatted for the language and the channel (an English SMS
 * takes `Rs 1,249.00`, never `₹`); `link` and `unsubscribeUrl` (e-mail only) are http(s) URLs. A receipt needs `paidAmount` and
 * `paidOn`; its `remaining` is given only while something is still owed, since without it the receipt says that the bill is settled.
 */
export type MessageVariables = {
  readonly billerName: string;
  readonly customerName?: string;
  readonly title: string;
  readonly amount: string;
  readonly dueDate: string;
  readonly link: string;
  readonly unsubscribeUrl?: string;
  readonly paidAmount?: string;
  readonly paidOn?: string;
  readonly receiptReference?: string;
  readonly remaining?: string;
};

type Rendering = {
  /** The language it is written in, after fallback. */
  readonly language: string;
  /** Which wording it was, as the timeline shows it: `builtin/issued.bn@1`. */
  readonly template: string;
  readonly text: string;
};

/** An SMS ready to send. */
export type RenderedSms = Rendering & { readonly channel: "sms" };

/** An e-mail ready to send, in both its forms. */
export type RenderedEmail = Rendering & { readonly channel: "email"; readonly subject: string; readonly html: string };

/** Body parameters of the approved template, in its order; `text` is the filled body with the link as last line, for the record. */
export type RenderedWhatsApp = Rendering & { readonly channel: "whatsapp"; readonly parameters: readonly string[] };

/** What rendering for a channel gives. */
export type Rendered<C extends Channel = Channel> = Extract<
  RenderedSms | RenderedEmail | RenderedWhatsApp,
  { channel: C }
>;

/** What can be asked of the wording without carrying its texts. */
export type WordingInventory = {
  /** Whether `render` has wording for this message, in this language or in one it falls back to. */
  has(message: string, channel: Channel, language: string): boolean;
  /** The languages with wording of their own. */
  languages(): readonly string[];
  /** The first of the wanted languages that there is wording in (`bn-IN` is met by `bn`), else `en`: ask it before formatting amounts. */
  languageFor(...wanted: readonly (string | undefined)[]): string;
};

/** The port for texts; throws `invalid-input` for an unknown message, a variable that is missing, or a link that is no http(s) URL. */
export type Wording<C extends Channel = Channel> = WordingInventory & {
  render(message: string, channel: C, language: string, variables: MessageVariables): Rendered<C>;
};
