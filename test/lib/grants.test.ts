import { describe, expect, it } from "vitest";
import { needs } from "../../functions/config.ts";
import { pascalCase } from "../../lib/constructs/service-alarm.ts";
import { grants } from "../../lib/grants.ts";
import { referred, synthesized } from "./synthesized.ts";

const prod = synthesized("prod");
const handlers = Object.keys(needs) as (keyof typeof needs)[];

interface Statement {
  readonly Effect: "Allow" | "Deny";
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
}

/** One allowed action on one resource, by the handler it is allowed to. */
interface Grant {
  readonly who: string;
  readonly action: string;
  readonly resource: string;
}

const handlerOf = (policy: string): string =>
  handlers.find((handler) => policy.includes(`${pascalCase(handler)}RoleDefaultPolicy`)) ?? policy;

const granted: readonly Grant[] = prod.all("AWS::IAM::Policy").flatMap((policy) => {
  const { Statement } = policy.Properties["PolicyDocument"] as { Statement: readonly Statement[] };
  return Statement.filter(({ Effect }) => Effect === "Allow").flatMap(({ Action, Resource }) =>
    [Action].flat().flatMap((action) =>
      (Array.isArray(Resource) ? Resource : [Resource]).map((resource) => ({
        who: handlerOf(policy.id),
        action,
        resource: JSON.stringify(resource),
      })),
    ),
  );
});

const allowedTo = (action: string): readonly string[] => [
  ...new Set(granted.filter((grant) => grant.action === action).map(({ who }) => who)),
];
const startedWith = (variable: string): readonly string[] =>
  handlers.filter((handler) => (needs[handler] as readonly string[]).includes(variable));

