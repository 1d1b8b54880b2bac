import type { BillerId } from "../../functions/domain/ids.ts";
import type { Moment } from "../../functions/domain/local-time.ts";
import type { WebhookCall } from "../../functions/ports.ts";
import { seeded } from "./seeded.ts";
import { aGenuineCall, billers, readersAt, type Scheme, schemes, secretsFor, signedCall } from "./signed-webhooks.ts";

/** What a forger has: a genuine call, when it was made, and numbers drawn at random. */
type Loot = {
  readonly scheme: Scheme;
  readonly call: WebhookCall;
  readonly at: Moment;
  readonly id: string;
  readonly draw: (limit: number) => number;
};
type Forgery = (loot: Loot) => WebhookCall;

const signatureOf: Readonly<Record<Scheme, string>> = {
  standard: "webhook-signature",
  razorpay: "x-razorpay-signature",
  stripe: "stripe-signature",
  "mercado-pago": "x-signature",
  bbps: "authorization",
};
/** Headers that are signed or are the signature, with what of the query is. */
const signedHeaders: Readonly<Record<Scheme, readonly string[]>> = {
  standard: ["webhook-id", "webhook-timestamp", "webhook-signature"],
  razorpay: ["x-razorpay-signature"],
  stripe: ["stripe-signature"],
  "mercado-pago": ["x-signature", "x-request-id"],
  bbps: ["authorization"],
};

const pick = <T>(items: readonly T[], draw: Loot["draw"]): T => {
  const item = items[draw(items.length)];
  if (item === undefined) throw new Error("there is nothing to pick from");
  return item;
};

function flipped(bytes: Uint8Array, draw: Loot["draw"]): Buffer {
  const copy = Buffer.from(bytes);
  const at = draw(copy.length);
  copy[at] = (copy[at] ?? 0) ^ (1 << draw(8));
  return copy;
}

const withHeader = (call: WebhookCall, name: string, value: string | undefined): WebhookCall => ({
  ...call,
  headers: { ...call.headers, [name]: value },
});
const headerOf = (call: WebhookCall, name: string): string => call.headers[name] ?? "";
const fullWidth = (text: string): string =>
  text.replace(/[!-~]/, (letter) => String.fromCodePoint(letter.charCodeAt(0) + 0xfee0));

/** What is done to one signed header; whoever takes these takes more than one spelling of it. */
const tricks: readonly ((value: string) => string | undefined)[] = [
  () => undefined,
  () => "",
  () => " ",
  (value) => `${value},${value}`,
  (value) => `${value}, ${value}`,
  (value) => value.toUpperCase(),
  (value) => ` ${value}`,
  (value) => `${value} `.replaceAll(",", ", "),
  (value) => `"${value}"`,
  (value) => `${value}\0`,
  (value) => `\ufeff${value}`,
  (value) => fullWidth(value),
  (value) => value.slice(0, -1),
  (value) => `${value}0`,
  (value) => value.slice(1),
  (value) => [...value].reverse().join(""),
  (value) => value.replace(/=/g, ":"),
  (value) => value.replace(/[0-9a-f]{64}$/, "0".repeat(64)),
  (value) => value.replace(/v1/, "v0"),
  (value) => Buffer.from(value).toString("base64"),
  (value) => "undefined".padEnd(value.length, "\u0131"),
];

const flipBody: Forgery = ({ call, draw }) => ({ ...call, body: flipped(call.body, draw) });
const cutBody: Forgery = ({ call, draw }) => ({ ...call, body: call.body.slice(0, draw(call.body.length)) });
const lengthenBody: Forgery = ({ call, draw }) => ({
  ...call,
  body: Buffer.concat([call.body, Buffer.from(pick([" ", "\n", "\0", "}", "{}"], draw))]),
});
/** The same JSON written another way, and with another amount. */
const rewriteBody: Forgery = ({ call, draw }) => {
  const text = Buffer.from(call.body).toString();
  const rewritten = [JSON.stringify(JSON.parse(text), null, 1), text.replace(/\d{4,}/, String(draw(1_000_000)))];
  const body = Buffer.from(pick(rewritten, draw));
  return { ...call, body: body.equals(call.body) ? Buffer.from(`${text} `) : body };
};

const flipHeader: Forgery = ({ scheme, call, draw }) => {
  const name = pick(signedHeaders[scheme], draw);
  return withHeader(call, name, flipped(Buffer.from(headerOf(call, name)), draw).toString("latin1"));
};
const trickHeader: Forgery = ({ scheme, call, draw }) => {
  const name = pick(signedHeaders[scheme], draw);
  const value = headerOf(call, name);
  const tricked = pick(tricks, draw)(value);
  // Upper case changes no digits, other tricks no base64: what came out the same is no forgery.
  return withHeader(call, name, tricked === value ? `${value}x` : tricked);
};
const elsewhere: Forgery = ({ call, draw }) => ({
  ...call,
  biller:
    pick([...billers, "nobody", "Example-power"] as BillerId[], draw) === call.biller ? other(call.biller) : unknown,
});
const unknown = "example-gas" as BillerId;
const other = (biller: BillerId): BillerId => (biller === billers[0] ? billers[1] : billers[0]);

