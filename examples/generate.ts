// Writes the example bills anew: `node examples/generate.ts`. The same program always writes the same files.
import { writeFileSync } from "node:fs";
import { chance, pick, weighed, whole } from "./chances.ts";
import { businesses, families, type Name } from "./people.ts";
import { creditsCsvOf, csvOf, type Row, rupees } from "./rows.ts";

const issuedOn = "2026-11-15";
const count = 260;

const dayAfter = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

/** How the customers can be reached, as often as in a list of a real supplier. */
const reach = [
  [42, "whatsapp sms email"],
  [24, "whatsapp sms"],
  [14, "sms"],
  [8, "whatsapp"],
  [7, "sms email"],
  [5, "email"],
] as const;

function addressesOf(n: number, latinName: string): Row {
  const kinds: string = weighed(reach);
  const sms = chance() < 0.6 ? `+91983001${String(1_000 + n * 7)}` : `+91700000${String(2_000 + n * 11)}`;
  // Some people use WhatsApp under another number.
  const whatsapp = chance() < 0.12 ? `+91983001${String(4_000 + n * 7)}` : sms;
  const mailbox = latinName
    .toLowerCase()
    .replaceAll(/[^a-z]+/g, ".")
    .replaceAll(/^\.|\.$/g, "")
    .slice(0, 40);
  return {
    ...(kinds.includes("whatsapp") && { "customer.addresses.whatsapp": whatsapp }),
    ...(kinds.includes("sms") && { "customer.addresses.sms": sms }),
    ...(kinds.includes("email") && { "customer.addresses.email": `${mailbox}.${n}@example.org` }),
  };
}

type Kind = { readonly title: Name; readonly category: string; readonly paise: () => number };

const household = (): number => Math.round(8_700 + 600_000 * chance() ** 2.5);
const business = (): number => Math.round(300_000 + 4_500_000 * chance() ** 3);

const supply: Name = ["Electricity, November 2026", "বিদ্যুৎ বিল, নভেম্বর 2026"];
const homeBill: Kind = { title: supply, category: "electricity", paise: household };
const otherBills: readonly (readonly [number, Kind])[] = [
  [
    4,
    {
      title: ["Security deposit", "সিকিউরিটি ডিপোজিট"],
      category: "security-deposit",
      paise: () => 50_000 * whole(1, 8),
    },
  ],
  [
    3,
    {
      title: ["New connection charges", "নতুন সংযোগের খরচ"],
      category: "new-connection",
      paise: () => 10_000 * whole(12, 60),
    },
  ],
  [2, { title: ["Meter replacement", "মিটার বদলের খরচ"], category: "meter", paise: () => whole(45_000, 160_000) }],
  [
    2,
    {
      title: ["Arrears, June to October 2026", "বকেয়া, জুন থেকে অক্টোবর 2026"],
      category: "arrears",
      paise: () => whole(90_000, 900_000),
    },
  ],
];

function customer(n: number): { readonly name: Name; readonly kind: Kind } {
  if (chance() < 0.09) {
    return { name: pick(businesses), kind: { title: supply, category: "electricity-commercial", paise: business } };
  }
  const people = weighed([
    [80, families[0]],
    [14, families[1]],
    [6, families[2]],
  ]);
  if (!people) throw new Error(`there is no family for customer ${n}`);
  const [[given, givenBn], [family, familyBn]] = [pick(people.given), pick(people.family)];
  const kind = chance() < 0.1 ? weighed(otherBills) : homeBill;
  return { name: [`${given} ${family}`, `${givenBn} ${familyBn}`], kind };
}

/** Whether part or more may be paid, and what it costs early and late. */
function termsOf(paise: number, dueDate: string, category: string): Row {
  const isPartly = paise > 150_000 && chance() < 0.3;
  const terms: Row = isPartly
    ? { exactness: "EXACT_DOWN", minimum: rupees(Math.ceil(paise / 40_000) * 10_000) }
    : weighed<Row>([
        [70, {}],
        [24, { exactness: "EXACT" }],
        [category === "arrears" ? 40 : 6, { exactness: category === "arrears" ? "ANY" : "EXACT_DOWN" }],
      ]);
  if (!category.startsWith("electricity")) return terms;
  const early = chance() < 0.35 && {
    "early.until": dayAfter(dueDate, -5),
    "early.amount": rupees(Math.round(paise * 0.98)),
  };
  const late = chance() < 0.55 && {
    "late.from": dayAfter(dueDate, 1),
    "late.amount": rupees(Math.round(paise * 1.02)),
  };
  return { ...terms, ...early, ...late };
}

function bill(n: number): Row {
  const { name, kind } = customer(n);
  const isBengali = chance() < 0.56;
  const language = isBengali
    ? "bn"
    : weighed([
        [70, "en"],
        [30, ""],
      ] as const);
  const dueDate = dayAfter(issuedOn, pick([10, 12, 15, 15, 15, 18, 21, 25]));
  const paise = kind.paise();
  return {
    billId: `2026-11-${10_023 + n}`,
    "customer.id": String(10_023 + n),
    // Many who read Bengali are known by the Latin form that stands in the supplier's books, and a few the other way round.
    "customer.name": chance() < (isBengali ? 0.7 : 0.04) ? name[1] : name[0],
    "customer.language": language,
    ...addressesOf(n, name[0]),
    title: isBengali ? kind.title[1] : kind.title[0],
    category: kind.category,
    amountDue: rupees(paise),
    currency: "INR",
    ...termsOf(paise, dueDate, kind.category),
    issuedOn,
    dueDate,
    ...(chance() < 0.5 && { expiresOn: dayAfter(dueDate, 181) }),
    "metadata.meter": String(77_812 + n * 13),
  };
}

