import * as z from "zod/mini";

const text = z.string().check(z.minLength(1));
const httpUrl = z
  .string()
  .check(z.regex(/^https?:\/\/[^\s]+[^/\s]$/, "must be an http(s) URL without a slash at its end"));
const outbound = z.pipe(
  z
    .string()
    .check(
      z.regex(
        /^(public|http:\/\/127\.0\.0\.1:\d{1,5}(\/[\w-]+)*)$/,
        "must be public, or an http://127.0.0.1 URL with its port",
      ),
    ),
  z.transform((text) => text as "public" | `http://127.0.0.1:${string}`),
);
const positiveInteger = z.pipe(
  z.string().check(z.regex(/^[1-9]\d{0,4}$/, "must be a positive whole number")),
  z.transform(Number),
);
const rate = z.pipe(
  z.string().check(z.regex(/^(?=.*[1-9])\d{1,4}(\.\d{1,3})?$/, "must be a positive number such as 20 or 0.5")),
  z.transform(Number),
);

const variables = {
  STAGE: text,
  TABLE_NAME: text,
  LANES: positiveInteger,
  BUS_NAME: text,
  LINK_BASE_URL: httpUrl,
  LINK_KEYS_SECRET: text,
  SECRETS_PREFIX: text,
  SMS_QUEUE_URL: httpUrl,
  EMAIL_QUEUE_URL: httpUrl,
  WHATSAPP_QUEUE_URL: httpUrl,
  IMPORT_BUCKET: text,
  IMPORT_ROWS_QUEUE_URL: httpUrl,
  DELIVERIES_QUEUE_URL: httpUrl,
  PAYMENTS_QUEUE_URL: httpUrl,
  LOOK_UPS_QUEUE_URL: httpUrl,
  RECONCILIATIONS_QUEUE_URL: httpUrl,
  SES_CONFIGURATION_SET: text,
  WHATSAPP_BASE_URL: httpUrl,
  WHATSAPP_API_VERSION: z.string().check(z.regex(/^v\d+\.\d+$/, "must look like v24.0")),
  SMS_CONFIGURATION_SET: text,
  SEND_TIMEOUT_SECONDS: positiveInteger,
  QUEUE_URL: httpUrl,
  DEAD_LETTERS_QUEUE_URL: httpUrl,
  MAX_RECEIVES: positiveInteger,
  SNS_PARTS_PER_SECOND: rate,
  SES_MESSAGES_PER_SECOND: rate,
  /** Where calls to addresses that a biller gave go: to them, if they are public, or on the laptop all to one URL of its own. */
  OUTBOUND: outbound,
  RAZORPAY_BASE_URL: httpUrl,
  STRIPE_BASE_URL: httpUrl,
  MERCADO_PAGO_BASE_URL: httpUrl,
  /** Who may frame a page, as CSP's `frame-ancestors` has it: `'none'` but on the laptop. */
  FRAME_ANCESTORS: text,
} as const;

type Variable = keyof typeof variables;

const table = ["TABLE_NAME", "LANES"] as const;
const links = ["LINK_KEYS_SECRET", "LINK_BASE_URL"] as const;
const channelQueues = ["SMS_QUEUE_URL", "EMAIL_QUEUE_URL", "WHATSAPP_QUEUE_URL"] as const;
const queueWorker = ["DEAD_LETTERS_QUEUE_URL", "MAX_RECEIVES"] as const;
/** What asking a biller's own system takes. */
const live = ["SECRETS_PREFIX", "OUTBOUND"] as const;
/** What making and ending checkouts takes. */
const checkouts = [...live, "RAZORPAY_BASE_URL", "STRIPE_BASE_URL"] as const;
/** What asking a gateway for its books takes. */
const gateways = [...checkouts, "MERCADO_PAGO_BASE_URL"] as const;
const page = [...table, "LINK_BASE_URL", "FRAME_ANCESTORS"] as const;
const sender = [...table, ...links, ...queueWorker, ...live, "BUS_NAME", "QUEUE_URL", "SEND_TIMEOUT_SECONDS"] as const;

