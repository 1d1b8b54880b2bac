/** The languages the pages speak. */
export const pageLanguages = ["en", "bn", "hi", "ta", "pt", "es"] as const;
export type PageLanguage = (typeof pageLanguages)[number];

type Words = { readonly title: string; readonly customer: string; readonly items: readonly string[] };

/** A bill in the words of each language. */
export const billWords: Readonly<Record<PageLanguage, Words>> = {
  en: {
    title: "Electricity, November 2026",
    customer: "Asha Sen",
    items: ["Energy 182 kWh", "Fixed charge", "Electricity duty"],
  },
  bn: {
    title: "বিদ্যুৎ বিল, নভেম্বর 2026",
    customer: "আশা সেন",
    items: ["বিদ্যুৎ 182 ইউনিট", "স্থায়ী মাশুল", "বিদ্যুৎ শুল্ক"],
  },
  hi: {
    title: "बिजली बिल, नवंबर 2026",
    customer: "आशा सेन",
    items: ["बिजली 182 यूनिट", "स्थायी शुल्क", "बिजली कर"],
  },
  ta: {
    title: "மின் கட்டணம், நவம்பர் 2026",
    customer: "ஆஷா சென்",
    items: ["மின்சாரம் 182 யூனிட்", "நிலைக் கட்டணம்", "மின் வரி"],
  },
  pt: {
    title: "Conta de luz, novembro de 2026",
    customer: "Ana Souza",
    items: ["Energia 182 kWh", "Tarifa fixa", "Imposto"],
  },
  es: {
    title: "Electricidad, noviembre de 2026",
    customer: "Ana Sosa",
    items: ["Energía 182 kWh", "Cargo fijo", "Impuesto"],
  },
};
