import type { Bill, BillDetail } from "../../../functions/domain/bill.ts";
import type { Biller } from "../../../functions/domain/biller.ts";
import { type PageView, pageView } from "../../../functions/domain/page-view.ts";
import { aBill, aBiller, aCustomer, type Plain } from "../../support/builders.ts";

/** A moment of a day in Kolkata, 11:00 unless told. */
export const onDay = (date: string, time = "11:00"): number => Date.parse(`${date}T${time}:00+05:30`);

/** What a scene changes of the bill of `aBill()` and of its biller. */
export type Scene = {
  readonly bill?: Partial<Plain<Bill>>;
  readonly biller?: Biller;
  readonly detail?: BillDetail;
  readonly now?: number;
};

/** The view of a scene, on 21 November 2026 unless told. */
export const viewOf = ({ bill, biller = aBiller(), detail, now = onDay("2026-11-21") }: Scene = {}): PageView =>
  pageView({ bill: aBill(bill), biller, detail, now });

/** A payment as the bill counts it. */
export const counted = (value: number, date: string, n = 0, refunded = 0) => ({
  amount: value,
  refunded,
  paidAt: onDay(date, "18:30"),
  n,
});

const inr = (value: number) => ({ value, currency: "INR" });

const items = [
  { name: "Energy 182 kWh", amount: inr(107_900) },
  { name: "Fixed charge", amount: inr(9_000) },
  { name: "Electricity duty", amount: inr(8_000) },
] as NonNullable<BillDetail["items"]>;

const itemsInBengali = [
  { name: "বিদ্যুৎ 182 ইউনিট", amount: inr(107_900) },
  { name: "স্থায়ী মাশুল", amount: inr(9_000) },
  { name: "বিদ্যুৎ শুল্ক", amount: inr(8_000) },
] as NonNullable<BillDetail["items"]>;

const flexible = { exactness: "EXACT_DOWN", minimum: inr(10_000) } as const;
const dated = {
  early: { until: "2026-11-25", amount: inr(122_400) },
  late: { from: "2026-12-01", amount: inr(127_400) },
};
const settled = { payments: { "standard:pay_0001": counted(124_900, "2026-11-20") } };

/** Every state a bill's page can be in, by a name for the picture. */
export const scenes = {
  due: { detail: { items } },
  "due-flexible": { bill: { ...flexible, ...dated, expiresOn: "2027-05-30" } },
  "due-any": { bill: { exactness: "ANY" } },
  "due-today": { now: onDay("2026-11-30") },
  overdue: { bill: dated, now: onDay("2026-12-04") },
  "part-paid": { bill: { ...flexible, payments: { "standard:pay_0001": counted(50_000, "2026-11-20") } } },
  "part-paid-overdue": {
    bill: { payments: { "standard:pay_0001": counted(50_000, "2026-11-20") }, amendedAt: onDay("2026-11-18") },
    now: onDay("2026-12-02"),
  },
  paid: { bill: settled, detail: { items } },
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
  amended: { bill: { amendedAt: onDay("2026-11-18"), amountDue: inr(131_000) } },
  canceled: { bill: { canceled: { at: onDay("2026-11-20") } } },
  "canceled-part-paid": {
    bill: { canceled: { at: onDay("2026-11-21") }, payments: { "standard:pay_0001": counted(50_000, "2026-11-20") } },
  },
  expired: { bill: { expiresOn: "2026-12-31" }, now: onDay("2027-01-02") },
  "no-rail": { biller: aBiller({ rails: {} }) },
} satisfies Readonly<Record<string, Scene>>;

/** The name of a scene. */
export type SceneName = keyof typeof scenes;

/** A scene in English or Bengali, with a title and items in that language. */
export function inLanguage(scene: Scene, language: "en" | "bn"): Scene {
  const bengali = language === "bn";
  return {
    ...scene,
    bill: {
      ...scene.bill,
      title: bengali ? "বিদ্যুৎ বিল, নভেম্বর 2026" : "Electricity, November 2026",
      customer: aCustomer({ language, name: bengali ? "আশা সেন" : "Asha Sen" }),
    },
    ...(bengali && scene.detail?.items && { detail: { items: itemsInBengali } }),
  };
}
