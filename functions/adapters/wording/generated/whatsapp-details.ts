// Made by `npm run generate` from templates/: edit the catalogues or the layout there, not this file.

/** What only the definitions to be approved need. */
export const whatsAppDetails = {
  "bn": {
    "footer": "OTP বা PIN কাউকে জানাবেন না।",
    "example": {
      "billerName": "Example Power",
      "title": "বিদ্যুৎ, নভেম্বর 2026",
      "amount": "₹1,249.00",
      "dueDate": "30 নভেম্বর 2026",
      "paymentAmount": "₹1,249.00",
      "paidAmount": "₹1,249.00",
      "paidOn": "28 নভেম্বর 2026",
    },
    "button": {
      "issued": "বিল দেখুন ও মেটান",
      "due-soon": "বিল দেখুন ও মেটান",
      "due-today": "বিল দেখুন ও মেটান",
      "overdue": "বিল দেখুন ও মেটান",
      "receipt": "রসিদ দেখুন",
      "payment-failed": "বিল দেখুন",
      "payment-pending": "বিল দেখুন",
    },
  },
  "en": {
    "footer": "Never share your OTP or PIN with anyone.",
    "example": {
      "billerName": "Example Power",
      "title": "Electricity, November 2026",
      "amount": "₹1,249.00",
      "dueDate": "30 November 2026",
      "paymentAmount": "₹1,249.00",
      "paidAmount": "₹1,249.00",
      "paidOn": "28 November 2026",
    },
    "button": {
      "issued": "View and pay",
      "due-soon": "View and pay",
      "due-today": "View and pay",
      "overdue": "View and pay",
      "receipt": "View receipt",
      "payment-failed": "See the bill",
      "payment-pending": "See the bill",
    },
  },
} as const;
