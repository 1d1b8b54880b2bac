// Made by `npm run generate` from templates/: edit the catalogues or the layout there, not this file.
import type { MessageName, Text } from "../messages.ts";
import type { languages } from "./inventory.ts";

type PerLanguage<T> = Readonly<Record<(typeof languages)[number], T>>;
type Own = Readonly<Record<"subject" | "heading" | "lead" | "button", Text>>;
type Common = Readonly<Record<"greeting" | "linkNote" | "safety" | "reason" | "unsubscribe", Text>> & {
  readonly labels: Readonly<Record<"title" | "amount" | "dueDate" | "paymentAmount" | "paidAmount" | "paidOn" | "receiptReference" | "remaining", Text>>;
};

const select = (key: string, cases: { readonly [key: string]: string; readonly other: string }): string => cases[key] ?? cases.other;

/** The texts of each message. */
export const email: Readonly<Record<MessageName, PerLanguage<Own>>> = {
  "issued": {
    "bn": {
      "subject": (d) => d.billerName + "-এর নতুন বিল: " + d.amount + ", শেষ তারিখ " + d.dueDate,
      "heading": () => "আপনার নতুন বিল এসেছে",
      "lead": (d) => d.billerName + " আপনাকে একটি নতুন বিল পাঠিয়েছে। অনুগ্রহ করে " + d.dueDate + " তারিখের মধ্যে মিটিয়ে দিন।",
      "button": () => "বিল দেখুন ও মেটান",
    },
    "en": {
      "subject": (d) => "Your bill from " + d.billerName + ": " + d.amount + ", due " + d.dueDate,
      "heading": () => "You have a new bill",
      "lead": (d) => "A new bill from " + d.billerName + " is ready. Please pay it by " + d.dueDate + ".",
      "button": () => "View and pay",
    },
  },
  "due-soon": {
    "bn": {
      "subject": (d) => "মনে করিয়ে দিই: " + d.billerName + "-এর বিল " + d.amount + ", শেষ তারিখ " + d.dueDate,
      "heading": () => "বিলের শেষ তারিখ এগিয়ে আসছে",
      "lead": (d) => d.billerName + "-এর এই বিলটি মেটানোর শেষ তারিখ " + d.dueDate + "। ইতিমধ্যে টাকা দিয়ে থাকলে ধন্যবাদ, আর কিছু করতে হবে না।",
      "button": () => "বিল দেখুন ও মেটান",
    },
    "en": {
      "subject": (d) => "Reminder: " + d.amount + " to " + d.billerName + ", due " + d.dueDate,
      "heading": () => "Your bill is due soon",
      "lead": (d) => "This is a reminder from " + d.billerName + ": the bill below is due on " + d.dueDate + ". If you have already paid, thank you; there is nothing more to do.",
      "button": () => "View and pay",
    },
  },
  "due-today": {
    "bn": {
      "subject": (d) => "আজই শেষ দিন: " + d.billerName + "-এর বিল " + d.amount,
      "heading": () => "আজই বিল মেটানোর শেষ দিন",
      "lead": (d) => d.billerName + "-এর এই বিলটি মেটানোর শেষ দিন আজ, " + d.dueDate + "। ইতিমধ্যে টাকা দিয়ে থাকলে ধন্যবাদ, আর কিছু করতে হবে না।",
      "button": () => "বিল দেখুন ও মেটান",
    },
    "en": {
      "subject": (d) => "Due today: " + d.amount + " to " + d.billerName,
      "heading": () => "Your bill is due today",
      "lead": (d) => "Today, " + d.dueDate + ", is the last day to pay the bill below from " + d.billerName + " on time. If you have already paid, thank you; there is nothing more to do.",
      "button": () => "View and pay",
    },
  },
  "overdue": {
    "bn": {
      "subject": (d) => d.billerName + "-এর বিল বকেয়া আছে: " + d.amount,
      "heading": () => "বিলের শেষ তারিখ পেরিয়ে গেছে",
      "lead": (d) => d.billerName + "-এর এই বিলটি মেটানোর শেষ তারিখ ছিল " + d.dueDate + "। পুরো টাকা এখনও জমা পড়েনি। অনুগ্রহ করে তাড়াতাড়ি মিটিয়ে দিন। ইতিমধ্যে টাকা দিয়ে থাকলে ধন্যবাদ, আর কিছু করতে হবে না।",
      "button": () => "বিল দেখুন ও মেটান",
    },
    "en": {
      "subject": (d) => "Overdue: " + d.amount + " to " + d.billerName,
      "heading": () => "Your bill is overdue",
      "lead": (d) => "The bill below from " + d.billerName + " was due on " + d.dueDate + " and has not yet been paid in full. Please pay it as soon as you can. If you have already paid, thank you; there is nothing more to do.",
      "button": () => "View and pay",
    },
  },
  "receipt": {
    "bn": {
      "subject": (d) => "টাকা জমা পড়েছে: " + d.paidAmount + ", " + d.billerName,
      "heading": () => "আপনার টাকা জমা পড়েছে",
      "lead": (d) => "ধন্যবাদ। " + d.billerName + " আপনার টাকা পেয়েছে। " + select(d.hasRemaining, { yes: "এই বিলের " + d.remaining + " এখনও বাকি আছে।", other: select(d.hasExcess, { yes: "এই বিলে " + d.excess + " বেশি জমা পড়েছে। বাড়তি টাকার বিষয়ে " + d.billerName + "-এর কাছে জেনে নিন।", other: "বিলটি পুরো মিটে গেছে, আর কিছু দিতে হবে না।" }) }),
      "button": (d) => select(d.hasRemaining, { yes: "রসিদ দেখুন ও বাকি টাকা মেটান", other: "রসিদ দেখুন" }),
    },
    "en": {
      "subject": (d) => d.billerName + " received your payment of " + d.paidAmount,
      "heading": () => "Payment received, thank you",
      "lead": (d) => d.billerName + " has received your payment. " + select(d.hasRemaining, { yes: d.remaining + " is still to be paid.", other: select(d.hasExcess, { yes: d.excess + " more was paid than the bill asked for; please ask " + d.billerName + " about the difference.", other: "The bill is paid in full; there is nothing more to do." }) }),
      "button": (d) => select(d.hasRemaining, { yes: "View receipt and pay the rest", other: "View receipt" }),
    },
  },
  "payment-failed": {
    "bn": {
      "subject": (d) => "পেমেন্ট সফল হয়নি: " + d.paymentAmount + ", " + d.billerName,
      "heading": () => "আপনার পেমেন্ট সফল হয়নি",
      "lead": (d) => "আপনার " + d.paymentAmount + " " + d.billerName + "-এ জমা পড়েনি। অ্যাকাউন্ট থেকে টাকা কাটা গিয়ে থাকলে ব্যাঙ্ক নিজেই ফেরত দেবে। বিলটি খুলে আবার চেষ্টা করতে পারেন।",
      "button": () => "বিল দেখুন ও আবার চেষ্টা করুন",
    },
    "en": {
      "subject": (d) => "Your payment of " + d.paymentAmount + " to " + d.billerName + " did not go through",
      "heading": () => "Your payment did not go through",
      "lead": (d) => "Your payment of " + d.paymentAmount + " did not reach " + d.billerName + ". If your bank took the money, it will give it back by itself. You can try again from the bill.",
      "button": () => "See the bill and try again",
    },
  },
  "payment-pending": {
    "bn": {
      "subject": (d) => "পেমেন্ট এখনও পথে: " + d.paymentAmount + ", " + d.billerName,
      "heading": () => "আপনার পেমেন্ট এখনও পথে",
      "lead": (d) => d.billerName + "-এ আপনার " + d.paymentAmount + " পেমেন্টের কথা ব্যাঙ্ক এখনও জানায়নি। অনুগ্রহ করে আবার টাকা দেবেন না; বিলের পাতায় সব সময় এখনকার অবস্থা দেখা যায়।",
      "button": () => "বিল দেখুন",
    },
    "en": {
      "subject": (d) => "Your payment of " + d.paymentAmount + " to " + d.billerName + " is on its way",
      "heading": () => "Your payment is on its way",
      "lead": (d) => "Your bank has not confirmed your payment of " + d.paymentAmount + " to " + d.billerName + " yet. Please do not pay again; the bill always shows how it stands.",
      "button": () => "See the bill",
    },
  },
};

