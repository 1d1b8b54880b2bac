import { ArnFormat, Stack } from "aws-cdk-lib";
import { Effect, PolicyStatement } from "aws-cdk-lib/aws-iam";
import type { HandlerName } from "../functions/config.ts";
import { type Foundation, secretsPrefix } from "./foundation.ts";
import type { QueueName } from "./queues.ts";

/** What one function may do; whatever is not named it may not. No function ever scans or writes in transactions. */
interface Grants {
  readonly table?: readonly ("GetItem" | "BatchGetItem" | "Query" | "PutItem" | "UpdateItem" | "DeleteItem")[];
  /** May query the due index. */
  readonly dueIndex?: true;
  readonly linkKeys?: true;
  /** Kinds of the billers' own secrets, `duebell/<stage>/<biller>/<kind>`. */
  readonly billerSecrets?: readonly (
    | "whatsapp"
    | "standard"
    | "razorpay"
    | "stripe"
    | "mercado-pago"
    | "bbps"
    | "pix"
    | "bill-fetch"
    | "webhook"
  )[];
  readonly putEvents?: true;
  readonly sendTo?: readonly QueueName[];
  /** May put what it cannot do among the dead letters of this queue, its own, together with the cause. */
  readonly deadLettersOf?: QueueName;
  /** Keys of the import bucket, by their first path segment. */
  readonly getObjects?: readonly ("imports" | "rejects")[];
  /** The same, but only by version id: a file written over while it is read must not change under the reader. */
  readonly getVersions?: readonly ("imports" | "rejects")[];
  readonly putObjects?: readonly ("imports" | "rejects" | "webhooks")[];
  readonly sendSms?: true;
  readonly sendEmail?: true;
  readonly sendWhatsApp?: true;
}

const channels = ["sms", "email", "whatsapp"] as const;
const gatewaySecrets = ["razorpay", "stripe", "mercado-pago", "pix"] as const;

