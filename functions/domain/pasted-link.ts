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

/** A link as people paste it: with a scheme, or beginning with the name of a host that has a path. */
const links =
  /[a-z][a-z0-9+.-]{1,20}:\/\/[^\s<>"'`]+|(?<![\w.@/-])(?:[a-z0-9-]{1,63}\.){1,6}[a-z]{2,24}(?::\d{1,5})?\/[^\s<>"'`]*/giu;

const trailing = /[^A-Za-z0-9/]+$/u;
/** Thirteen characters of base58 that stand by themselves, not all in one case as a word would be. */
const bareCode = /(?<![A-Za-z0-9])(?=[a-z]*[A-Z1-9])(?=[A-Z]*[a-z1-9])[1-9A-HJ-NP-Za-km-z]{13}(?![A-Za-z0-9])/;

/**
 * The first link in a text, or a bare code; undefined where nothing was pasted, and an empty code where neither is in it. One link to
 * another host makes the whole foreign: a false message may well carry a true link too.
 */
export function pastedLink(text: string, linkBaseUrl: string): PastedLink | undefined {
  // API Gateway leaves a form's `+` as it is; no link of ours has one.
  const read = text.slice(0, mostRead).replaceAll("+", " ").trim();
  if (read === "") return undefined;
  const { host } = new URL(linkBaseUrl);
  const found = [...read.matchAll(links)].map(([link]) => locationOf(link));
  const foreign = found.find((each) => each.host !== host);
  if (foreign) return { kind: "foreign", host: foreign.host };
  const [ours] = found;
  if (!ours) return { kind: "ours", header: undefined, code: bareCode.exec(read)?.[0] ?? "" };
  const [header = "", code = ""] = ours.path.split("/").slice(1);
  return { kind: "ours", header, code };
}

/** Pasted lines may have grown together: `bill.https://…`. */
const grownTogether = /^[a-z0-9+.-]*(?=https?:\/\/)/i;
const mostShown = 80;

/** Where a browser would go by a link; an unreadable one goes to no host that is ours. */
function locationOf(link: string): { readonly host: string; readonly path: string } {
  const plain = link.replace(trailing, "").replace(grownTogether, "");
  const whole = /^[a-z][a-z0-9+.-]*:\/\//i.test(plain) ? plain : `https://${plain}`;
  const url = URL.parse(whole);
  if (!url) return { host: plain.slice(0, mostShown), path: "" };
  const isWeb = url.protocol === "https:" || url.protocol === "http:";
  return { host: (isWeb ? url.host : `${url.protocol}//${url.host}`).slice(0, mostShown), path: url.pathname };
}
