import type { CarrierEvent, CarrierSurroundings } from "./carrier.ts";
import type { CarrierMessage } from "./message-store.ts";
import { type Email, readEmail } from "./ses-request.ts";

/** What SES can tell about an e-mail here; `reason` of a bounce is a subtype, or a text for the diagnostic code. */
export type SesOutcome =
  | { readonly type: "Send" | "Delivery" | "Complaint" | "Open" | "Reject" }
  | { readonly type: "Bounce"; readonly reason?: string };

const detailTypes: Readonly<Record<SesOutcome["type"], string>> = {
  Send: "Email Sent",
  Delivery: "Email Delivered",
  Bounce: "Email Bounced",
  Complaint: "Email Complaint Received",
  Open: "Email Opened",
  Reject: "Email Rejected",
};

const bounces: Readonly<Record<string, readonly [type: string, status: string, diagnostic: string]>> = {
  General: ["Permanent", "5.1.1", "smtp; 550 5.1.1 user unknown"],
  NoEmail: ["Permanent", "5.1.1", "smtp; 550 5.1.1 user unknown"],
  Suppressed: [
    "Permanent",
    "5.1.1",
    "Amazon SES has suppressed sending to this address because it has a recent history of bouncing",
  ],
  OnAccountSuppressionList: [
    "Permanent",
    "5.1.1",
    "Amazon SES did not send the message to this address because it is on the suppression list for your account",
  ],
  MailboxFull: ["Transient", "5.2.2", "smtp; 552 5.2.2 mailbox full"],
  MessageTooLarge: ["Transient", "5.3.4", "smtp; 552 5.3.4 message too large"],
  ContentRejected: ["Transient", "5.6.1", "smtp; 554 5.6.1 content rejected"],
  AttachmentRejected: ["Transient", "5.6.1", "smtp; 554 5.6.1 attachment rejected"],
  Undetermined: ["Undetermined", "5.0.0", "smtp; 550 undetermined"],
};

const bounce = (recipients: readonly string[], reason: string) => {
  const known = Object.hasOwn(bounces, reason) ? bounces[reason] : undefined;
  const [bounceType, status, diagnosticCode] = known ?? ["Permanent", "5.1.1", `smtp; 550 5.1.1 ${reason}`];
  return {
    bounceType,
    bounceSubType: known === undefined ? "General" : reason,
    bouncedRecipients: recipients.map((emailAddress) => ({ emailAddress, action: "failed", status, diagnosticCode })),
  };
};

const particulars = (
  outcome: SesOutcome,
  message: CarrierMessage,
  context: { email: Email; atMs: number; region: string },
) => {
  const timestamp = new Date(context.atMs).toISOString();
  const feedbackId = `${message.id.slice(0, -7)}-${String(context.atMs % 1_000_000).padStart(6, "0")}`;
  const { recipients } = context.email;
  const reportingMTA = `a1-10.smtp-out.${context.region}.amazonses.com`;
  switch (outcome.type) {
    case "Send":
      return { send: {} };
    case "Delivery": {
      const processingTimeMillis = Math.max(context.atMs - Date.parse(message.at), 1);
      const smtpResponse = "250 2.6.0 Message received";
      return { delivery: { timestamp, processingTimeMillis, recipients, smtpResponse, reportingMTA } };
    }
    case "Bounce":
      return {
        bounce: {
          ...bounce(recipients, outcome.reason ?? "General"),
          timestamp,
          feedbackId,
          reportingMTA: `dsn; ${reportingMTA}`,
        },
      };
    case "Complaint":
      return {
        complaint: {
          complainedRecipients: recipients.map((emailAddress) => ({ emailAddress })),
          timestamp,
          feedbackId,
          complaintSubType: null,
          userAgent: "ExampleFBL/1.0",
          complaintFeedbackType: "abuse",
          arrivalDate: timestamp,
        },
      };
    case "Open":
      return { open: { ipAddress: "192.0.2.1", timestamp, userAgent: "Mozilla/5.0" } };
    case "Reject":
      return { reject: { reason: "Bad content" } };
  }
};

const mailOf = (message: CarrierMessage, email: Email, where: CarrierSurroundings) => {
  const domain = email.fromAddress.slice(email.fromAddress.indexOf("@") + 1);
  const headers = [
    { name: "From", value: email.from },
    { name: "To", value: email.to.join(", ") },
    ...(email.replyTo.length === 0 ? [] : [{ name: "Reply-To", value: email.replyTo.join(", ") }]),
    { name: "Subject", value: email.subject },
    { name: "MIME-Version", value: "1.0" },
    { name: "Content-Type", value: 'multipart/alternative; boundary="----=_Part_1_1.1"' },
    ...email.headers.map(({ Name, Value }) => ({ name: Name, value: Value })),
  ];
  return {
    timestamp: message.at,
    source: email.from,
    sourceArn: `arn:aws:ses:${where.region}:${where.accountId}:identity/${domain}`,
    sendingAccountId: where.accountId,
    messageId: message.id,
    destination: email.recipients,
    headersTruncated: false,
    headers,
    commonHeaders: { from: [email.from], to: email.to, messageId: message.id, subject: email.subject },
    tags: {
      "ses:operation": ["SendEmail"],
      "ses:configuration-set": [email.configurationSet ?? ""],
      "ses:source-ip": ["192.0.2.10"],
      "ses:from-domain": [domain],
      "ses:caller-identity": ["duebell"],
      ...Object.fromEntries(email.tags.map(({ Name, Value }) => [Name, [Value]])),
    },
  };
};

/** The event that SES puts on the default bus for an e-mail; each call describes the e-mail from the request as it came. */
export const sesEvent = (
  message: CarrierMessage,
  outcome: SesOutcome,
  context: { atMs: number; where: CarrierSurroundings },
): CarrierEvent => {
  const { atMs, where } = context;
  const email = readEmail(message.raw.body);
  const set = email.configurationSet ?? "";
  return {
    source: "aws.ses",
    detailType: detailTypes[outcome.type],
    detail: {
      eventType: outcome.type,
      ...particulars(outcome, message, { email, atMs, region: where.region }),
      mail: mailOf(message, email, where),
    },
    resources: [`arn:aws:ses:${where.region}:${where.accountId}:configuration-set/${set}`],
  };
};