/** Least privilege on one page: every function and all it may do in AWS, besides its own log and its own queue. */
export const grants = {
  "put-biller": { table: ["GetItem", "PutItem", "DeleteItem"] },
  "get-biller": { table: ["GetItem"] },
  "register-bill": {
    table: ["GetItem", "Query", "PutItem", "UpdateItem", "DeleteItem"],
    linkKeys: true,
    putEvents: true,
  },
  "get-bill": { table: ["GetItem", "Query"], linkKeys: true },
  "cancel-bill": { table: ["GetItem", "Query", "PutItem"], linkKeys: true, putEvents: true },
  "pause-reminders": { table: ["GetItem", "Query", "PutItem"], linkKeys: true },
  "resume-reminders": { table: ["GetItem", "Query", "PutItem"], linkKeys: true },
  remind: { table: ["GetItem", "Query", "PutItem"], linkKeys: true },
  "start-import": { table: ["GetItem", "PutItem"], putObjects: ["imports"] },
  "get-import": { table: ["GetItem"], getObjects: ["rejects"] },
  "import-file": {
    table: ["GetItem", "Query", "PutItem"],
    getVersions: ["imports"],
    getObjects: ["rejects"],
    putObjects: ["rejects"],
    sendTo: ["import-rows"],
    deadLettersOf: "import-files",
  },
  "import-rows": {
    table: ["GetItem", "Query", "PutItem", "UpdateItem", "DeleteItem"],
    linkKeys: true,
    getVersions: ["imports"],
    getObjects: ["rejects"],
    putObjects: ["rejects"],
    putEvents: true,
    sendTo: channels,
    deadLettersOf: "import-rows",
  },
  "sweep-due-lane": { table: ["GetItem", "PutItem"], dueIndex: true, sendTo: channels },
  "redate-stuck": { table: ["GetItem", "Query", "PutItem", "UpdateItem"], dueIndex: true, putEvents: true },
  "send-notification-sms": {
    table: ["GetItem", "Query", "PutItem", "UpdateItem"],
    linkKeys: true,
    billerSecrets: ["bill-fetch"],
    putEvents: true,
    sendTo: ["sms"],
    deadLettersOf: "sms",
    sendSms: true,
  },
  "send-notification-email": {
    table: ["GetItem", "Query", "PutItem", "UpdateItem"],
    linkKeys: true,
    billerSecrets: ["bill-fetch"],
    putEvents: true,
    sendTo: ["email"],
    deadLettersOf: "email",
    sendEmail: true,
  },
  "send-notification-whatsapp": {
    table: ["GetItem", "Query", "PutItem", "UpdateItem"],
    linkKeys: true,
    billerSecrets: ["whatsapp", "bill-fetch"],
    putEvents: true,
    sendTo: ["whatsapp"],
    deadLettersOf: "whatsapp",
    sendWhatsApp: true,
  },
  "receive-sms-log": { sendTo: ["deliveries"] },
  "record-delivery": {
    table: ["GetItem", "Query", "PutItem", "UpdateItem"],
    linkKeys: true,
    putEvents: true,
    deadLettersOf: "deliveries",
  },
  "receive-webhook": {
    billerSecrets: ["whatsapp", "standard", "razorpay", "stripe", "mercado-pago", "bbps"],
    sendTo: ["deliveries", "payments", "look-ups"],
    putObjects: ["webhooks"],
  },
  "record-payment": {
    table: ["GetItem", "Query", "PutItem", "UpdateItem", "DeleteItem"],
    linkKeys: true,
    putEvents: true,
    sendTo: channels,
    deadLettersOf: "payments",
  },
  "look-up-payment": {
    table: ["GetItem"],
    billerSecrets: gatewaySecrets,
    sendTo: ["payments"],
    deadLettersOf: "look-ups",
  },
  "start-reconciliation": { table: ["Query", "GetItem"], sendTo: ["reconciliations"] },
  "reconcile-payments": {
    table: ["GetItem", "Query", "PutItem"],
    billerSecrets: gatewaySecrets,
    sendTo: ["payments"],
    deadLettersOf: "reconciliations",
  },
  "get-reconciliations": { table: ["GetItem", "Query"] },
  "end-checkouts": {
    table: ["GetItem", "Query"],
    linkKeys: true,
    billerSecrets: ["razorpay", "stripe", "pix"],
    deadLettersOf: "checkouts",
  },
  "get-proposals": { table: ["GetItem", "Query"] },
  "decide-proposal": {
    table: ["GetItem", "Query", "PutItem", "UpdateItem", "DeleteItem"],
    linkKeys: true,
    putEvents: true,
    sendTo: channels,
  },
  "resend-receipt": { table: ["GetItem", "Query", "PutItem"], linkKeys: true, sendTo: channels },
  "put-offer": { table: ["GetItem", "PutItem"] },
  "get-offer": { table: ["GetItem", "Query"] },
  "post-event": { table: ["GetItem"], billerSecrets: ["webhook"], deadLettersOf: "biller-events" },
  "tell-desk": { table: ["GetItem", "PutItem"], sendEmail: true, deadLettersOf: "desk-events" },
  "open-payment-link": {
    table: ["GetItem", "Query", "PutItem", "UpdateItem"],
    linkKeys: true,
    billerSecrets: ["bill-fetch"],
  },
  "start-payment": {
    table: ["GetItem", "PutItem", "UpdateItem"],
    billerSecrets: ["razorpay", "stripe", "pix", "bill-fetch"],
  },
  "answer-bill": { table: ["GetItem", "Query", "PutItem", "UpdateItem"], linkKeys: true, putEvents: true },
  "get-receipt": { table: ["GetItem"] },
  "verify-link": { table: ["GetItem"] },
  "get-associations": { table: ["Query"] },
  "record-open": { table: ["GetItem", "Query", "PutItem"], linkKeys: true, putEvents: true },
  "record-opt-out": { table: ["GetItem", "UpdateItem"], linkKeys: true, putEvents: true },
  "put-suppression": { table: ["GetItem", "UpdateItem"], linkKeys: true },
  "remove-suppression": { table: ["GetItem", "UpdateItem"], linkKeys: true },
} as const satisfies Record<HandlerName, Grants>;

/** A statement, and why each wildcard in it is as narrow as can be, by the finding cdk-nag reports. */
export interface Grant {
  readonly statement: PolicyStatement;
  readonly wildcards: Readonly<Record<string, string>>;
}

