import { rails } from "../../../functions/adapters/rails.ts";
import type { Bill, BillDetail } from "../../../functions/domain/bill.ts";
import type { Biller } from "../../../functions/domain/biller.ts";
import type { Device } from "../../../functions/domain/device.ts";
import type { LocalDate } from "../../../functions/domain/local-time.ts";
import { type CurrencyCode, money } from "../../../functions/domain/money.ts";
import type { PossibleOffer } from "../../../functions/domain/offer-view.ts";
import { type PageFacts, type PageView, type PayRefusal, pageView } from "../../../functions/domain/page-view.ts";
import type { Payment } from "../../../functions/domain/payment.ts";
import { aBill, aBiller, aCustomer, anAward, aPayment, type Plain } from "../../support/builders.ts";
import { billWords, type PageLanguage } from "./page-languages.ts";

/** A moment of a day in Kolkata, 11:00 unless told. */
export const onDay = (date: string, time = "11:00"): number => Date.parse(`${date}T${time}:00+05:30`);

/** What a scene changes of the bill of `aBill()`, of its biller, and of who looks at it. */
export type Scene = {
  readonly bill?: Partial<Plain<Bill>>;
  readonly biller?: Biller;
  readonly detail?: BillDetail;
  readonly now?: number;
  readonly device?: Device;
  readonly live?: NonNullable<PageFacts["live"]>;
  readonly mark?: string;
  readonly missingApp?: string;
  readonly decided?: readonly Payment[];
  readonly offers?: readonly PossibleOffer[];
  /** What the page's form answered. */
  readonly refusal?: PayRefusal;
};

/** A computer, an Android phone and an iPhone. */
export const desktop: Device = { system: "desktop", isBot: false };
export const android: Device = { system: "android", isBot: false };
export const iphone: Device = { system: "ios", isBot: false };

/** Everything the page of a scene is made of, on 21 November 2026 and on a computer unless told. */
export function factsOf(scene: Scene = {}): PageFacts {
  const { biller = aBiller(), detail, now = onDay("2026-11-21"), device = desktop } = scene;
  const bill = aBill(scene.bill);
  const asked = { bill, biller, detail, now };
  return {
    ...asked,
    linkBaseUrl: "https://pay.example.com",
    device,
    ways: rails().flatMap((rail) => rail.offer(asked) ?? []),
    live: scene.live,
    mark: scene.mark,
    missingApp: scene.missingApp,
    ...(scene.decided && { decided: scene.decided }),
    ...(scene.offers && { offers: scene.offers }),
  };
}

/** The view of a scene. */
export const viewOf = (scene: Scene = {}): PageView => pageView(factsOf(scene));

/** A payment as the bill counts it. */
export const counted = (value: number, date: string, n = 0, refunded = 0) => ({
  amount: value,
  refunded,
  paidAt: onDay(date, "18:30"),
  n,
});

/** Rupees, in paise. */
export const inr = (value: number) => money(value, "INR" as CurrencyCode);

const items: NonNullable<BillDetail["items"]> = [
  { name: "Energy 182 kWh", amount: inr(107_900) },
  { name: "Fixed charge", amount: inr(9_000) },
  { name: "Electricity duty", amount: inr(8_000) },
];

const flexible = { exactness: "EXACT_DOWN", minimum: inr(10_000) } as const;
const dated = {
  early: { until: "2026-11-25", amount: inr(122_400) },
  late: { from: "2026-12-01", amount: inr(127_400) },
};
const settled = { payments: { "standard:pay_0001": counted(124_900, "2026-11-20") } };
const partPaid = { payments: { "standard:pay_0001": counted(50_000, "2026-11-20") } };
const answeredOn = onDay("2026-11-20");

/** A flash of lightning, 24 by 24, as a biller would set it. */
const logo = `data:image/svg+xml;base64,${Buffer.from(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><path fill="#b45309" d="M13 1 3 14h7l-1 9 11-14h-8z"/></svg>',
).toString("base64")}`;

const inBrazil: Scene = {
  bill: { amountDue: { value: 12_990, currency: "BRL" }, zone: "America/Sao_Paulo" },
  biller: aBiller({
    name: "Exemplo Energia",
    country: "BR",
    timeZone: "America/Sao_Paulo",
    rails: { pix: { key: "pagamentos@example.org", merchantName: "Exemplo Energia", merchantCity: "São Paulo" } },
  }),
};
const inSingapore: Scene = {
  bill: { amountDue: { value: 8_850, currency: "SGD" }, zone: "Asia/Singapore" },
  biller: aBiller({
    name: "Example Water",
    country: "SG",
    timeZone: "Asia/Singapore",
    rails: { payNow: { uen: "201403121W", payeeName: "Example Water" }, stripe: {} },
  }),
};
const everyRail = aBiller({
  logo,
  rails: {
    upi: { payeeAddress: "examplepower@icici", payeeName: "Example Power", merchantCode: "4900" },
    razorpay: {},
    stripe: {},
    external: { url: "https://portal.example.com/pay?bill={billId}", label: "Example Power's own site" },
  },
});

/** A payment of the whole bill as it was decided, with the number of its receipt. */
const decided = (change: Partial<Payment> = {}): readonly Payment[] => [
  aPayment({ paidAt: onDay("2026-11-20", "18:30"), number: { year: 2026, n: 123 }, ...change }),
];

