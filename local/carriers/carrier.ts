import type { CarrierMessage, CarrierService, Channel, MessageStatus } from "./message-store.ts";

/** One HTTP request as it reached a carrier; `path` without the query, header names in any case. */
export type CarrierRequest = {
  readonly service: CarrierService;
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: Buffer;
};

/** A carrier's HTTP answer; `body` is ready to be written as UTF-8. */
export type CarrierAnswer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

/** What a carrier tells later about a message, in its own wire format. */
export type CarrierReport =
  | { readonly kind: "whatsapp-webhook"; readonly biller: string; readonly body: string }
  | { readonly kind: "eventbridge"; readonly entry: CarrierEvent }
  | { readonly kind: "sns-topic"; readonly service: CarrierService; readonly message: string }
  | { readonly kind: "cloudwatch-logs"; readonly logGroup: string; readonly message: string };

/** An event that an AWS service puts on the account's default bus. */
export type CarrierEvent = {
  readonly source: string;
  readonly detailType: string;
  readonly detail: Readonly<Record<string, unknown>>;
  readonly resources: readonly string[];
};

/** A report still to come: how many virtual seconds after the acceptance, and what it makes of the message's status. */
export type PlannedReport = {
  readonly afterSeconds: number;
  readonly status?: MessageStatus;
  readonly build: (atMs: number) => CarrierReport;
};

/** A request that the carrier takes: the message it becomes, none where it was only to be checked, and the answer the sender gets. */
type Acceptance = { readonly message: CarrierMessage | undefined; readonly answer: CarrierAnswer };

/** A failure asked of a carrier: one of its own reasons, or a text that it reports as it is. */
export type Failure = { readonly reason?: string };

/** What an operator or a fault asks a carrier to tell about a message. */
export type AskedReport = { readonly status: "delivered" | "read" | "failed"; readonly reason?: string };

/** What a customer answers: a text, or in the app's settings the wish for no more messages, or for messages again. */
export type Reply = { readonly text: string } | { readonly preference: "stop" | "resume" };

/** One carrier: its wire protocol, what it refuses, and how it reports. */
export type Carrier = {
  readonly channel: Channel;
  /** Takes a request or throws `CarrierRefusal`, as the real carrier would judge it. */
  readonly accept: (request: CarrierRequest) => Acceptance;
  /** The carrier's own answer to a sender that is too fast. */
  readonly throttled: () => CarrierAnswer;
  /** The carrier's own answer to a fault of its own, HTTP 500. */
  readonly broken: () => CarrierAnswer;
  /** The synchronous refusal that `reason` names, if it names one of this carrier's error codes. */
  readonly refusal: (reason: string) => CarrierAnswer | undefined;
  /** The reports that follow an acceptance; `failure` makes them a failure, for the channel's usual reason unless it names one. */
  readonly plan: (message: CarrierMessage, failure?: Failure) => readonly PlannedReport[];
  /** The report of one status; throws `invalid-input` where the channel has no such report. */
  readonly report: (message: CarrierMessage, asked: AskedReport, atMs: number) => CarrierReport;
  /** What the carrier tells when the customer answers this message; absent where it cannot be answered. */
  readonly reply?: (message: CarrierMessage, reply: Reply, atMs: number) => CarrierReport;
};

/** The clock and the AWS account that the carriers live in. */
export type CarrierSurroundings = {
  readonly now: () => number;
  readonly region: string;
  readonly accountId: string;
};

/** A request refused on the spot; carries the HTTP answer. */
export class CarrierRefusal extends Error {
  readonly answer: CarrierAnswer;

  constructor(answer: CarrierAnswer) {
    super(`refused with HTTP ${answer.status}`);
    this.name = "CarrierRefusal";
    this.answer = answer;
  }
}

/** The value of a header whatever the case of its name; the first of several. */
export const headerOf = (request: CarrierRequest, name: string): string | undefined => {
  for (const [key, value] of Object.entries(request.headers)) {
    if (key.toLowerCase() === name) return typeof value === "string" ? value : value?.[0];
  }
  return undefined;
};

const secretHeaders = new Set(["authorization", "x-amz-security-token", "cookie"]);

/** The request as it came over the wire, without its credentials. */
export const rawOf = (request: CarrierRequest): CarrierMessage["raw"] => ({
  method: request.method,
  path: request.path,
  headers: Object.fromEntries(
    Object.entries(request.headers).flatMap(([name, value]) =>
      value === undefined || secretHeaders.has(name.toLowerCase())
        ? []
        : [[name.toLowerCase(), typeof value === "string" ? value : value.join(", ")]],
    ),
  ),
  body: request.body.toString("utf8"),
});

/** Whether a parsed JSON value is an object with keys. */
export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The JSON value of a text, or undefined where it is none. */
export const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** A JSON value as text where it is a text or a number, else empty: an object may bring a `toString` of its own. */
export const plainText = (value: unknown): string =>
  typeof value === "string" || typeof value === "number" ? String(value) : "";
