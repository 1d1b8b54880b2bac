import { STATUS_CODES } from "node:http";
import { gzipSync } from "node:zlib";
import { linkReply, paymentReply } from "../functions/pages/replies.ts";
import { openPaymentLink } from "../functions/use-cases/open-payment-link.ts";
import type { Benchmark, Result } from "./benchmark.ts";
import { agents, extremes, type PageScene, pageCode, portsOf, scenes } from "./page-scenes.ts";

/** One round trip of a new connection: ten segments of 1,460 bytes, less what TLS adds. */
const mostBytes = 14_000;
/** From here on API Gateway sends gzip to who takes it, which every browser does (`minCompressionSize` in lib/api.ts). */
const gzipFrom = 1_024;
const languages = ["en", "bn", "hi", "ta", "pt", "es"] as const;

type Answer = { readonly headers: Readonly<Record<string, string>>; readonly status: number; readonly body: string };

/** The answer to who opens the link of a scene, or sends its form where the scene says that this is refused. */
async function answerTo(scene: PageScene, language: string, userAgent: string): Promise<Answer> {
  const { ports, header, linkBaseUrl } = portsOf(scene, language);
  const visit = { linkBaseUrl, userAgent, query: { sAb: "" } };
  const opened = await openPaymentLink(ports, { header, code: pageCode }, visit);
  if (opened.outcome === "not-found" || !scene.refusal) return linkReply(opened, { accept: "text/html" });
  return paymentReply({ outcome: "refused", refusal: scene.refusal, view: opened.view });
}

/** How many bytes HTTP/1.1 takes for an answer, without TLS. */
function wire({ status, headers, body }: Answer, encoding: "gzip" | "identity"): number {
  const isZipped = encoding === "gzip" && Buffer.byteLength(body) >= gzipFrom;
  const sent = isZipped ? gzipSync(body) : Buffer.from(body);
  const all = {
    ...headers,
    ...(isZipped && { "content-encoding": "gzip" }),
    "content-length": String(sent.length),
    date: new Date(0).toUTCString(),
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.byteLength(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join("")}\r\n`) + sent.length;
}

const elsewhere = /\b(?:src|srcset|href|data|poster)=(?!["']?data:)|@import|url\((?!["']?data:)/i;

/** What a browser would fetch for the page, beside the page: links and forms wait for a person, and a canonical address is only told. */
const fetched = (html: string): number =>
  (html.match(/<(?!a\b|form\b|link rel="canonical")[a-z]+\b[^>]*>|<style>.*?<\/style>/gis) ?? []).filter((tag) =>
    elsewhere.test(tag),
  ).length;

type Row = {
  readonly language: string;
  readonly agent: string;
  readonly gzip: number;
  readonly identity: number;
  readonly html: number;
  readonly requests: number;
};

async function measure(scene: PageScene): Promise<Row[]> {
  const each = languages.flatMap((language) =>
    Object.entries(agents).map(([name, agent]) => ({ language, name, agent })),
  );
  return await Promise.all(
    each.map(async ({ language, name, agent }) => {
      const answer = await answerTo(scene, language, agent);
      return {
        language,
        agent: name,
        gzip: wire(answer, "gzip"),
        identity: wire(answer, "identity"),
        html: Buffer.byteLength(answer.body),
        requests: 1 + fetched(answer.body),
      };
    }),
  );
}

const most = (rows: readonly Row[], by: "gzip" | "identity"): Row =>
  rows.reduce((largest, row) => (row[by] > largest[by] ? row : largest));

async function run(): Promise<Result> {
  const all = await Promise.all(
    Object.entries({ ...scenes, ...extremes }).map(async ([name, scene]) => ({ name, rows: await measure(scene) })),
  );
  const breaches = all.flatMap(({ name, rows }) => {
    const [largest, asking] = [most(rows, "gzip"), rows.find(({ requests }) => requests !== 1)];
    return [
      ...(largest.gzip > mostBytes
        ? [`${name} in ${largest.language}: ${largest.gzip} bytes, at most ${mostBytes}.`]
        : []),
      ...(asking ? [`${name} in ${asking.language}: ${asking.requests} requests.`] : []),
    ];
  });
  const usual = all.filter(({ name }) => name in scenes).flatMap(({ rows }) => rows);
  const over = all.filter(({ name, rows }) => name in scenes && most(rows, "identity").identity > mostBytes);
  const named = ({ language, agent }: Row): string => `${language}, ${agent}`;
  return {
    tables: [
      {
        title: `Bytes on the wire, at most ${mostBytes.toLocaleString("en-US")}`,
        columns: ["page", "largest in", "with gzip", "without, largest in", "without gzip", "of it HTML", "requests"],
        rows: all.map(({ name, rows }) => {
          const [zipped, plain] = [most(rows, "gzip"), most(rows, "identity")];
          const requests = Math.max(...rows.map((row) => row.requests));
          return [name, named(zipped), zipped.gzip, named(plain), plain.identity, plain.html, requests];
        }),
      },
    ],
    remarks: [
      `The largest page takes ${Math.max(...all.flatMap(({ rows }) => rows.map(({ gzip }) => gzip))).toLocaleString("en-US")} bytes with gzip; the largest of a usual bill takes ${most(usual, "identity").identity.toLocaleString("en-US")} without it.`,
      `Of ${Object.keys(scenes).length} usual pages ${over.length} would pass the bound in some language without gzip${over.length > 0 ? `: ${over.map(({ name }) => name).join("; ")}` : ""}.`,
    ],
    breaches,
  };
}

/** Size of the public page in every state, in every language and on every kind of device. */
export const page: Benchmark = {
  name: "page",
  title: "The bill page on the wire",
  method: [
    "The fullest bill of `examples/bills.csv` in each state, in six languages and for five kinds of device, through `open-payment-link`'s use case and reply; the largest of them is shown. The answer is counted with its head, as HTTP/1.1 writes it, without TLS: as API Gateway sends it to a browser, which accepts gzip, and to who does not.",
    "Requests: the page and whatever it would load. No state needs a script.",
  ],
  run,
};
