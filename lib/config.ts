import * as z from "zod";

const Rate = z.strictObject({ perSecond: z.number().positive(), burst: z.int().positive() });

const PerSecond = z.number().min(0.1).max(9999).multipleOf(0.1);

const ConfigurationSetName = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, "must be 1 to 64 letters, digits, _ or -");

const BaseUrl = z.string().regex(/^https?:\/\/[^\s]+[^/\s]$/, "must be an http(s) URL without a slash at its end");

/** The settings of one stage: where it runs, how it is reached and how much it may do at once. */
export const StageSettings = z
  .strictObject({
    /** Names the stacks, the bus `duebell-<stage>` and the secrets `duebell/<stage>/…`. */
    stage: z.string().regex(/^[a-z][a-z0-9-]{1,19}$/, "must be 2 to 20 lower-case letters, digits or hyphens"),
    /** Twelve digits; absent: the account of the credentials the deployment runs with. */
    account: z.exactOptional(z.string().regex(/^\d{12}$/, "must be twelve digits")),
    /** Absent: the region of the credentials the deployment runs with. */
    region: z.exactOptional(z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d$/, "must be a region such as ap-south-1")),
    /** Scheme and host of every payment link, without a slash at its end. */
    linkBaseUrl: z
      .string()
      .regex(/^https?:\/\/[^/\s]+$/, "must be a scheme and a host, such as https://pay.example.com"),
    /** Certificate for the link's host in the stage's own region; with it the API gets that custom domain. */
    linkCertificateArn: z.exactOptional(z.string().regex(/^arn:[\w-]+:acm:/, "must be the ARN of an ACM certificate")),
    /** Partitions of the due index, one schedule each; may grow, never shrink. */
    lanes: z.int().min(1).max(64),
    /** CloudWatch accepts these periods only. */
    logRetentionDays: z.literal([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731]),
    /** True: stateful resources survive the stack and refuse deletion. */
    protectData: z.boolean(),
    /** Uploaded files and their rejects are deleted after this many days. */
    importRetentionDays: z.int().min(1).max(365),
    /** Told of every alarm, by e-mail; the address confirms once. */
    alarmEmail: z.exactOptional(z.email()),
    /** An SNS topic told of every alarm, instead of one of our own. */
    alarmTopicArn: z.exactOptional(z.string().regex(/^arn:[\w-]+:sns:/, "must be the ARN of an SNS topic")),
    whatsapp: z.strictObject({
      baseUrl: BaseUrl,
      apiVersion: z.string().regex(/^v\d+\.\d+$/, "must look like v24.0"),
    }),
    /** Where hosted checkouts are made. */
    gateways: z.strictObject({ razorpayBaseUrl: BaseUrl, stripeBaseUrl: BaseUrl, mercadoPagoBaseUrl: BaseUrl }),
    /** The hour of UTC at which the last days are compared with the gateways. */
    reconciliationHour: z.int().min(0).max(23),
    /** Where calls to addresses that a biller gave go: to them, if they are public, or on the laptop all to one URL of its own. */
    outbound: z.union([z.literal("public"), BaseUrl], "must be public, or on the laptop a URL of its own"),
    /** Who may show the pages in a frame, as CSP's `frame-ancestors` has it; nobody but the laptop's console. */
    framedBy: z.literal(["'none'", "'self'"]),
    /** Name of the SES configuration set made for this stage; unique in the account and region. */
    sesConfigurationSet: ConfigurationSetName,
    /** Name of the End User Messaging SMS configuration set made for this stage; unique in the account and region. */
    smsConfigurationSet: ConfigurationSetName,
    /** Where SNS writes what became of each SMS: settings of the account, which its stages share. */
    smsDeliveryLogs: z.strictObject({
      /** False: both log groups are there already, made by another stage or by SNS itself. */
      makeGroups: z.boolean(),
      /** The group of successes; failures go to the same name with `/Failure`. Absent: the name SNS uses. */
      group: z.exactOptional(z.string().regex(/^[A-Za-z0-9_./#-]{1,500}$/, "must be the name of a log group")),
      /** The lines hold telephone numbers, and are read as soon as they are written. */
      retentionDays: z.literal([1, 3, 5, 7, 14, 30]),
    }),
    /** What AWS lets the whole account send in a second, in this region. */
    rates: z.strictObject({ snsPartsPerSecond: PerSecond, sesMessagesPerSecond: PerSecond }),
    /** What API Gateway lets through per method, whoever calls. */
    throttling: z.strictObject({ api: Rate, pages: Rate, webhooks: Rate }),
    /** Requests for public pages that one address may make in five minutes; absent: no web ACL (the laptop has none). */
    pageRequestsPerAddress: z.exactOptional(z.int().min(10).max(2_000_000_000)),
    /**
     * How many copies of each queue's Lambda may run at once. A channel uses its rates fully with the sum of the rates of its senders
     * times 0.26 (ten messages each, for 2.6 seconds).
     */
    concurrency: z.strictObject({
      sms: z.int().min(2).max(1000),
      email: z.int().min(2).max(1000),
      whatsapp: z.int().min(2).max(1000),
      imports: z.int().min(2).max(1000),
      events: z.int().min(2).max(1000),
    }),
  })
  .refine((settings) => settings.alarmEmail === undefined || settings.alarmTopicArn === undefined, {
    path: ["alarmEmail"],
    message: "must be absent where alarmTopicArn is given: subscribe the address to that topic instead",
  });
export type StageSettings = z.output<typeof StageSettings>;

const shared = {
  linkBaseUrl: "https://pay.example.com",
  lanes: 4,
  logRetentionDays: 30,
  protectData: true,
  importRetentionDays: 30,
  whatsapp: { baseUrl: "https://graph.facebook.com", apiVersion: "v24.0" },
  gateways: {
    razorpayBaseUrl: "https://api.razorpay.com/v1",
    stripeBaseUrl: "https://api.stripe.com/v1",
    mercadoPagoBaseUrl: "https://api.mercadopago.com/v1",
  },
  reconciliationHour: 3,
  outbound: "public",
  framedBy: "'none'",
  throttling: {
    api: { perSecond: 100, burst: 200 },
    pages: { perSecond: 500, burst: 1000 },
    webhooks: { perSecond: 1000, burst: 2000 },
  },
  pageRequestsPerAddress: 300,
  concurrency: { sms: 20, email: 10, whatsapp: 40, imports: 5, events: 20 },
  smsDeliveryLogs: { makeGroups: true, retentionDays: 7 },
  // The usual quotas of an account that has left the sandboxes; read the account's own before raising them.
  rates: { snsPartsPerSecond: 20, sesMessagesPerSecond: 14 },
} as const;

const { pageRequestsPerAddress: _noWebAcl, ...onTheLaptop } = shared;

const named = (stage: string) => ({
  stage,
  sesConfigurationSet: `duebell-${stage}`,
  smsConfigurationSet: `duebell-${stage}`,
});

const stages: Readonly<Record<string, object>> = {
  dev: { ...shared, ...named("dev"), protectData: false, lanes: 2 },
  prod: { ...shared, ...named("prod"), lanes: 16, logRetentionDays: 365 },
  local: {
    ...onTheLaptop,
    ...named("local"),
    // Nobody limits the laptop, and whoever tries it should not wait for the examples.
    rates: { snsPartsPerSecond: 500, sesMessagesPerSecond: 500 },
    linkBaseUrl: "http://127.0.0.1:4100",
    outbound: "http://127.0.0.1:4100/sandbox/outbound",
    framedBy: "'self'",
    protectData: false,
    lanes: 2,
    logRetentionDays: 1,
  },
};

/** Checks `settings`; throws one error that names every field that is missing, malformed or unknown. */
export function checkedSettings(settings: unknown): StageSettings {
  const result = StageSettings.safeParse(settings);
  if (result.success) return result.data;
  const found = result.error.issues.map((issue) => `${issue.path.join(".") || "settings"}: ${issue.message}`);
  throw new Error(`The stage settings are refused: ${found.join("; ")}`);
}

/** The checked settings of `stage`, with `overrides` put over the record in this file; throws for an unknown stage. */
export function stageSettings(stage: string, overrides: Partial<StageSettings> = {}): StageSettings {
  const record = Object.hasOwn(stages, stage) ? stages[stage] : undefined;
  if (record === undefined) {
    throw new Error(`There is no stage "${stage}" in lib/config.ts: choose one of ${Object.keys(stages).join(", ")}`);
  }
  return checkedSettings({ ...record, ...overrides });
}