/** Every state a bill's page can be in, by a name for the picture. */
export const scenes = {
  due: { detail: { items } },
  "due-android": { device: android, detail: { items } },
  "due-ios": { device: iphone },
  "due-in-whatsapp": { device: { ...android, inApp: "whatsapp" } },
  "due-feature-phone": { device: { system: "feature-phone", isBot: false } },
  "due-flexible": { bill: { ...flexible, ...dated, expiresOn: "2027-05-30" } },
  "due-flexible-android": { device: android, bill: { ...flexible, ...dated } },
  "due-any": { bill: { exactness: "ANY" } },
  "due-every-rail": { biller: everyRail, detail: { items, clickPayUrl: "https://bbps.io/AbC123" } },
  "due-brazil": inBrazil,
  "due-singapore": inSingapore,
  "due-offer": {
    detail: { items },
    offers: [
      { title: "₹35 back, three times", kind: "cashback", value: inr(3_500), until: "2027-01-31" as LocalDate },
      { title: "Cinema voucher", kind: "coupon", value: inr(5_000), rails: ["upi"] },
    ],
  },
  "due-today": { now: onDay("2026-11-30") },
  overdue: { bill: dated, now: onDay("2026-12-04") },
  "part-paid": { bill: { ...flexible, ...partPaid } },
  "part-paid-overdue": { bill: { ...partPaid, amendedAt: onDay("2026-11-18") }, now: onDay("2026-12-02") },
  paid: { bill: settled, detail: { items } },
  "paid-award": { bill: settled, decided: decided({ awards: [anAward({ title: "₹35 back, three times" })] }) },
  "paid-coupon": {
    bill: settled,
    decided: decided({
      awards: [
        anAward({ title: "₹35 back, three times" }),
        anAward({ title: "Cinema voucher", kind: "coupon", value: 5_000, coupon: { n: 1, code: "CINE-7F3K-29QX" } }),
      ],
    }),
  },
  "paid-at-a-bbps-app": {
    bill: { payments: { "bbps:CC01AB26324000012345": counted(124_900, "2026-11-20") } },
    decided: decided({ source: "bbps", paymentId: "CC01AB26324000012345" }),
  },
  "paid-in-parts": {
    bill: {
      payments: {
        "standard:pay_0001": counted(50_000, "2026-11-20"),
        "standard:pay_0002": counted(74_900, "2026-11-24", 1),
      },
    },
    now: onDay("2026-11-26"),
  },
  overpaid: {
    bill: {
      payments: {
        "standard:pay_0001": counted(124_900, "2026-11-20"),
        "standard:pay_0002": counted(124_900, "2026-11-21", 1),
      },
    },
  },
  refunded: { bill: { payments: { "standard:pay_0001": counted(124_900, "2026-11-20", 0, 124_900) } } },
  amended: {
    bill: { amendedAt: onDay("2026-11-18"), amountDue: inr(131_000), formerly: { amountDue: 124_900 } },
  },
  "amended-dates": {
    bill: {
      ...dated,
      amendedAt: onDay("2026-11-18"),
      formerly: { amountDue: 120_000, dueDate: "2026-11-28" },
    },
  },
  canceled: { bill: { canceled: { at: onDay("2026-11-20") } } },
  "canceled-part-paid": { bill: { canceled: { at: onDay("2026-11-21") }, ...partPaid } },
  expired: { bill: { expiresOn: "2026-12-31" }, now: onDay("2027-01-02") },
  paused: { bill: { pausedAt: answeredOn, pausedUntil: onDay("2026-11-27", "09:00") } },
  "answered-already-paid": {
    bill: {
      pausedAt: answeredOn,
      pausedUntil: onDay("2026-11-23"),
      answers: [{ answer: "already-paid", at: answeredOn }],
    },
  },
  "answered-will-pay": {
    bill: {
      pausedAt: answeredOn,
      pausedUntil: onDay("2026-11-27", "09:00"),
      answers: [{ answer: "will-pay", at: answeredOn, payOn: "2026-11-27" }],
    },
  },
  pending: {
    device: android,
    bill: { pending: { key: "standard:pay_0001", amount: 124_900, at: onDay("2026-11-21", "10:58") } },
  },
  "pending-long": { bill: { pending: { key: "standard:pay_0001", amount: 124_900, at: onDay("2026-11-20") } } },
  "nothing-due": { live: { outcome: "fresh", at: onDay("2026-11-21"), nothingDue: true } },
  "live-fresh": { live: { outcome: "fresh", at: onDay("2026-11-21"), nothingDue: false } },
  "live-stale": {
    live: { outcome: "stale", reason: "timed-out", at: onDay("2026-11-15", "09:30"), nothingDue: false },
  },
  "live-not-asked": { live: { outcome: "not-asked", at: onDay("2026-11-15", "09:30"), nothingDue: false } },
  "missing-app": { device: android, missingApp: "phonepe" },
  "gateway-down": { biller: everyRail, refusal: { field: "rail", fault: "unavailable", rail: "razorpay" } },
  "no-rail": { biller: aBiller({ rails: {} }) },
} satisfies Readonly<Record<string, Scene>>;

/** The name of a scene. */
export type SceneName = keyof typeof scenes;

/** The names of all scenes. */
export const sceneNames = Object.keys(scenes) as readonly SceneName[];

/** A scene by its name. */
export const sceneOf = (name: SceneName): Scene => scenes[name];

/** A scene in a language, with a customer, a title and items in that language. */
export function inLanguage(scene: Scene, language: PageLanguage): Scene {
  const { title, customer, items } = billWords[language];
  const named = scene.detail?.items?.map((item, n) => ({ ...item, name: items[n] ?? item.name }));
  return {
    ...scene,
    bill: { ...scene.bill, title, customer: aCustomer({ language, name: customer }) },
    ...(scene.detail && { detail: { ...scene.detail, ...(named && { items: named }) } }),
  };
}