/** The first rows are always the same, so that the documentation can speak of them. */
const knownBills: readonly Row[] = [
  {
    "customer.name": "আশা সেন",
    "customer.language": "bn",
    "customer.addresses.whatsapp": "+919830012345",
    "customer.addresses.sms": "+919830012345",
    "customer.addresses.email": "asha@example.org",
    title: supply[1],
    category: "electricity",
    amountDue: "1249.00",
    exactness: "EXACT_DOWN",
    minimum: "100.00",
    "early.until": "2026-11-25",
    "early.amount": "1224.00",
    "late.from": "2026-12-01",
    "late.amount": "1274.00",
    dueDate: "2026-11-30",
    expiresOn: "2027-05-30",
  },
  {
    "customer.name": "Rafiqul Rahman",
    "customer.language": "en",
    "customer.addresses.whatsapp": "+919830012346",
    "customer.addresses.sms": "+919830012346",
    "customer.addresses.email": "rafiqul@example.org",
    title: supply[0],
    category: "electricity",
    amountDue: "87.00",
    dueDate: "2026-11-30",
  },
  {
    "customer.name": 'Hotel "Ganga View", Digha',
    "customer.language": "en",
    "customer.addresses.email": "accounts@example.org",
    title: supply[0],
    category: "electricity-commercial",
    amountDue: "48000.00",
    exactness: "EXACT",
    dueDate: "2026-12-05",
  },
];

const generated = Array.from({ length: count }, (_, n) => bill(n));

/** `examples/bills.csv`: the bills of one morning. */
export const billsCsv = csvOf(
  generated.map((row, n) => {
    const known = knownBills[n];
    if (!known) return row;
    const { billId, "customer.id": customerId, "metadata.meter": meter } = row;
    return { billId, "customer.id": customerId, currency: "INR", issuedOn, "metadata.meter": meter, ...known } as Row;
  }),
);

/** What is wrong with six rows of `examples/bills-with-errors.csv`, each in a way of its own. */
const mistakes: Readonly<Record<number, Row>> = {
  2: { "customer.addresses.sms": "98300 12345" },
  4: { amountDue: "1,249.00" },
  5: { dueDate: "30/11/2026" },
  7: { "customer.addresses.whatsapp": "", "customer.addresses.sms": "", "customer.addresses.email": "" },
  9: { billId: "2026-11-20001" },
  10: { "customer.name": "", title: "", currency: "Rs" },
};

/** `examples/bills-with-errors.csv`: twelve rows, six of them good. */
export const billsWithErrorsCsv = csvOf(
  Array.from({ length: 12 }, (_, n) => {
    const id = String(20_000 + n);
    return {
      billId: `2026-11-${id}`,
      "customer.id": id,
      "customer.name": n % 2 === 0 ? "Moumita Ghosh" : "তাপস মণ্ডল",
      "customer.language": n % 2 === 0 ? "en" : "bn",
      "customer.addresses.sms": `+91983001${9_000 + n}`,
      title: n % 2 === 0 ? supply[0] : supply[1],
      category: "electricity",
      amountDue: rupees(50_000 + n * 12_345),
      currency: "INR",
      issuedOn,
      dueDate: "2026-11-30",
      "metadata.meter": String(90_000 + n),
      ...mistakes[n],
    };
  }),
);

/**
 * `examples/credits.csv`: a bank's statement of the first two days. Two credits name their bill, one is none of a bill, one may be the money of
 * the first bill where that was paid at a gateway, and one that of the bill which the README registers and pays.
 */
export const creditsCsv = creditsCsvOf(
  [
    { billId: "2026-11-10024", amount: "87.00", rrn: "631912345670", narration: "UPI/631912345670/Rafiqul Rahman" },
    { billId: "2026-11-10025", amount: "48000.00", narration: "NEFT HOTEL GANGA VIEW" },
    { amount: "500.00", narration: "CASH DEPOSIT SALT LAKE" },
    { amount: "1224.00", rrn: "631912345671", narration: "UPI/631912345671/Asha Sen" },
    // Banks date by the day of posting: it stands for a payment of the first, the second or the third day.
    { amount: "1249.00", creditedOn: "2026-11-16", rrn: "631912345672", narration: "UPI/631912345672/ELECTRICITY" },
  ].map((credit, n) => ({ reference: `S2026111500${n + 1}`, currency: "INR", creditedOn: issuedOn, ...credit })),
);

if (import.meta.main) {
  writeFileSync(new URL("credits.csv", import.meta.url), creditsCsv);
  writeFileSync(new URL("bills.csv", import.meta.url), billsCsv);
  writeFileSync(new URL("bills-with-errors.csv", import.meta.url), billsWithErrorsCsv);
}