/** The texts every e-mail has. */
export const emailCommon: PerLanguage<Common> = {
  "bn": {
    "greeting": (d) => select(d.hasCustomerName, { yes: "প্রিয় " + d.customerName + ",", other: "প্রিয় গ্রাহক," }),
    "linkNote": () => "বোতামে কাজ না হলে এই লিঙ্কটি খুলুন:",
    "safety": () => "OTP, PIN বা পাসওয়ার্ড কাউকে জানাবেন না।",
    "reason": (d) => d.billerName + "-এর তরফে এই ইমেলটি পাঠানো হল, কারণ বিলের খবর পাঠানোর জন্য আপনার এই ঠিকানাটি নথিভুক্ত আছে।",
    "unsubscribe": () => "এই ইমেল আর পেতে না চাইলে এখানে জানান",
    "labels": {
      "title": () => "বিল",
      "amount": () => "দেয় টাকা",
      "dueDate": () => "শেষ তারিখ",
      "paymentAmount": () => "আপনার পেমেন্ট",
      "paidAmount": () => "জমা পড়েছে",
      "paidOn": () => "জমার তারিখ",
      "receiptReference": () => "রসিদ নম্বর",
      "remaining": () => "এখনও বাকি",
    },
  },
  "en": {
    "greeting": (d) => select(d.hasCustomerName, { yes: "Dear " + d.customerName + ",", other: "Dear customer," }),
    "linkNote": () => "If the button does not work, open this link:",
    "safety": () => "Never share your OTP, PIN or password with anyone.",
    "reason": (d) => "This e-mail was sent on behalf of " + d.billerName + " because this address is registered for its bills.",
    "unsubscribe": () => "Unsubscribe from these e-mails",
    "labels": {
      "title": () => "Bill",
      "amount": () => "Amount due",
      "dueDate": () => "Due date",
      "paymentAmount": () => "Your payment",
      "paidAmount": () => "Amount received",
      "paidOn": () => "Paid on",
      "receiptReference": () => "Receipt no.",
      "remaining": () => "Still to pay",
    },
  },
};
