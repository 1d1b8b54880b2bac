// Made by `npm run generate` from templates/: edit the catalogues or the layout there, not this file.
import type { MessageName, Text } from "../messages.ts";
import type { languages } from "./inventory.ts";

/** One text per message and language. */
export const whatsApp: Readonly<Record<MessageName, Readonly<Record<(typeof languages)[number], Text>>>> = {
  "issued": {
    "bn": (d) => "প্রিয় গ্রাহক, *" + d.billerName + "*-এর নতুন বিল এসেছে।\n\n" + d.title + "\nদেয় টাকা: *" + d.amount + "*\nশেষ তারিখ: *" + d.dueDate + "*\n\nনিচের বোতামে ট্যাপ করে বিলটি দেখুন ও মিটিয়ে দিন।",
    "en": (d) => "You have a new bill from *" + d.billerName + "*.\n\n" + d.title + "\nAmount due: *" + d.amount + "*\nDue date: *" + d.dueDate + "*\n\nTap the button below to see the bill and pay.",
  },
  "due-soon": {
    "bn": (d) => "প্রিয় গ্রাহক, *" + d.billerName + "*-এর এই বিলটি মেটানোর শেষ তারিখ এগিয়ে আসছে।\n\n" + d.title + "\nদেয় টাকা: *" + d.amount + "*\nশেষ তারিখ: *" + d.dueDate + "*\n\nইতিমধ্যে টাকা দিয়ে থাকলে ধন্যবাদ। না দিয়ে থাকলে নিচের বোতামে ট্যাপ করে বিলটি মিটিয়ে দিন।",
    "en": (d) => "A reminder from *" + d.billerName + "*: your bill is due soon.\n\n" + d.title + "\nAmount due: *" + d.amount + "*\nDue date: *" + d.dueDate + "*\n\nIf you have already paid, thank you. Otherwise, tap the button below to see the bill and pay.",
  },
  "due-today": {
    "bn": (d) => "প্রিয় গ্রাহক, *" + d.billerName + "*-এর এই বিলটি মেটানোর আজই শেষ দিন।\n\n" + d.title + "\nদেয় টাকা: *" + d.amount + "*\nশেষ তারিখ: *" + d.dueDate + "*\n\nইতিমধ্যে টাকা দিয়ে থাকলে ধন্যবাদ। না দিয়ে থাকলে নিচের বোতামে ট্যাপ করে বিলটি মিটিয়ে দিন।",
    "en": (d) => "Your bill from *" + d.billerName + "* is due today.\n\n" + d.title + "\nAmount due: *" + d.amount + "*\nDue date: *" + d.dueDate + "*\n\nIf you have already paid, thank you. Otherwise, tap the button below to see the bill and pay.",
  },
  "overdue": {
    "bn": (d) => "প্রিয় গ্রাহক, *" + d.billerName + "*-এর এই বিলটি মেটানোর শেষ তারিখ পেরিয়ে গেছে।\n\n" + d.title + "\nদেয় টাকা: *" + d.amount + "*\nশেষ তারিখ ছিল: *" + d.dueDate + "*\n\nঅনুগ্রহ করে বিলটি তাড়াতাড়ি মিটিয়ে দিন। ইতিমধ্যে টাকা দিয়ে থাকলে ধন্যবাদ, আর কিছু করতে হবে না।",
    "en": (d) => "Your bill from *" + d.billerName + "* is past its due date.\n\n" + d.title + "\nAmount due: *" + d.amount + "*\nDue date: *" + d.dueDate + "*\n\nPlease tap the button below and pay as soon as you can. If you have already paid, thank you; there is nothing more to do.",
  },
  "receipt": {
    "bn": (d) => "ধন্যবাদ, *" + d.billerName + "*-এ আপনার টাকা জমা পড়েছে।\n\n" + d.title + "\nজমা পড়েছে: *" + d.paidAmount + "*\nজমার তারিখ: *" + d.paidOn + "*\n\nরসিদ ও বিলের বর্তমান অবস্থা দেখতে নিচের বোতামে ট্যাপ করুন।",
    "en": (d) => "Thank you. *" + d.billerName + "* has received your payment.\n\n" + d.title + "\nAmount received: *" + d.paidAmount + "*\nPaid on: *" + d.paidOn + "*\n\nTap the button below for the receipt and the present state of the bill.",
  },
  "payment-failed": {
    "bn": (d) => "প্রিয় গ্রাহক, *" + d.billerName + "*-এ আপনার পেমেন্ট সফল হয়নি।\n\n" + d.title + "\nআপনার পেমেন্ট: *" + d.paymentAmount + "*\n\nঅ্যাকাউন্ট থেকে টাকা কাটা গিয়ে থাকলে ব্যাঙ্ক নিজেই ফেরত দেবে। বিলটি দেখতে ও আবার চেষ্টা করতে নিচের বোতামে ট্যাপ করুন।",
    "en": (d) => "Your payment to *" + d.billerName + "* did not go through.\n\n" + d.title + "\nYour payment: *" + d.paymentAmount + "*\n\nIf your bank took the money, it will give it back by itself. Tap the button below to see the bill and try again.",
  },
  "payment-pending": {
    "bn": (d) => "প্রিয় গ্রাহক, *" + d.billerName + "*-এ আপনার পেমেন্ট এখনও পথে: আপনার ব্যাঙ্কের উত্তরের অপেক্ষা চলছে।\n\n" + d.title + "\nআপনার পেমেন্ট: *" + d.paymentAmount + "*\n\nঅনুগ্রহ করে আবার টাকা দেবেন না। এখনকার অবস্থা দেখতে নিচের বোতামে ট্যাপ করুন।",
    "en": (d) => "Your payment to *" + d.billerName + "* is on its way: we are waiting for your bank.\n\n" + d.title + "\nYour payment: *" + d.paymentAmount + "*\n\nPlease do not pay again. Tap the button below to see how it stands.",
  },
};
