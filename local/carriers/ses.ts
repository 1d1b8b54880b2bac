import { randomUUID } from "node:crypto";
import { invalidInput } from "../../functions/domain/errors.ts";
import {
  type AskedReport,
  type Carrier,
  type CarrierRequest,
  type CarrierSurroundings,
  type Failure,
  type PlannedReport,
  rawOf,
} from "./carrier.ts";
import type { CarrierMessage, MessageStatus } from "./message-store.ts";
import { refuseEmail, sesAnswer, sesError, sesErrors } from "./ses-errors.ts";
import { type SesOutcome, sesEvent } from "./ses-events.ts";
import { type Email, readEmail } from "./ses-request.ts";

/** What the SES account holds: verified domains and addresses, configuration sets, and the account's suppression list. */
export type SesSettings = {
  identities: readonly string[];
  configurationSets: readonly string[];
  suppressed: ReadonlySet<string>;
};

const isVerified = (address: string, identities: readonly string[]): boolean => {
  const wanted = address.toLowerCase();
  return identities.some((identity) => {
    const known = identity.toLowerCase();
    return known.includes("@") ? wanted === known : wanted.endsWith(`@${known}`) || wanted.endsWith(`.${known}`);
  });
};

const judge = (request: CarrierRequest, settings: SesSettings, region: string): Email => {
  if (request.method !== "POST" || request.path.replace(/\/$/, "") !== "/v2/email/outbound-emails") {
    return refuseEmail("UnknownOperationException", "Only SendEmail is known here");
  }
  const email = readEmail(request.body.toString("utf8"));
  const { configurationSet } = email;
  if (configurationSet !== undefined && !settings.configurationSets.includes(configurationSet)) {
    refuseEmail("NotFoundException", `Configuration set <${configurationSet}> does not exist.`);
  }
  if (!isVerified(email.fromAddress, settings.identities)) {
    const failed = `The following identities failed the check in region ${region.toUpperCase()}: ${email.from}`;
    refuseEmail("MessageRejected", `Email address is not verified. ${failed}`);
  }
  return email;
};

// SES ids begin with the time in hexadecimal milliseconds.
const newMessageId = (atMs: number): string => `0109${atMs.toString(16).padStart(12, "0")}-${randomUUID()}-000000`;

const keyOf = (tags: Email["tags"]): string | undefined =>
  (tags.find((tag) => tag.Name === "dispatchId") ?? tags[0])?.Value;

const send: readonly [number, SesOutcome] = [1, { type: "Send" }];
const delivery: readonly [number, SesOutcome] = [3, { type: "Delivery" }];
const simulated: ReadonlyMap<string, readonly (readonly [number, SesOutcome])[]> = new Map(
  Object.entries({
    success: [send, delivery],
    ooto: [send, delivery],
    bounce: [send, [3, { type: "Bounce" }]],
    suppressionlist: [send, [3, { type: "Bounce" }]],
    complaint: [send, delivery, [5, { type: "Complaint" }]],
  }),
);

const failed = (reason: string | undefined): readonly (readonly [number, SesOutcome])[] => {
  if (reason === "Complaint") return [send, delivery, [5, { type: "Complaint" }]];
  if (reason === "Reject") return [[1, { type: "Reject" }]];
  return [send, [3, { type: "Bounce", ...(reason === undefined ? {} : { reason }) }]];
};

const course = (email: Email, failure: Failure | undefined, settings: SesSettings) => {
  if (failure !== undefined) return failed(failure.reason);
  const recipients = email.recipients.map((address) => address.toLowerCase());
  if (recipients.some((address) => settings.suppressed.has(address))) return failed("OnAccountSuppressionList");
  const label = recipients
    .map((address) => /^([a-z]+)(?:\+[^@]*)?@simulator\.amazonses\.com$/.exec(address)?.[1])
    .find((name) => name !== undefined);
  return simulated.get(label ?? "") ?? [send, delivery];
};

const statusOf: Partial<Record<SesOutcome["type"], MessageStatus>> = {
  Delivery: "delivered",
  Bounce: "failed",
  Reject: "failed",
  Open: "read",
};

const askedOutcome = ({ status, reason }: AskedReport): SesOutcome => {
  if (status === "delivered") return { type: "Delivery" };
  if (status === "read") return { type: "Open" };
  return failed(reason).at(-1)?.[1] ?? { type: "Bounce" };
};

/** E-mail by SES v2 `SendEmail`: REST JSON in and out, and events on the default bus where a configuration set was named. */
export const createSes = (where: CarrierSurroundings, settings: SesSettings): Carrier => ({
  channel: "email",
  accept: (request) => {
    const email = judge(request, settings, where.region);
    const id = newMessageId(where.now());
    const key = keyOf(email.tags);
    const message: CarrierMessage = {
      id,
      channel: "email",
      to: email.recipients[0] ?? "",
      subject: email.subject,
      text: email.text,
      ...(email.html === undefined ? {} : { html: email.html }),
      raw: rawOf(request),
      at: new Date(where.now()).toISOString(),
      status: "accepted",
      ...(key === undefined ? {} : { key }),
    };
    return { message, answer: sesAnswer(200, { MessageId: id }) };
  },
  throttled: () => sesError("TooManyRequestsException", "Maximum sending rate exceeded."),
  broken: () => sesError("InternalServiceErrorException", "Internal service error"),
  refusal: (reason) =>
    Object.hasOwn(sesErrors, reason) ? sesError(reason, `The carrier was told to answer ${reason}`) : undefined,
  plan: (message, failure) => {
    const email = readEmail(message.raw.body);
    if (email.configurationSet === undefined) return [];
    return course(email, failure, settings).map(([afterSeconds, outcome]): PlannedReport => {
      const status = statusOf[outcome.type];
      return {
        afterSeconds,
        ...(status === undefined ? {} : { status }),
        build: (atMs) => ({ kind: "eventbridge", entry: sesEvent(message, outcome, { atMs, where }) }),
      };
    });
  },
  report: (message, asked, atMs) => {
    if (readEmail(message.raw.body).configurationSet === undefined) {
      const told = "was sent without a configuration set, so SES tells nothing about it";
      throw invalidInput(`messageId: ${told}`, [{ path: "messageId", message: told }]);
    }
    return { kind: "eventbridge", entry: sesEvent(message, askedOutcome(asked), { atMs, where }) };
  },
});