/** The policy of `handler`, one statement per kind of resource. */
export function grantsOf(handler: HandlerName, foundation: Foundation): readonly Grant[] {
  const asked: Grants = grants[handler];
  const { table, linkKeys, bus, queues } = foundation;
  const actions = asked.table?.map((action) => `dynamodb:${action}`) ?? [];
  return [
    ...(actions.length > 0 ? [allow(actions, [table.tableArn])] : []),
    ...(asked.dueIndex ? [allow(["dynamodb:Query"], [`${table.tableArn}/index/due`])] : []),
    ...(asked.linkKeys ? [allow(["secretsmanager:GetSecretValue"], [linkKeys.secretArn])] : []),
    ...(asked.putEvents ? [allow(["events:PutEvents"], [bus.eventBusArn])] : []),
    ...(asked.sendTo
      ? [
          allow(
            ["sqs:SendMessage"],
            asked.sendTo.map((name) => queues.get(name).queue.queueArn),
          ),
        ]
      : []),
    ...(asked.deadLettersOf
      ? [allow(["sqs:SendMessage"], [queues.get(asked.deadLettersOf).deadLetters.queueArn])]
      : []),
    ...(asked.billerSecrets ?? []).map((kind) => billerSecrets(kind, foundation)),
    ...(asked.getObjects ?? []).map((folder) => objects(["s3:GetObject"], folder, foundation)),
    ...(asked.getVersions ?? []).map((folder) => objects(["s3:GetObjectVersion"], folder, foundation)),
    ...(asked.putObjects ?? []).map((folder) => objects(["s3:PutObject"], folder, foundation)),
    ...(asked.sendSms ? sms(foundation) : []),
    ...(asked.sendEmail ? email(foundation) : []),
    ...(asked.sendWhatsApp ? whatsApp(foundation) : []),
  ];
}

function allow(
  actions: readonly string[],
  resources: readonly string[],
  wildcards: Record<string, string> = {},
): Grant {
  return { statement: new PolicyStatement({ actions: [...actions], resources: [...resources] }), wildcards };
}

function objects(actions: readonly string[], folder: string, foundation: Foundation): Grant {
  const arn = `${foundation.importBucketArn}/${folder}/*`;
  return allow(actions, [arn], {
    [arn]: `One object per import, named by an id made at run time, all under ${folder}/.`,
  });
}

function billerSecrets(kind: string, foundation: Foundation): Grant {
  const arn = Stack.of(foundation.bus).formatArn({
    service: "secretsmanager",
    resource: "secret",
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    resourceName: `${secretsPrefix(foundation.settings)}/*/${kind}*`,
  });
  // No `-??????` at the end: a secret that is missing is asked for by its bare name, and must be not found, not denied.
  return allow(["secretsmanager:GetSecretValue"], [arn], {
    [arn]:
      "Billers come and go at run time; path and kind are fixed, and Secrets Manager adds random characters of its own.",
  });
}

/** An ARN in the stack's own account and region. */
function arnOf(
  foundation: Foundation,
  service: string,
  path: readonly [resource: string, resourceName: string],
): string {
  const [resource, resourceName] = path;
  return Stack.of(foundation.bus).formatArn({ service, resource, resourceName });
}

function sms(foundation: Foundation): readonly Grant[] {
  const topics = new PolicyStatement({ effect: Effect.DENY, actions: ["sns:Publish"], resources: ["arn:*:sns:*:*:*"] });
  const kinds = ["phone-number", "sender-id", "pool", "protect-configuration"] as const;
  const chosen = kinds.map((kind) => arnOf(foundation, "sms-voice", [kind, "*"]));
  const set = arnOf(foundation, "sms-voice", ["configuration-set", foundation.settings.smsConfigurationSet]);
  const reason = "Each biller sends from an identity of its own, registered in this account and set at run time.";
  return [
    allow(["sns:Publish"], ["*"], {
      "*": "Publishing to a telephone number has no resource to name; topics are denied.",
    }),
    { statement: topics, wildcards: {} },
    allow(["sms-voice:SendTextMessage"], [...chosen, set], Object.fromEntries(chosen.map((arn) => [arn, reason]))),
  ];
}

function email(foundation: Foundation): readonly Grant[] {
  const identities = arnOf(foundation, "ses", ["identity", "*"]);
  const set = arnOf(foundation, "ses", ["configuration-set", foundation.settings.sesConfigurationSet]);
  return [
    allow(["ses:SendEmail"], [identities, set], {
      [identities]: "Each biller sends from an identity of its own, verified in this account and set at run time.",
    }),
  ];
}

function whatsApp(foundation: Foundation): readonly Grant[] {
  const numbers = arnOf(foundation, "social-messaging", ["phone-number-id", "*"]);
  return [
    allow(["social-messaging:SendWhatsAppMessage"], [numbers], {
      [numbers]: "Each biller sends from a number of its own, linked to this account and set at run time.",
    }),
  ];
}
