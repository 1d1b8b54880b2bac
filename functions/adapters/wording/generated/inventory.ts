// Made by `npm run generate` from templates/: edit the catalogues or the layout there, not this file.

/** The languages that have a catalogue. */
export const languages = ["bn","en"] as const;

/** The version of each message's wording. */
export const versions = {
  "issued": {
    "bn": 2,
    "en": 1,
  },
  "due-soon": {
    "bn": 2,
    "en": 1,
  },
  "due-today": {
    "bn": 2,
    "en": 1,
  },
  "overdue": {
    "bn": 2,
    "en": 1,
  },
  "receipt": {
    "bn": 3,
    "en": 2,
  },
  "payment-failed": {
    "bn": 1,
    "en": 1,
  },
  "payment-pending": {
    "bn": 1,
    "en": 1,
  },
} as const;
