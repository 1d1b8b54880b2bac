import { GetItemCommand, PutItemCommand } from "@aws-sdk/client-dynamodb";
import type { LinkCode } from "../../domain/link-code.ts";
import type { CurrencyCode } from "../../domain/money.ts";
import type { Checkout, FormerCheckout, PaymentAttempt } from "../../domain/payment-attempt.ts";
import type { RailName, StartedRail } from "../../domain/rail.ts";
import type { AttemptStore } from "../../ports.ts";
import { attemptKey, type Key } from "./keys.ts";
import { present } from "./present.ts";
import { asked, askedUnlessRefused, fromItem, inVersion, type Place, toItem } from "./table.ts";

/** Reference, expiry, a link or a code, whether the code is copied too. */
type CheckoutRow = {
  readonly r: string;
  readonly x: number;
  readonly l?: string;
  readonly c?: string;
  readonly cc?: boolean;
};

/** What an attempt replaces: reference, expiry, amount, currency, started. */
type FormerRow = {
  readonly r: string;
  readonly x: number;
  readonly a: number;
  readonly u: string;
  readonly s: number;
};

/** Number, amount, currency, started, version, checkout, what it replaces. */
type AttemptRow = {
  readonly n: number;
  readonly a: number;
  readonly u: string;
  readonly s: number;
  readonly v: number;
  readonly k?: CheckoutRow;
  readonly p?: FormerRow;
};

const encodeCheckout = ({ providerReference, expiresAt, started }: Checkout): CheckoutRow =>
  present<CheckoutRow>({
    r: providerReference,
    x: expiresAt,
    l: started.outcome === "open" ? started.link : undefined,
    c: started.outcome === "show-code" ? started.code : undefined,
    cc: started.outcome === "show-code" ? started.canCopy : undefined,
  });

const startedIn = ({ l: link, c: code = "", cc: canCopy }: CheckoutRow): StartedRail =>
  link === undefined
    ? present<Extract<StartedRail, { outcome: "show-code" }>>({ outcome: "show-code", code, canCopy })
    : { outcome: "open", link };

const decodeCheckout = (row: CheckoutRow): Checkout => ({
  providerReference: row.r,
  expiresAt: row.x,
  started: startedIn(row),
});

const encodeFormer = ({ providerReference, expiresAt, amount, startedAt }: FormerCheckout): FormerRow => ({
  r: providerReference,
  x: expiresAt,
  a: amount.value,
  u: amount.currency,
  s: startedAt,
});

const decodeFormer = (row: FormerRow): FormerCheckout => ({
  providerReference: row.r,
  expiresAt: row.x,
  amount: { value: row.a, currency: row.u as CurrencyCode },
  startedAt: row.s,
});

const encode = (attempt: PaymentAttempt): AttemptRow =>
  present<AttemptRow>({
    n: attempt.n,
    a: attempt.amount.value,
    u: attempt.amount.currency,
    s: attempt.startedAt,
    v: attempt.version,
    k: attempt.checkout && encodeCheckout(attempt.checkout),
    p: attempt.replaces && encodeFormer(attempt.replaces),
  });

const decode = (code: LinkCode, rail: RailName, row: AttemptRow): PaymentAttempt =>
  present<PaymentAttempt>({
    code,
    rail,
    n: row.n,
    amount: { value: row.a, currency: row.u as CurrencyCode },
    startedAt: row.s,
    version: row.v,
    checkout: row.k && decodeCheckout(row.k),
    replaces: row.p && decodeFormer(row.p),
  });

/**
 * The attempts to pay at gateways, in DynamoDB: one item for each bill and rail, in the bill's partition. It is never deleted, since a
 * gateway does not forget the names of former attempts.
 */
export function dynamoAttemptStore({ client, table }: Place): AttemptStore {
  return {
    async get(code, rail) {
      const command = new GetItemCommand({
        TableName: table,
        Key: toItem(attemptKey(code, rail)),
        ConsistentRead: true,
      });
      const { Item: item } = await asked("reading an attempt to pay", client.send(command));
      return item && decode(code, rail, fromItem<AttemptRow & Key>(item));
    },
    async save(attempt, readVersion) {
      const command = new PutItemCommand({
        TableName: table,
        Item: toItem({ ...attemptKey(attempt.code, attempt.rail), ...encode(attempt) }),
        ...inVersion(readVersion),
      });
      return (await askedUnlessRefused("saving an attempt to pay", client.send(command))) !== undefined;
    },
  };
}
