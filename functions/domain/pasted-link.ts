import { visibleText } from "./visible-text.ts";

/** What somebody who asks about a message pasted: the two parts of a link of ours, or the host that another link leads to. */
export type PastedLink =
  | { readonly kind: "ours"; readonly header: string | undefined; readonly code: string }
  | { readonly kind: "foreign"; readonly host: string };

/** Whether a link or code that somebody pasted is genuine, and whose; `linkHost` is what every genuine link leads to. */
export type VerifiedLink = { readonly linkHost: string } & (
  | { readonly outcome: "not-asked" }
  | { readonly outcome: "genuine"; readonly billerName: string; readonly path: string }
  | { readonly outcome: "unknown" }
  | { readonly outcome: "foreign"; readonly host: string }
);

/** More than an SMS of ten parts; what lies behind is not read. */
const mostRead = 2_000;

/** Where the next link begins in pasted lines that have grown together: `bill.https://…`. */
const grownTogether = /(?=https?:)/i;
/** A scheme with what it leads to; browsers need no slash after `https:`. */
const schemed = /[a-z][a-z0-9+.-]{1,20}:[/\\]{2,}[^/\\]|https?:[/\\]*[^/\\]/i;
/** A name that ends like a host's, in letters of any script, or four numbers; and something of what stands behind a host. */
const hosted = /(?:\.\p{L}[\p{L}\p{M}\p{N}-]+|(?<![\p{N}.])(?:\d{1,3}\.){3}\d{1,3})\.?(?::\d{1,5})?[/?#\\]/u;

/** Thirteen characters of base58, not all in one case as a word would be. */
const bareCode = /^(?=[a-z]*[A-Z1-9])(?=[A-Z]*[a-z1-9])[1-9A-HJ-NP-Za-km-z]{13}$/;
/** What beside a bare code could lead somewhere: part of an address, a name that ends like a host's, four numbers. */
const leading = /[/\\?#@%:]|\.\p{L}[\p{L}\p{M}\p{N}-]|^(?:\d{1,3}\.){3}\d{1,3}$/u;
/** What a sentence has of that all the same: `30/11/2026`, `10:30am`, `A/c`. */
const harmless = /^(?:\d{1,4}(?:\/\d{1,4}){1,2}|\d{1,2}(?::\d{2}){1,2}\p{L}{0,2}|\p{L}{1,4}\/\p{L}{1,4})$/u;

/**
 * The first link in a text, or a bare code that stands by itself; undefined where nothing was pasted, and an empty code where neither is
 * in it. One link to another host makes the whole foreign: a false message may well carry a true link too. A code beside anything that
 * could lead elsewhere counts for nothing.
 */
export function pastedLink(text: string, linkBaseUrl: string): PastedLink | undefined {
  // API Gateway leaves a form's `+` as it is; no link of ours has one.
  const read = plainText(text.slice(0, mostRead).replaceAll("+", " "));
  if (read === "") return undefined;
  const words = read.split(/[\s<>"'`]+/).map((word) => word.replace(/^[([{*_~«„“‘,;#-]+/, ""));
  const found = words
    .flatMap((word) => word.split(grownTogether))
    .filter((part) => schemed.test(part) || hosted.test(part))
    .map(locationOf);
  const { host } = new URL(linkBaseUrl);
  const foreign = found.find((each) => each.host !== host);
  if (foreign) return { kind: "foreign", host: foreign.host };
  const [ours] = found;
  if (!ours) return { kind: "ours", header: undefined, code: codeAmong(words) };
  const [header = "", rest = ""] = ours.path.split("/").slice(1);
  return { kind: "ours", header, code: /^[0-9A-Za-z]*/.exec(rest)?.[0] ?? "" };
}

/** The text as browsers read an address: without unseen characters, wide letters and dots as the plain ones. */
const plainText = (text: string): string =>
  visibleText(text).normalize("NFKC").replaceAll("\u3002", ".").slice(0, mostRead).trim();

const trailing = /[\p{P}\p{S}]+$/u;

function codeAmong(words: readonly string[]): string {
  const bare = words.map((word) => word.replace(trailing, ""));
  if (bare.some((word) => leading.test(word) && !harmless.test(word))) return "";
  return bare.find((word) => bareCode.test(word)) ?? "";
}

const mostShown = 80;

/** Where a browser would go by a link; an unreadable one goes to no host that is ours. */
function locationOf(link: string): { readonly host: string; readonly path: string } {
  const url = URL.parse(/^(?:[a-z][a-z0-9+.-]*:[/\\]{2}|https?:)/i.test(link) ? link : `https://${link}`);
  if (!url) return { host: link.replace(trailing, "").slice(0, mostShown), path: "" };
  const isWeb = url.protocol === "https:" || url.protocol === "http:";
  return { host: (isWeb ? url.host : `${url.protocol}//${url.host}`).slice(0, mostShown), path: url.pathname };
}