/** Which variables each handler is started with: read by the handler at start and by its construct when deployed. */
export const needs = {
  "put-biller": table,
  "get-biller": table,
  "register-bill": [...table, ...links, "BUS_NAME"],
  "get-bill": [...table, ...links],
  "cancel-bill": [...table, ...links, "BUS_NAME"],
  "pause-reminders": [...table, ...links],
  "resume-reminders": [...table, ...links],
  remind: [...table, ...links],
  "start-import": [...table, "IMPORT_BUCKET"],
  "get-import": [...table, "IMPORT_BUCKET"],
  "import-file": [...table, ...queueWorker, "IMPORT_BUCKET", "IMPORT_ROWS_QUEUE_URL"],
  "import-rows": [...table, ...links, ...channelQueues, ...queueWorker, "BUS_NAME", "IMPORT_BUCKET"],
  "sweep-due-lane": [...table, ...channelQueues],
  "redate-stuck": [...table, "BUS_NAME"],
  "send-notification-sms": [...sender, "SMS_CONFIGURATION_SET", "SNS_PARTS_PER_SECOND"],
  "send-notification-email": [...sender, "SES_CONFIGURATION_SET", "SES_MESSAGES_PER_SECOND"],
  "send-notification-whatsapp": [...sender, "WHATSAPP_BASE_URL", "WHATSAPP_API_VERSION"],
  "receive-sms-log": ["DELIVERIES_QUEUE_URL"],
  "record-delivery": [...table, ...links, ...queueWorker, "BUS_NAME"],
  "receive-webhook": [
    "SECRETS_PREFIX",
    "DELIVERIES_QUEUE_URL",
    "PAYMENTS_QUEUE_URL",
    "LOOK_UPS_QUEUE_URL",
    "IMPORT_BUCKET",
  ],
  "look-up-payment": [...table, ...queueWorker, ...gateways, "PAYMENTS_QUEUE_URL"],
  "start-reconciliation": [...table, "RECONCILIATIONS_QUEUE_URL"],
  "reconcile-payments": [...table, ...queueWorker, ...gateways, "PAYMENTS_QUEUE_URL"],
  "get-reconciliations": table,
  "end-checkouts": [...table, ...links, ...queueWorker, ...checkouts],
  "get-proposals": table,
  "decide-proposal": [...table, ...links, ...channelQueues, "BUS_NAME"],
  "resend-receipt": [...table, ...links, ...channelQueues],
  "put-offer": table,
  "get-offer": table,
  "post-event": [...table, ...queueWorker, ...live, "QUEUE_URL"],
  "tell-desk": [...table, ...queueWorker, "SES_CONFIGURATION_SET"],
  "record-payment": [...table, ...links, ...channelQueues, ...queueWorker, "BUS_NAME"],
  "open-payment-link": [...page, ...live, "LINK_KEYS_SECRET"],
  "start-payment": [...page, ...checkouts],
  "answer-bill": [...page, "LINK_KEYS_SECRET", "BUS_NAME"],
  "get-receipt": page,
  "verify-link": page,
  "get-associations": table,
  "record-open": [...table, "LINK_KEYS_SECRET", "BUS_NAME"],
  "record-opt-out": [...table, ...links, "BUS_NAME"],
  "put-suppression": [...table, "LINK_KEYS_SECRET"],
  "remove-suppression": [...table, "LINK_KEYS_SECRET"],
} as const satisfies Record<string, readonly Variable[]>;

/** The name of a Lambda: its handler file, its construct and the prefix of its log events. */
export type HandlerName = keyof typeof needs;

type Parsed = { [V in Variable]: z.output<(typeof variables)[V]> };

/** The environment of one handler, parsed: numbers are numbers. */
export type Environment<H extends HandlerName = HandlerName> = { readonly [V in (typeof needs)[H][number]]: Parsed[V] };

/** The same as it is written into a Lambda's configuration: text only. */
export type EnvironmentText<H extends HandlerName = HandlerName> = {
  readonly [V in (typeof needs)[H][number]]: string;
};

/** Reads what `handler` needs; throws one error that names every variable that is missing or malformed. */
export function environment<H extends HandlerName>(
  handler: H,
  source: Readonly<Record<string, string | undefined>> = process.env,
): Environment<H> {
  const parsed: Record<string, unknown> = {};
  const bad: string[] = [];
  for (const name of needs[handler]) {
    const result = z.safeParse(variables[name], source[name]);
    if (result.success) parsed[name] = result.data;
    else
      bad.push(
        `${name} ${source[name] === undefined ? "is missing" : (result.error.issues[0]?.message ?? "is malformed")}`,
      );
  }
  if (bad.length > 0) throw new Error(`${handler} cannot start: ${bad.join("; ")}`);
  return parsed as Environment<H>;
}
