import { STATUS_CODES } from "node:http";
import { gzipSync } from "node:zlib";
import type { Bill } from "../functions/domain/bill.ts";
import type { Biller } from "../functions/domain/biller.ts";
import type { LinkCode } from "../functions/domain/link-code.ts";
import type { Moment } from "../functions/domain/local-time.ts";
import { detailOf, newBill, termsOf } from "../functions/domain/registration.ts";
import { linkReply } from "../functions/pages/replies.ts";
import { openPaymentLink } from "../functions/use-cases/open-payment-link.ts";
import type { Benchmark, Result } from "./benchmark.ts";
import { exampleBiller, fullestBill, type GivenBill } from "./example-data.ts";

/** One round trip of a new connection: ten segments of 1,460 bytes, less what TLS adds. */
const mostBytes = 14_000;

const code = "1abcdefghijkm" as LinkCode;
const languages = ["en", "bn"] as const;
const issued = at("2026-11-15", "09:30");

function at(date: string, time = "11:00"): Moment {
  return Date.parse(`${date}T${time}:00+05:30`);
}

type Scene = {
  readonly now?: Moment;
  readonly changes?: (bill: Bill) => Partial<Bill>;
  readonly given?: GivenBill;
  readonly biller?: Biller;
};

const paid =
  (share: number, date = "2026-11-20", n = 1) =>
  (bill: Bill): Bill["payments"] => ({
    [`standard:pay_000${n}`]: {
      amount: Math.ceil(bill.amountDue.value * share),
      refunded: 0,
      paidAt: at(date, "18:30"),
      n,
    },
  });

const given = fullestBill();
const amount = given.bill.amountDue;

const items = (count: number, names: readonly string[]): GivenBill => ({
  ...given,
  bill: {
    ...given.bill,
    items: Array.from({ length: count }, (_, n) => ({ name: names[n % names.length] ?? "", amount })),
  },
});

/** Every state a page can be in. */
const scenes: Readonly<Record<string, Scene>> = {
  due: {},
  "due, with early, late and least amount and 8 line items": { given: items(8, ["Energy charge 182 kWh", "স্থায়ী মাশুল"]) },
  "due today": { now: at("2026-11-30") },
  overdue: { now: at("2026-12-04") },
  "part-paid": { changes: (bill) => ({ payments: paid(0.4)(bill) }) },
  "part-paid, overdue": { now: at("2026-12-04"), changes: (bill) => ({ payments: paid(0.4)(bill) }) },
  paid: { changes: (bill) => ({ payments: paid(1)(bill) }) },
  "paid in parts": {
    now: at("2026-11-26"),
    changes: (bill) => ({ payments: { ...paid(0.4)(bill), ...paid(0.6, "2026-11-24", 2)(bill) } }),
  },
  overpaid: { changes: (bill) => ({ payments: { ...paid(1)(bill), ...paid(1, "2026-11-20", 2)(bill) } }) },
  canceled: { changes: () => ({ canceled: { at: at("2026-11-20") } }) },
  expired: { now: at("2027-06-02") },
  "no way to pay here": { biller: { ...exampleBiller(), rails: {} } },
};

/** What a bill may hold at most is rare and not gated: fifty line items, each of the longest name. */
const fullest: Scene = { given: items(50, ["স্থায়ী মাশুল ও অন্যান্য ".repeat(3).slice(0, 60)]) };

type Answer = { readonly head: string; readonly body: string };

async function answer(
  { now = at("2026-11-21"), changes, given: wanted = given, biller = exampleBiller() }: Scene,
  language: string,
): Promise<Answer> {
  const input = { ...wanted.bill, customer: { ...wanted.bill.customer, language: language as "en" } };
  const terms = termsOf(input, biller, { now: issued });
  const fresh = newBill({ code, billId: wanted.billId }, terms, { biller, now: issued });
  const bill = { ...fresh, ...changes?.(fresh) };
  const ports = {
    clock: { now: () => now },
    billers: {
      get: async () => biller,
      getCached: async () => biller,
      put: async () => "replaced" as const,
      findByWhatsApp: async () => [],
    },
    bills: {
      get: async () => bill,
      getDetail: async () => detailOf(input),
      story: async () => ({ bill, payments: [], notifications: [] }),
      save: async () => false,
      saveDetail: async () => undefined,
    },
  };
  const { status, headers, body } = linkReply(await openPaymentLink(ports, { header: biller.header, code }), {
    accept: "text/html",
  });
  const all = { ...headers, "content-length": String(Buffer.byteLength(body)), date: new Date(now).toUTCString() };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
  return { head: `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join("\r\n")}\r\n\r\n`, body };
}

const elsewhere = /\b(?:src|srcset|href|data|poster)=(?!["']?data:)|@import|url\((?!["']?data:)/i;

/** What a browser would fetch for the page, beside the page: links and forms wait for a person. */
const fetched = (html: string): number =>
  (html.match(/<(?!a\b|form\b)[a-z]+\b[^>]*>|<style>.*?<\/style>/gis) ?? []).filter((tag) => elsewhere.test(tag))
    .length;

const scripts = (html: string): number => (html.match(/<script\b|\son[a-z]+=|javascript:/gi) ?? []).length;

type Row = {
  readonly name: string;
  readonly language: string;
  readonly wire: number;
  readonly body: number;
  readonly gzip: number;
  readonly requests: number;
  readonly scripts: number;
};

async function measure(name: string, scene: Scene): Promise<Row[]> {
  return await Promise.all(
    languages.map(async (language) => {
      const { head, body } = await answer(scene, language);
      return {
        name,
        language,
        wire: Buffer.byteLength(head + body),
        body: Buffer.byteLength(body),
        gzip: gzipSync(body).length,
        requests: 1 + fetched(body),
        scripts: scripts(body),
      };
    }),
  );
}

async function run(): Promise<Result> {
  const rows = (await Promise.all(Object.entries(scenes).map(([name, scene]) => measure(name, scene)))).flat();
  const most = await measure("due, with everything a bill may hold (not gated)", fullest);
  const breaches = rows.flatMap(({ name, language, wire, requests, scripts: found }) => [
    ...(wire > mostBytes ? [`${name} in ${language}: ${wire} bytes, at most ${mostBytes}.`] : []),
    ...(requests !== 1 ? [`${name} in ${language}: ${requests} requests.`] : []),
    ...(found !== 0 ? [`${name} in ${language}: ${found} scripts.`] : []),
  ]);
  return {
    tables: [
      {
        title: `Bytes on the wire, at most ${mostBytes.toLocaleString("en-US")}`,
        columns: ["page", "language", "on the wire", "of it HTML", "HTML with gzip", "requests", "scripts"],
        rows: [...rows, ...most].map((row) => [
          row.name,
          row.language,
          row.wire,
          row.body,
          row.gzip,
          row.requests,
          row.scripts,
        ]),
      },
    ],
    remarks: [
      `The largest gated page takes ${Math.max(...rows.map(({ wire }) => wire)).toLocaleString("en-US")} bytes.`,
      "API Gateway sends the page as it is: gzip is shown for what it would bring.",
    ],
    breaches,
  };
}

/** Size of the public page in every state and language. */
export const page: Benchmark = {
  name: "page",
  title: "The bill page on the wire",
  method: [
    "The fullest bill of `examples/bills.csv` in each state and language, through `open-payment-link`'s use case and reply; the answer is counted with its head, as HTTP/1.1 writes it, without TLS.",
    "Requests: the page and whatever it would load; scripts: elements, handlers and `javascript:` links.",
  ],
  run,
};
