import fc from "fast-check";
import type { MessageVariables, Wording } from "../../../../functions/domain/message.ts";
import type { WordingSource } from "../../../../functions/ports.ts";
import { aBiller } from "../../../support/builders.ts";

/** A receipt's, a notice's and a reminder's values in English, as they come for an SMS. */
export const englishVariables: MessageVariables = {
  billerName: "Example Power",
  title: "Electricity, November 2026",
  amount: "Rs 1,249.00",
  dueDate: "30 Nov 2026",
  link: "https://pay.example.com/EXPOWR/1aB2cD3eF4gH5?s7Q",
  unsubscribeUrl: "https://pay.example.com/unsubscribe/dG9rZW4",
  paymentAmount: "Rs 1,249.00",
  paidAmount: "Rs 1,249.00",
  paidOn: "28 Nov 2026",
};

/** The same in Bengali. */
export const bengaliVariables: MessageVariables = {
  ...englishVariables,
  title: "বিদ্যুৎ, নভেম্বর 2026",
  amount: "₹1,249.00",
  dueDate: "30/11/2026",
  paymentAmount: "₹1,249.00",
  paidAmount: "₹1,249.00",
  paidOn: "28/11/2026",
};

/** Pieces that attack some channel: mark-up, header injection, unseen and reordering characters, template syntax. */
export const hostilePieces = [
  "<script>alert(1)</script>",
  '" onmouseover="alert(1)',
  "'><img src=x onerror=alert(1)>",
  "</title><h1>",
  "&lt;b&gt;",
  "\r\nBcc: everyone@example.org",
  "\n\n",
  "\u0000\u0007\u001b[31m",
  "\u202egnp.exe\u202c",
  "\u2066\u2069\u061c",
  "\u200b\u200d\u200c\ufeff\u2060\u00ad",
  "\u{e0041}\ufe0f",
  "\ud83d",
  "{{1}}",
  "{#var#}",
  `$${"{constructor}"}`,
  "{amount}",
  "{{{link}}}",
  "javascript:alert(1)",
  "=HYPERLINK(1)",
  "*_~`",
  "শ্রী\u200dমতী",
  " র\u200d্যাব ",
];

/** Text mixed of ordinary and hostile pieces. */
export const hostileText: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      fc.constantFrom(...hostilePieces),
      fc.string({ unit: "binary", maxLength: 12 }),
      fc.string({ maxLength: 12 }),
    ),
    {
      maxLength: 8,
    },
  )
  .map((pieces) => pieces.join(""));

/** Variables whose every value may be hostile but for the links; a leading letter keeps them from being empty. */
export const hostileVariables: fc.Arbitrary<MessageVariables> = fc
  .array(hostileText, { minLength: 11, maxLength: 11 })
  .map((texts) => {
    const [billerName, title, amount, dueDate, paidAmount, paidOn, customerName, receiptReference, remaining, ...more] =
      texts.map((text) => `x${text}`);
    const given = { billerName, title, amount, dueDate, paidAmount, paidOn, customerName, receiptReference, remaining };
    return { ...englishVariables, ...given, paymentAmount: more[0], excess: more[1] } as MessageVariables;
  });

/** What a channel's wording makes of a message for a customer of Example Power; fails where there is none. */
export function renderWith<C extends Wording["channel"]>(
  source: WordingSource,
  channel: C,
): (message: string, language: string, variables: MessageVariables) => Extract<Wording, { channel: C }> {
  const biller = aBiller();
  return (message, language, variables) => {
    const wording = source.render({ message, language, biller, variables });
    if (wording?.channel !== channel) throw new Error(`no ${channel} wording for ${message} in ${language}`);
    return wording as Extract<Wording, { channel: C }>;
  };
}
