// Made by `npm run generate` from templates/: edit the catalogues or the layout there, not this file.
import type { MessageName, Text } from "../messages.ts";
import type { languages } from "./inventory.ts";

/** One text per message and language. */
export const sms: Readonly<Record<MessageName, Readonly<Record<(typeof languages)[number], Text>>>> = {
  "issued": {
    "bn": (d) => "বিল " + d.amount + ": " + d.billerName + ", " + d.title + "। শেষ দিন " + d.dueDate + "। " + d.link,
    "en": (d) => "New bill from " + d.billerName + ": " + d.title + ". " + d.amount + " due by " + d.dueDate + ". View and pay: " + d.link,
  },
  "due-soon": {
    "bn": (d) => "বাকি " + d.amount + ": " + d.billerName + ", " + d.title + "। শেষ দিন " + d.dueDate + "। " + d.link,
    "en": (d) => "Reminder from " + d.billerName + ": " + d.title + ". " + d.amount + " due on " + d.dueDate + ". View and pay: " + d.link,
  },
  "due-today": {
    "bn": (d) => "আজই শেষ দিন, " + d.dueDate + "। " + d.amount + ": " + d.billerName + ", " + d.title + "। " + d.link,
    "en": (d) => "Reminder from " + d.billerName + ": " + d.title + ". " + d.amount + " is due today, " + d.dueDate + ". Pay: " + d.link,
  },
  "overdue": {
    "bn": (d) => "বকেয়া " + d.amount + ": " + d.billerName + ", " + d.title + "। শেষ দিন " + d.dueDate + "। " + d.link,
    "en": (d) => "Overdue bill from " + d.billerName + ": " + d.title + ". " + d.amount + " was due on " + d.dueDate + ". Pay: " + d.link,
  },
  "receipt": {
    "bn": (d) => "ধন্যবাদ। " + d.paidAmount + " জমা: " + d.billerName + ", " + d.title + ", " + d.paidOn + "। " + d.link,
    "en": (d) => "Thank you. " + d.billerName + " received " + d.paidAmount + " for " + d.title + " on " + d.paidOn + ". Details: " + d.link,
  },
  "payment-failed": {
    "bn": (d) => "ব্যর্থ " + d.paymentAmount + ": " + d.billerName + ", " + d.title + "। কাটা টাকা ফিরবে। " + d.link,
    "en": (d) => "Payment failed: " + d.paymentAmount + " to " + d.billerName + ", " + d.title + ". Any debit comes back. Pay: " + d.link,
  },
  "payment-pending": {
    "bn": (d) => "যাচাই চলছে " + d.paymentAmount + ": " + d.billerName + ", " + d.title + "। আর দেবেন না। " + d.link,
    "en": (d) => "Waiting for your bank: " + d.paymentAmount + " to " + d.billerName + ", " + d.title + ". Do not pay again. See " + d.link,
  },
};