describe("the policies", () => {
  it("name every action in full", () => {
    expect(granted.filter(({ action }) => action.includes("*"))).toEqual([]);
  });

  it("let nobody scan, write in transactions, or change a table, queue, secret or role", () => {
    const actions = new Set(granted.map(({ action }) => action));
    expect([...actions].sort()).toEqual([
      "dynamodb:DeleteItem",
      "dynamodb:GetItem",
      "dynamodb:PutItem",
      "dynamodb:Query",
      "dynamodb:UpdateItem",
      "events:PutEvents",
      "lambda:InvokeFunction",
      "logs:CreateLogGroup",
      "logs:CreateLogStream",
      "logs:PutLogEvents",
      "s3:GetObject",
      "s3:GetObjectVersion",
      "s3:PutObject",
      "secretsmanager:GetSecretValue",
      "ses:SendEmail",
      "sms-voice:SendTextMessage",
      "sns:Publish",
      "social-messaging:SendWhatsAppMessage",
      "sqs:ChangeMessageVisibility",
      "sqs:DeleteMessage",
      "sqs:GetQueueAttributes",
      "sqs:GetQueueUrl",
      "sqs:ReceiveMessage",
      "sqs:SendMessage",
    ]);
  });

  it("hold a wildcard resource only where nothing narrower exists", () => {
    const wild = granted
      .filter(({ resource }) => resource.includes("*"))
      .map(({ who, action, resource }) => `${who} ${action} ${/[^:"]*\*[^"]*/.exec(resource)?.[0]}`);
    expect(wild.sort()).toEqual([
      "end-checkouts secretsmanager:GetSecretValue duebell/prod/*/pix*",
      "end-checkouts secretsmanager:GetSecretValue duebell/prod/*/razorpay*",
      "end-checkouts secretsmanager:GetSecretValue duebell/prod/*/stripe*",
      "get-import s3:GetObject /rejects/*",
      "import-file s3:GetObject /rejects/*",
      "import-file s3:GetObjectVersion /imports/*",
      "import-file s3:PutObject /rejects/*",
      "import-rows s3:GetObject /rejects/*",
      "import-rows s3:GetObjectVersion /imports/*",
      "import-rows s3:PutObject /rejects/*",
      "look-up-payment secretsmanager:GetSecretValue duebell/prod/*/mercado-pago*",
      "look-up-payment secretsmanager:GetSecretValue duebell/prod/*/pix*",
      "look-up-payment secretsmanager:GetSecretValue duebell/prod/*/razorpay*",
      "look-up-payment secretsmanager:GetSecretValue duebell/prod/*/stripe*",
      "open-payment-link secretsmanager:GetSecretValue duebell/prod/*/bill-fetch*",
      "post-event secretsmanager:GetSecretValue duebell/prod/*/webhook*",
      "receive-webhook s3:PutObject /webhooks/*",
      "receive-webhook secretsmanager:GetSecretValue duebell/prod/*/bbps*",
      "receive-webhook secretsmanager:GetSecretValue duebell/prod/*/mercado-pago*",
      "receive-webhook secretsmanager:GetSecretValue duebell/prod/*/razorpay*",
      "receive-webhook secretsmanager:GetSecretValue duebell/prod/*/standard*",
      "receive-webhook secretsmanager:GetSecretValue duebell/prod/*/stripe*",
      "receive-webhook secretsmanager:GetSecretValue duebell/prod/*/whatsapp*",
      "reconcile-payments secretsmanager:GetSecretValue duebell/prod/*/mercado-pago*",
      "reconcile-payments secretsmanager:GetSecretValue duebell/prod/*/pix*",
      "reconcile-payments secretsmanager:GetSecretValue duebell/prod/*/razorpay*",
      "reconcile-payments secretsmanager:GetSecretValue duebell/prod/*/stripe*",
      "send-notification-email secretsmanager:GetSecretValue duebell/prod/*/bill-fetch*",
      "send-notification-email ses:SendEmail identity/*",
      "send-notification-sms secretsmanager:GetSecretValue duebell/prod/*/bill-fetch*",
      "send-notification-sms sms-voice:SendTextMessage phone-number/*",
      "send-notification-sms sms-voice:SendTextMessage pool/*",
      "send-notification-sms sms-voice:SendTextMessage protect-configuration/*",
      "send-notification-sms sms-voice:SendTextMessage sender-id/*",
      "send-notification-sms sns:Publish *",
      "send-notification-whatsapp secretsmanager:GetSecretValue duebell/prod/*/bill-fetch*",
      "send-notification-whatsapp secretsmanager:GetSecretValue duebell/prod/*/whatsapp*",
      "send-notification-whatsapp social-messaging:SendWhatsAppMessage phone-number-id/*",
      "start-import s3:PutObject /imports/*",
      "start-payment secretsmanager:GetSecretValue duebell/prod/*/bill-fetch*",
      "start-payment secretsmanager:GetSecretValue duebell/prod/*/pix*",
      "start-payment secretsmanager:GetSecretValue duebell/prod/*/razorpay*",
      "start-payment secretsmanager:GetSecretValue duebell/prod/*/stripe*",
      "tell-desk ses:SendEmail identity/*",
    ]);
  });

  it("keep SMS apart from topics", () => {
    const sms = prod.all("AWS::IAM::Policy").find(({ id }) => id.includes("SendNotificationSms"));
    expect(JSON.stringify(sms?.Properties)).toContain(
      '{"Action":"sns:Publish","Effect":"Deny","Resource":"arn:*:sns:*:*:*"}',
    );
  });

  it.each([
    ["BUS_NAME", "events:PutEvents", /"Bus/],
    ["LINK_KEYS_SECRET", "secretsmanager:GetSecretValue", /LinkKeys/],
    ["SECRETS_PREFIX", "secretsmanager:GetSecretValue", /\/\*\//],
    // Whoever takes the gateways' webhooks reads secrets of the same names, but asks no gateway: only the bank's is for asking alone.
    ["RAZORPAY_BASE_URL", "secretsmanager:GetSecretValue", /\/pix/],
    ["STRIPE_BASE_URL", "secretsmanager:GetSecretValue", /\/pix/],
    ["OUTBOUND", "secretsmanager:GetSecretValue", /\/(bill-fetch|pix|webhook)/],
    ["RECONCILIATIONS_QUEUE_URL", "sqs:SendMessage", /"QueuesReconciliations[0-9A-F]{8}"/],
    ["SES_CONFIGURATION_SET", "ses:SendEmail", /configuration-set/],
    ["SMS_CONFIGURATION_SET", "sms-voice:SendTextMessage", /configuration-set\/duebell-prod/],
    ["WHATSAPP_BASE_URL", "social-messaging:SendWhatsAppMessage", /phone-number-id/],
    ["DEAD_LETTERS_QUEUE_URL", "sqs:SendMessage", /"Queues[A-Za-z]+DeadLetters[0-9A-F]{8}"/],
    ["IMPORT_ROWS_QUEUE_URL", "sqs:SendMessage", /"QueuesImportRows[0-9A-F]{8}"/],
    ["DELIVERIES_QUEUE_URL", "sqs:SendMessage", /"QueuesDeliveries[0-9A-F]{8}"/],
    ["PAYMENTS_QUEUE_URL", "sqs:SendMessage", /"QueuesPayments[0-9A-F]{8}"/],
  ])("give whoever is started with %s the right to %s there, and nobody else", (variable, action, where) => {
    const may = granted.filter((grant) => grant.action === action && where.test(grant.resource)).map(({ who }) => who);
    expect([...new Set(may)].sort()).toEqual(startedWith(variable).toSorted());
  });

  it.each(["sms", "email", "whatsapp"] as const)(
    "let those put into the %s queue who queue what is due, and its own worker",
    (channel) => {
      const where = `"Queues${pascalCase(channel)}`;
      const may = granted.filter(({ action, resource }) => action === "sqs:SendMessage" && resource.includes(where));
      const putBack = may.filter(({ resource }) => !resource.includes("DeadLetters")).map(({ who }) => who);
      const queuing = ["decide-proposal", "import-rows", "record-payment", "resend-receipt", "sweep-due-lane"];
      expect(putBack.sort()).toEqual([...queuing, `send-notification-${channel}`].sort());
      expect(may.filter(({ resource }) => resource.includes("DeadLetters")).map(({ who }) => who)).toEqual([
        `send-notification-${channel}`,
      ]);
    },
  );

  it("let every worker put into the dead letters of its own queue only", () => {
    const own = new Map(
      prod
        .all("AWS::Lambda::EventSourceMapping")
        .map(({ Properties }) => [
          String(referred(Properties["FunctionName"])),
          String(referred(Properties["EventSourceArn"])),
        ]),
    );
    const toDeadLetters = granted.filter(
      ({ action, resource }) => action === "sqs:SendMessage" && /"Queues.*DeadLetters/.test(resource),
    );
    expect(toDeadLetters).toHaveLength(own.size);
    for (const { who, resource } of toDeadLetters) {
      const [, queue] = [...own].find(([lambda]) => lambda.includes(pascalCase(who))) ?? [];
      expect(resource).toContain(`${queue?.slice(0, -8)}DeadLetters`);
    }
  });

  it("let SNS write its SMS log groups and nothing else", () => {
    const writer = granted.filter(({ who }) => who.includes("WriterRole"));
    expect(writer.map(({ action }) => action).sort()).toEqual([
      "logs:CreateLogGroup",
      "logs:CreateLogGroup",
      "logs:CreateLogStream",
      "logs:CreateLogStream",
      "logs:PutLogEvents",
      "logs:PutLogEvents",
    ]);
    for (const { resource } of writer) expect(resource).toMatch(/SmsLogs(Successes|Failures)/);
  });

  it("open the import bucket to whoever is started with its name, and nobody else", () => {
    const may = new Set(granted.filter(({ action }) => action.startsWith("s3:")).map(({ who }) => who));
    expect([...may].sort()).toEqual(startedWith("IMPORT_BUCKET").toSorted());
  });

  it("let what only shows something read only", () => {
    const writers = ["dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem"].flatMap(allowedTo);
    for (const reader of [
      "get-receipt",
      "verify-link",
      "get-associations",
      "receive-webhook",
      "get-bill",
      "get-biller",
      "get-import",
    ]) {
      expect(writers).not.toContain(reader);
    }
    expect(writers).toContain("record-opt-out");
  });

  it("let only the sweep and the slow pass query the due index", () => {
    const indexed = granted.filter(({ resource }) => resource.includes("/index/due"));
    expect(indexed.map(({ who, action }) => `${who} ${action}`)).toEqual([
      "sweep-due-lane dynamodb:Query",
      "redate-stuck dynamodb:Query",
    ]);
  });

  it("come from the one page that lists them", () => {
    expect(Object.keys(grants).sort()).toEqual(handlers.toSorted());
    for (const handler of handlers) {
      const table = granted.filter(({ who, resource }) => who === handler && /Table[^/]*$/.test(resource));
      expect(table.map(({ action }) => action.replace("dynamodb:", "")).sort()).toEqual(
        [...((grants[handler] as { readonly table?: readonly string[] }).table ?? [])].sort(),
      );
    }
  });
});