const bySecretOfAnother: Forgery = ({ scheme, call, at, id, draw }) => {
  const secret = pick(secretsFor(scheme, other(call.biller)), draw);
  return signedCall(scheme, { biller: call.biller, secret, body: call.body, at, id });
};
/** Another scheme's secret of the same biller, be it in this scheme's form or with that scheme's headers. */
const byOtherScheme: Forgery = ({ scheme, call, at, id, draw }) => {
  const foreign = pick(
    schemes.filter((one) => one !== scheme),
    draw,
  );
  const [secret] = secretsFor(foreign, call.biller);
  const asked = { biller: call.biller, body: call.body, at, id };
  const theirs = signedCall(foreign, { ...asked, secret });
  if (scheme === "standard" || draw(2) === 0) {
    const signature = theirs.headers[signatureOf[foreign]];
    return withHeader({ ...call, headers: { ...call.headers, ...theirs.headers } }, signatureOf[scheme], signature);
  }
  return signedCall(scheme, { ...asked, secret });
};
/** A genuine signature of another time: what is too old or from the future. */
const outOfTime: Forgery = ({ scheme, call, at, id, draw }) => {
  // It is read up to five minutes after it was made: a forgery from the future must still lie out of the window then.
  const away = 601_000 + draw(10_000_000_000);
  const [, secret] = secretsFor(scheme, call.biller);
  return signedCall(scheme, {
    ...{ biller: call.biller, secret, body: call.body, id },
    at: Math.max(1_000, draw(2) === 0 ? at - away : at + away),
  });
};
/** The genuine signature with another time beside it. */
const otherTime: Forgery = ({ scheme, call, at, draw }) => {
  const name = scheme === "standard" ? "webhook-timestamp" : signatureOf[scheme];
  const seconds = Math.floor(at / 1_000);
  const told = String(seconds + (draw(2) === 0 ? 1 : -1) * (1 + draw(299)));
  return withHeader(call, name, headerOf(call, name).replace(String(seconds), told));
};
const otherId: Forgery = ({ scheme, call, draw }) => {
  const id = String(1 + draw(1_000_000));
  if (scheme === "standard") return withHeader(call, "webhook-id", `evt-x${id}`);
  const body = draw(2) === 0 ? call.body : Buffer.from(JSON.stringify({ type: "payment", data: { id } }));
  const dataId = pick([id, ""], draw);
  return { ...call, body, query: { ...call.query, "data.id": dataId } };
};
/** The same manifest, cut into its pairs elsewhere. */
const otherPairs: Forgery = ({ call }) => {
  const dataId = `${call.query["data.id"]};request-id:${headerOf(call, "x-request-id")}`;
  const body = Buffer.from(JSON.stringify({ type: "payment" }));
  return withHeader({ ...call, body, query: { ...call.query, "data.id": dataId } }, "x-request-id", undefined);
};
/** A body about another payment under a genuine signature of the id. */
const otherIdInBody: Forgery = ({ call, draw }) => ({
  ...call,
  body: Buffer.from(JSON.stringify({ type: "payment", data: { id: String(1 + draw(1_000_000)) } })),
});

const ofBody = [flipBody, cutBody, lengthenBody, rewriteBody];
const ofAll = [flipHeader, trickHeader, elsewhere, bySecretOfAnother, byOtherScheme];

/** What may be tried against each scheme: one that does not sign the body, or has no window of time, does not promise to see that changed. */
const forgeries: Readonly<Record<Scheme, readonly Forgery[]>> = {
  standard: [...ofBody, ...ofAll, outOfTime, otherTime, otherId],
  razorpay: [...ofBody, ...ofAll],
  stripe: [...ofBody, ...ofAll, outOfTime, otherTime],
  "mercado-pago": [...ofAll, otherTime, otherId, otherPairs, otherIdInBody],
  bbps: ofAll,
};

/** How a run over forgeries ended: those that were taken are told by scheme, kind and number. */
export type ForgeryRun = {
  readonly tried: Readonly<Record<string, number>>;
  readonly genuine: number;
  readonly accepted: readonly string[];
  readonly refusedGenuine: readonly string[];
};

const mostOfOneCall = 20;

/** Tries `count` forgeries over all schemes; each genuine call they are made from is read too, in the same run. */
export async function tryForgeries(count: number, seed: number): Promise<ForgeryRun> {
  const draw = seeded(seed);
  let now = 0;
  const readers = readersAt(() => now);
  const tried: Record<string, number> = {};
  const [accepted, refusedGenuine]: [string[], string[]] = [[], []];
  let genuine = 0;
  for (let n = 0; n < count; ) {
    const scheme = pick(schemes, draw);
    const at = 1_700_000_000_000 + draw(100_000_000) * 1_000;
    now = at + draw(300) * 1_000;
    const id = scheme === "mercado-pago" ? String(123_456_000 + n) : `evt-${n}`;
    const call = aGenuineCall(scheme, { biller: pick(billers, draw), at, n, id });
    genuine++;
    if ((await readers[scheme](call)).outcome !== "genuine") refusedGenuine.push(`${scheme} ${n}`);
    for (let i = 0; i < mostOfOneCall && n < count; i++, n++) {
      const forge = pick(forgeries[scheme], draw);
      const kind = `${scheme} ${forge.name}`;
      tried[kind] = (tried[kind] ?? 0) + 1;
      const reading = await readers[scheme](forge({ scheme, call, at, id, draw }));
      if (reading.outcome !== "refused") accepted.push(`${kind} ${n}`);
    }
  }
  return { tried, genuine, accepted, refusedGenuine };
}
