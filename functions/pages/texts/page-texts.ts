import type { AnswerName } from "../../domain/answer.ts";
import type { PageState } from "../../domain/page-view.ts";
import type { AmountFault } from "../../domain/pay-amount.ts";

/** Every sentence of the public pages in one language; amounts and dates come formatted. */
export type PageTexts = {
  readonly language: string;
  readonly direction: "ltr" | "rtl";
  /** The state in a word or two. */
  readonly states: Readonly<Record<PageState, string>>;
  readonly customer: string;
  readonly toPay: string;
  readonly stillToPay: string;
  readonly paidTotal: string;
  readonly unpaid: string;
  readonly nothingToPay: string;
  readonly payBy: (date: string) => string;
  readonly payToday: (date: string) => string;
  readonly wasDue: (date: string) => string;
  readonly settled: (date: string) => string;
  readonly excess: (amount: string, biller: string) => string;
  readonly canceled: (date: string) => string;
  readonly expired: (date: string, biller: string) => string;
  readonly paidAnyway: (amount: string, biller: string) => string;
  readonly amended: (date: string) => string;
  /** What a figure was before the newest amendment. */
  readonly before: (value: string) => string;
  readonly nothingDue: (biller: string) => string;
  readonly paused: (date: string) => string;
  /** What the customer answered last: on which day, and until when the reminders rest or on which day the payment is to come. */
  readonly answered: Readonly<Record<"already-paid" | "will-pay", (on: string, until: string) => string>>;
  readonly pending: (amount: string, since: string) => string;
  readonly looksAgain: string;
  /** From when the figures are: as the biller's system said, and where it did not answer now. */
  readonly asOf: (when: string) => string;
  readonly stale: (biller: string, when: string) => string;
  readonly billDate: string;
  readonly dueDate: string;
  readonly billAmount: string;
  readonly paidSoFar: string;
  readonly payableUntil: string;
  readonly amountByDate: string;
  readonly until: (date: string) => string;
  readonly from: (date: string) => string;
  readonly now: string;
  readonly items: string;
  readonly payments: string;
  readonly reference: string;
  readonly refunded: (amount: string) => string;
  readonly payHeading: string;
  readonly payAmount: (amount: string) => string;
  readonly amountLabel: string;
  readonly range: (least: string, most: string) => string;
  readonly atLeast: (least: string) => string;
  readonly continueInApp: string;
  readonly showCode: string;
  readonly scan: string;
  readonly codeAlt: (amount: string) => string;
  readonly payee: string;
  readonly upiAddress: string;
  readonly checkPayee: string;
  readonly afterPaying: string;
  readonly noWay: (biller: string) => string;
  readonly safety: string;
  readonly keep: string;
  readonly printable: string;
  readonly pdf: string;
  /** The heading over what can be answered from the page, and the answers as links. */
  readonly tell: (biller: string) => string;
  readonly say: Readonly<Record<AnswerName, string>>;
  readonly genuine: string;
  readonly unknownRail: string;
  readonly faults: Readonly<Record<AmountFault, (bounds: { readonly least: string; readonly most: string }) => string>>;
  readonly scanHeading: string;
  readonly openInApp: string;
  readonly back: string;
  readonly shared: (biller: string) => string;
  readonly pay: {
    /** The heading over each kind of way; UPI has `payHeading`. */
    readonly heading: string;
    readonly pix: string;
    readonly payNow: string;
    readonly others: string;
    readonly chooseApp: string;
    readonly moreApps: string;
    /** For who has none of the apps, or none that opened: what to do, before links to the apps' own pages. */
    readonly noApp: string;
    readonly noAppAdvice: string;
    readonly missing: (app: string) => string;
    readonly aboutApp: (app: string) => string;
    /** In another app's own browser: on Android before a link, on an iPhone with what to do. */
    readonly inApp: string;
    readonly openBrowser: string;
    readonly inAppOnIphone: string;
    readonly toAddress: string;
    readonly scanInBankApp: string;
    /** The name of a code's picture, whatever way it is for. */
    readonly codeAlt: (amount: string) => string;
    readonly pixText: string;
    readonly pixHow: string;
    readonly showPix: string;
    readonly pixKey: string;
    readonly payNowHow: string;
    readonly payNowNumber: string;
    readonly copy: string;
    readonly copied: string;
    /** A gateway's checkout, by the gateway's name. */
    readonly checkout: (gateway: string) => string;
    readonly clickPay: string;
    readonly external: (biller: string) => string;
    readonly unavailable: string;
  };
  /** What offers may give, and what they gave: a coupon may have no value of its own. */
  readonly offers: {
    readonly cashback: (amount: string) => string;
    readonly coupon: (amount: string | undefined) => string;
    readonly until: (date: string) => string;
    readonly with: (rails: string) => string;
    readonly granted: (amount: string) => string;
    readonly coupons: string;
  };
  readonly notFound: { readonly heading: string; readonly lead: string; readonly advice: string };
  readonly optOut: {
    readonly heading: (channel: string) => string;
    readonly lead: (biller: string, channel: string) => string;
    readonly consequence: string;
    readonly button: string;
    readonly doneHeading: string;
    readonly done: (biller: string, channel: string) => string;
  };
  /** The receipt as a file: what it is called, and what its link is for. */
  readonly receipt: { readonly heading: string; readonly page: string };
  /** The pages on which a customer answers: what the button will do, and what is said once it is done. */
  readonly answers: {
    readonly alreadyPaid: (biller: string) => string;
    readonly willPay: (biller: string) => string;
    readonly wrongPerson: (biller: string) => string;
    readonly day: string;
    readonly dayFault: (first: string, last: string) => string;
    /** Messages of every kind, in place of one channel's. */
    readonly messages: string;
    readonly next: string;
    readonly again: (biller: string) => string;
    readonly tooMany: { readonly heading: string; readonly lead: string };
    readonly unknown: { readonly heading: string; readonly lead: string };
  };
  /** The page that tells whether a message is genuine. */
  readonly verify: {
    readonly label: string;
    readonly button: string;
    readonly genuine: (biller: string) => string;
    /** Before the one link that was judged: a message may hold others. */
    readonly checked: string;
    readonly open: string;
    readonly unknown: string;
    readonly foreign: (host: string) => string;
    readonly host: (start: string) => string;
    readonly advice: string;
  };
  readonly channels: Readonly<Record<"sms" | "email" | "whatsapp", string>>;
};
