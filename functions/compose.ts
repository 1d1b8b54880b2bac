import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { bbpsWebhookReader } from "./adapters/bbps/reader.ts";
import { bbpsLiveBills } from "./adapters/bill-fetch/live-bills.ts";
import { carrierByProvider } from "./adapters/by-provider.ts";
import { carrierReports as readCarrierReports } from "./adapters/carrier-reports.ts";
import { cryptoAddressHash } from "./adapters/crypto/address-hash.ts";
import { cryptoLinkCodes } from "./adapters/crypto/link-codes.ts";
import { cryptoNonces } from "./adapters/crypto/nonces.ts";
import { cryptoUnsubscribeTokens } from "./adapters/crypto/unsubscribe-tokens.ts";
import { dynamoAttemptStore } from "./adapters/dynamodb/attempt-store.ts";
import { dynamoBillStore } from "./adapters/dynamodb/bill-store.ts";
import { dynamoBillerStore } from "./adapters/dynamodb/biller-store.ts";
import { type CustomerHash, dynamoFrequencyCaps } from "./adapters/dynamodb/caps-store.ts";
import { dynamoCounterStore } from "./adapters/dynamodb/counter-store.ts";
import { dynamoCouponPool } from "./adapters/dynamodb/coupon-pool.ts";
import { dynamoCustomerOffers } from "./adapters/dynamodb/customer-offers.ts";
import { dynamoDeskMailStore } from "./adapters/dynamodb/desk-mail-store.ts";
import { dynamoDueIndex } from "./adapters/dynamodb/due-index.ts";
import { dynamoImportStore } from "./adapters/dynamodb/import-store.ts";
import { dynamoLiveBillCache } from "./adapters/dynamodb/live-bill-cache.ts";
import { dynamoNoticeStore } from "./adapters/dynamodb/notice-store.ts";
import { dynamoNotificationStore } from "./adapters/dynamodb/notification-store.ts";
import { dynamoOfferStore } from "./adapters/dynamodb/offer-store.ts";
import { dynamoOpenStore } from "./adapters/dynamodb/open-store.ts";
import { dynamoPace } from "./adapters/dynamodb/pace-store.ts";
import { dynamoPaidDayStore } from "./adapters/dynamodb/paid-days.ts";
import { dynamoPaymentReferenceStore } from "./adapters/dynamodb/payment-references.ts";
import { dynamoPaymentStore } from "./adapters/dynamodb/payment-store.ts";
import { dynamoProposalStore } from "./adapters/dynamodb/proposal-store.ts";
import { dynamoReceiptNumberStore } from "./adapters/dynamodb/receipt-numbers.ts";
import { dynamoReconciliationStore } from "./adapters/dynamodb/reconciliation-store.ts";
import { dynamoSmsReferenceStore } from "./adapters/dynamodb/sms-reference-store.ts";
import { dynamoSpendStore } from "./adapters/dynamodb/spend-store.ts";
import { dynamoSuppressionStore } from "./adapters/dynamodb/suppression-store.ts";
import { dynamoWatermarkStore } from "./adapters/dynamodb/watermark-store.ts";
import { eventBridgeEventPublisher } from "./adapters/eventbridge/event-publisher.ts";
import { ledgers } from "./adapters/ledgers.ts";
import { mercadoPagoWebhookReader } from "./adapters/mercado-pago/reader.ts";
import { oneExchange } from "./adapters/one-exchange.ts";
import { readOpenLog } from "./adapters/open-log.ts";
import { type OutboundOptions, outboundCall } from "./adapters/outbound.ts";
import { pdfReceiptFiles } from "./adapters/pdf/receipt-files.ts";
import { rails } from "./adapters/rails.ts";
import { razorpayWebhookReader } from "./adapters/razorpay/reader.ts";
import { s3ImportFiles } from "./adapters/s3/import-files.ts";
import { s3RawWebhooks } from "./adapters/s3/raw-webhooks.ts";
import { secretsManagerBillFetch } from "./adapters/secretsmanager/bill-fetch.ts";
import { secretsManagerBillerWebhook } from "./adapters/secretsmanager/biller-webhook.ts";
import { secretsManagerGatewaySecrets } from "./adapters/secretsmanager/gateway-secrets.ts";
import { secretsManagerLinkKeys } from "./adapters/secretsmanager/link-keys.ts";
import { secretsManagerWebhookSecrets } from "./adapters/secretsmanager/webhook-secrets.ts";
import { secretsManagerWhatsAppAccounts } from "./adapters/secretsmanager/whatsapp-accounts.ts";
import { sesDeskMail } from "./adapters/ses/desk-mail.ts";
import { sesEmailSender } from "./adapters/ses/email-sender.ts";
import { smsVoiceSmsSender } from "./adapters/sms-voice/sms-sender.ts";
import { readSmsDeliveryLogs } from "./adapters/sns/delivery-logs.ts";
import { snsSmsSender } from "./adapters/sns/sms-sender.ts";
import { socialMessagingWhatsAppSender } from "./adapters/social-messaging/whatsapp-sender.ts";
import { sqsDeadLetters } from "./adapters/sqs/dead-letters.ts";
import { sqsDelayedQueue } from "./adapters/sqs/delayed-queue.ts";
import { sqsDeliveryQueue } from "./adapters/sqs/delivery-queue.ts";
import { sqsDueQueues } from "./adapters/sqs/due-queues.ts";
import { sqsHiding } from "./adapters/sqs/hiding.ts";
import { sqsImportRangeQueue } from "./adapters/sqs/import-range-queue.ts";
import { sqsLookUpQueue } from "./adapters/sqs/look-up-queue.ts";
import { sqsPaymentQueue } from "./adapters/sqs/payment-queue.ts";
import { sqsReconciliationQueue } from "./adapters/sqs/reconciliation-queue.ts";
import { standardWebhookPoster } from "./adapters/standard-webhooks/poster.ts";
import { standardWebhookReader } from "./adapters/standard-webhooks/reader.ts";
import { billerRest as restOfBillers } from "./adapters/standard-webhooks/rest.ts";
import { stripeWebhookReader } from "./adapters/stripe/reader.ts";
import { systemClock } from "./adapters/system/clock.ts";
import { systemTimer } from "./adapters/system/timer.ts";
import { whatsAppWebhookReader } from "./adapters/whatsapp/reader.ts";
import { answerToVerification } from "./adapters/whatsapp/webhook.ts";
import { cloudApiWhatsAppSender } from "./adapters/whatsapp/whatsapp-sender.ts";
import { emailWording } from "./adapters/wording/email-wording.ts";
import { hasBuiltinWording, languageFor } from "./adapters/wording/inventory.ts";
import { smsWording } from "./adapters/wording/sms-wording.ts";
import { whatsAppWording } from "./adapters/wording/whatsapp-wording.ts";
import type { BillerId } from "./domain/ids.ts";
import type { WebhookReaders } from "./ports.ts";

/**
 * The composition root: one factory per port, each made once. A bundle carries only the factories its handler names, so nothing here
 * may do anything when it is loaded.
 */

function once<A extends readonly unknown[], T>(make: (...args: A) => T): (...args: A) => T {
  let made: { readonly value: T } | undefined;
  return (...args) => {
    made ??= { value: make(...args) };
    return made.value;
  };
}

type TableNeeds = { readonly TABLE_NAME: string; readonly LANES: number };
type LinkNeeds = { readonly LINK_KEYS_SECRET: string };

const dynamo = /* @__PURE__ */ once(
  () =>
    new DynamoDBClient({
      requestHandler: { connectionTimeout: 1_000, requestTimeout: 3_000, throwOnRequestTimeout: true },
    }),
);
const place = ({ TABLE_NAME, LANES }: TableNeeds) => ({ client: dynamo(), table: TABLE_NAME, lanes: LANES });
const linkKeys = /* @__PURE__ */ once((env: LinkNeeds) =>
  secretsManagerLinkKeys({ name: env.LINK_KEYS_SECRET, clock: systemClock }),
);

export const clock = systemClock;
export const nonces = cryptoNonces;
export const timer = systemTimer;
export const linkCodes = /* @__PURE__ */ once((env: LinkNeeds) =>
  cryptoLinkCodes({ keys: linkKeys(env), clock: systemClock }),
);
export const unsubscribeTokens = /* @__PURE__ */ once((env: LinkNeeds) =>
  cryptoUnsubscribeTokens({ keys: linkKeys(env) }),
);

export const billers = /* @__PURE__ */ once((env: TableNeeds) =>
  dynamoBillerStore({ ...place(env), clock: systemClock }),
);
export const bills = /* @__PURE__ */ once((env: TableNeeds) => dynamoBillStore(place(env)));
export const opens = /* @__PURE__ */ once((env: TableNeeds) => dynamoOpenStore(place(env)));
export const payments = /* @__PURE__ */ once((env: TableNeeds) => dynamoPaymentStore(place(env)));
export const notices = /* @__PURE__ */ once((env: TableNeeds) => dynamoNoticeStore(place(env)));
export const paymentReferences = /* @__PURE__ */ once((env: TableNeeds) => dynamoPaymentReferenceStore(place(env)));
export const paidDays = /* @__PURE__ */ once((env: TableNeeds) => dynamoPaidDayStore(place(env)));
export const proposals = /* @__PURE__ */ once((env: TableNeeds) => dynamoProposalStore(place(env)));
export const notifications = /* @__PURE__ */ once((env: TableNeeds) => dynamoNotificationStore(place(env)));
export const smsReferences = /* @__PURE__ */ once((env: TableNeeds) =>
  dynamoSmsReferenceStore({ ...place(env), clock: systemClock }),
);
export const dueIndex = /* @__PURE__ */ once((env: TableNeeds) => dynamoDueIndex(place(env)));
export const watermarks = /* @__PURE__ */ once((env: TableNeeds) => dynamoWatermarkStore(place(env)));
export const imports = /* @__PURE__ */ once((env: TableNeeds) => dynamoImportStore(place(env)));
export const suppressions = /* @__PURE__ */ once((env: TableNeeds & LinkNeeds) => {
  const hash = cryptoAddressHash({ keys: linkKeys(env) });
  return dynamoSuppressionStore({
    ...place(env),
    addressHash: (biller, channel, address) => hash(biller, `${channel}|${address}`),
  });
});

type LiveNeeds = { readonly SECRETS_PREFIX: string; readonly OUTBOUND: OutboundOptions["to"] };

/** The billers' own systems, which are asked what is due now. */
export const liveBills = /* @__PURE__ */ once((env: LiveNeeds) =>
  bbpsLiveBills({
    call: outboundCall({ to: env.OUTBOUND }),
    secret: secretsManagerBillFetch({ prefix: env.SECRETS_PREFIX, clock: systemClock }),
    clock: systemClock,
  }),
);
export const liveBillCache = /* @__PURE__ */ once((env: TableNeeds) => dynamoLiveBillCache(place(env)));

/** A customer of a biller, hidden in the keys of what is counted of each. */
const customerHash = (env: LinkNeeds): CustomerHash => {
  const hash = cryptoAddressHash({ keys: linkKeys(env) });
  return (biller, customer) => hash(biller, `customer|${customer}`);
};
/** The billers' own systems, which are told of events. */
export const billerWebhook = /* @__PURE__ */ once((env: LiveNeeds) =>
  standardWebhookPoster({
    call: outboundCall({ to: env.OUTBOUND }),
    secrets: secretsManagerBillerWebhook({ prefix: env.SECRETS_PREFIX, clock: systemClock }),
    clock: systemClock,
  }),
);
export const billerRest = /* @__PURE__ */ once(() => restOfBillers(systemClock));
export const desk = /* @__PURE__ */ once((env: { SES_CONFIGURATION_SET: string }) =>
  sesDeskMail({ configurationSet: env.SES_CONFIGURATION_SET }),
);
export const deskMails = /* @__PURE__ */ once((env: TableNeeds) =>
  dynamoDeskMailStore({ ...place(env), clock: systemClock }),
);

export const caps = /* @__PURE__ */ once((env: TableNeeds & LinkNeeds) =>
  dynamoFrequencyCaps({ ...place(env), customerHash: customerHash(env) }),
);
export const counters = /* @__PURE__ */ once((env: TableNeeds) => dynamoCounterStore(place(env)));
export const couponPool = /* @__PURE__ */ once((env: TableNeeds) => dynamoCouponPool(place(env)));
export const offers = /* @__PURE__ */ once((env: TableNeeds) =>
  dynamoOfferStore({ ...place(env), clock: systemClock, counters: counters(env), couponPool: couponPool(env) }),
);
export const customerOffers = /* @__PURE__ */ once((env: TableNeeds & LinkNeeds) =>
  dynamoCustomerOffers({ ...place(env), customerHash: customerHash(env) }),
);
export const receiptNumbers = /* @__PURE__ */ once((env: TableNeeds) => dynamoReceiptNumberStore(place(env)));
export const spend = /* @__PURE__ */ once((env: TableNeeds) => dynamoSpendStore(place(env)));

export const events = /* @__PURE__ */ once((env: { BUS_NAME: string }) =>
  eventBridgeEventPublisher({ busName: env.BUS_NAME }),
);
export const dueQueues = /* @__PURE__ */ once(
  (env: { SMS_QUEUE_URL: string; EMAIL_QUEUE_URL: string; WHATSAPP_QUEUE_URL: string }) =>
    sqsDueQueues({ urls: { sms: env.SMS_QUEUE_URL, email: env.EMAIL_QUEUE_URL, whatsapp: env.WHATSAPP_QUEUE_URL } }),
);
export const importRanges = /* @__PURE__ */ once((env: { IMPORT_ROWS_QUEUE_URL: string }) =>
  sqsImportRangeQueue({ queueUrl: env.IMPORT_ROWS_QUEUE_URL }),
);
export const deliveries = /* @__PURE__ */ once((env: { DELIVERIES_QUEUE_URL: string }) =>
  sqsDeliveryQueue({ queueUrl: env.DELIVERIES_QUEUE_URL }),
);
export const incomingPayments = /* @__PURE__ */ once((env: { PAYMENTS_QUEUE_URL: string }) =>
  sqsPaymentQueue({ queueUrl: env.PAYMENTS_QUEUE_URL }),
);
/** Hides a worker's own messages until their next try. */
export const hiding = /* @__PURE__ */ once((env: { QUEUE_URL: string }) => sqsHiding({ queueUrl: env.QUEUE_URL }));
/** What a queue's worker does with a message whose last receive fails. */
export const lastReceive = /* @__PURE__ */ once((env: { DEAD_LETTERS_QUEUE_URL: string; MAX_RECEIVES: number }) => ({
  maxReceives: env.MAX_RECEIVES,
  deadLetters: sqsDeadLetters({ queueUrl: env.DEAD_LETTERS_QUEUE_URL }),
}));
export const importFiles = /* @__PURE__ */ once((env: { IMPORT_BUCKET: string }) =>
  s3ImportFiles({ bucket: env.IMPORT_BUCKET }),
);

const callTimeoutMs = 15_000;

export const smsCarrier = /* @__PURE__ */ once((env: { SMS_CONFIGURATION_SET: string }) =>
  carrierByProvider(
    {
      sns: snsSmsSender({ timeoutMs: callTimeoutMs }),
      "end-user-messaging": smsVoiceSmsSender({
        configurationSet: env.SMS_CONFIGURATION_SET,
        timeoutMs: callTimeoutMs,
      }),
    },
    // A biller without settings sends by SNS under the account's own.
    ({ sms }) => sms?.provider ?? "sns",
  ),
);
export const emailCarrier = /* @__PURE__ */ once((env: { SES_CONFIGURATION_SET: string }) =>
  sesEmailSender({ configurationSet: env.SES_CONFIGURATION_SET, timeoutMs: callTimeoutMs }),
);
export const whatsAppCarrier = /* @__PURE__ */ once(
  (env: { SECRETS_PREFIX: string; WHATSAPP_BASE_URL: string; WHATSAPP_API_VERSION: string }) => {
    const accounts = secretsManagerWhatsAppAccounts({ prefix: env.SECRETS_PREFIX, clock: systemClock });
    const cloudApi = cloudApiWhatsAppSender({
      baseUrl: env.WHATSAPP_BASE_URL,
      version: env.WHATSAPP_API_VERSION,
      timeoutMs: callTimeoutMs,
      token: async (biller) => (await accounts(biller))?.accessToken,
    });
    const social = socialMessagingWhatsAppSender({
      metaApiVersion: env.WHATSAPP_API_VERSION,
      timeoutMs: callTimeoutMs,
    });
    return carrierByProvider(
      { "cloud-api": cloudApi, "end-user-messaging": social },
      (biller) => biller.whatsapp?.provider,
    );
  },
);

export const smsTexts = /* @__PURE__ */ once(() => ({ ...smsWording(), languageFor }));
export const emailTexts = /* @__PURE__ */ once(() => ({ ...emailWording(), languageFor }));
export const whatsAppTexts = /* @__PURE__ */ once(() => ({ ...whatsAppWording(), languageFor }));

/** The rails as a page offers them: none of them can make a checkout. */
export const offeredRails = /* @__PURE__ */ once(() => rails());
/** The rails as a payment is started with them, gateways by the biller's own credentials. */
const startingRails = /* @__PURE__ */ once(
  (env: LiveNeeds & { readonly RAZORPAY_BASE_URL: string; readonly STRIPE_BASE_URL: string }) =>
    rails({
      clock: systemClock,
      secrets: secretsManagerGatewaySecrets({ prefix: env.SECRETS_PREFIX, clock: systemClock }),
      razorpayBaseUrl: env.RAZORPAY_BASE_URL,
      stripeBaseUrl: env.STRIPE_BASE_URL,
      ask: oneExchange,
      askBiller: outboundCall({ to: env.OUTBOUND }),
    }),
);
const attempts = /* @__PURE__ */ once((env: TableNeeds) => dynamoAttemptStore(place(env)));

/** The books of the gateways, by the biller's own credentials. */
export const gatewayLedgers = /* @__PURE__ */ once(
  (env: Parameters<typeof startingRails>[0] & { readonly MERCADO_PAGO_BASE_URL: string }) =>
    ledgers({
      clock: systemClock,
      secrets: secretsManagerGatewaySecrets({ prefix: env.SECRETS_PREFIX, clock: systemClock }),
      razorpayBaseUrl: env.RAZORPAY_BASE_URL,
      stripeBaseUrl: env.STRIPE_BASE_URL,
      mercadoPagoBaseUrl: env.MERCADO_PAGO_BASE_URL,
      ask: oneExchange,
      askBiller: outboundCall({ to: env.OUTBOUND }),
    }),
);
export const reconciliations = /* @__PURE__ */ once((env: TableNeeds) => dynamoReconciliationStore(place(env)));
export const reconciliationQueue = /* @__PURE__ */ once((env: { RECONCILIATIONS_QUEUE_URL: string }) =>
  sqsReconciliationQueue({ queueUrl: env.RECONCILIATIONS_QUEUE_URL }),
);

/** What comparing a day with a gateway works with. */
export const reconciling = (
  env: TableNeeds & Parameters<typeof gatewayLedgers>[0] & { readonly PAYMENTS_QUEUE_URL: string },
) => ({
  billers: billers(env),
  gatewayLedgers: gatewayLedgers(env),
  paymentReferences: paymentReferences(env),
  payments: payments(env),
  paidDays: paidDays(env),
  incomingPayments: incomingPayments(env),
  reconciliations: reconciliations(env),
  clock,
});

/** What ending the checkouts of a bill works with. */
export const endingCheckouts = (env: TableNeeds & LinkNeeds & Parameters<typeof startingRails>[0]) => ({
  bills: bills(env),
  billers: billers(env),
  linkCodes: linkCodes(env),
  attempts: attempts(env),
  rails: startingRails(env),
  clock,
});

/** What opening a link works with. */
export const openingLinks = (env: TableNeeds & LinkNeeds & LiveNeeds) => ({
  bills: bills(env),
  billers: billers(env),
  payments: payments(env),
  offers: offers(env),
  customerOffers: customerOffers(env),
  rails: offeredRails(),
  liveBills: liveBills(env),
  liveBillCache: liveBillCache(env),
  clock,
});

/** What starting a payment works with. */
export const startingPayments = (env: TableNeeds & Parameters<typeof startingRails>[0]) => ({
  bills: bills(env),
  billers: billers(env),
  attempts: attempts(env),
  rails: startingRails(env),
  liveBills: liveBills(env),
  liveBillCache: liveBillCache(env),
  clock,
});

export const receiptFiles = /* @__PURE__ */ once(() => pdfReceiptFiles());

export const hasWording = hasBuiltinWording;

const webhookSecrets = /* @__PURE__ */ once((env: { SECRETS_PREFIX: string }) =>
  secretsManagerWebhookSecrets({ prefix: env.SECRETS_PREFIX, clock: systemClock }),
);

/** The providers whose webhooks are taken. */
const webhooks = /* @__PURE__ */ once((env: { SECRETS_PREFIX: string }): WebhookReaders => {
  const ports = { secrets: webhookSecrets(env), clock: systemClock };
  return {
    standard: standardWebhookReader(ports),
    razorpay: razorpayWebhookReader(ports),
    stripe: stripeWebhookReader(ports),
    "mercado-pago": mercadoPagoWebhookReader(ports),
    bbps: bbpsWebhookReader(ports),
    whatsapp: whatsAppWebhookReader(ports),
  };
});

/** What taking a webhook works with, whoever its provider is. */
export const receivingWebhooks = (env: {
  SECRETS_PREFIX: string;
  DELIVERIES_QUEUE_URL: string;
  PAYMENTS_QUEUE_URL: string;
  LOOK_UPS_QUEUE_URL: string;
  IMPORT_BUCKET: string;
}) => ({
  webhooks: webhooks(env),
  deliveries: deliveries(env),
  incomingPayments: incomingPayments(env),
  lookUps: sqsLookUpQueue({ queueUrl: env.LOOK_UPS_QUEUE_URL }),
  rawWebhooks: s3RawWebhooks({ bucket: env.IMPORT_BUCKET }),
  clock,
});

/** Answers Meta's verification of a webhook's address: the challenge for our token, 403 for any other. */
export async function whatsAppVerification(
  env: { SECRETS_PREFIX: string },
  call: { readonly provider: string; readonly biller: BillerId; readonly query: Readonly<Record<string, string>> },
) {
  const account = call.provider === "whatsapp" ? await webhookSecrets(env).whatsApp(call.biller) : undefined;
  const challenge = account && answerToVerification(call.query, account.verifyToken);
  return challenge === undefined
    ? { status: 403 }
    : { status: 200, headers: { "content-type": "text/plain" }, body: challenge };
}

/** Reads what the deliveries queue holds, whoever put it there. */
export const carrierReports = readCarrierReports;

/** Reads what the page's own log group tells of opens. */
export const openLog = readOpenLog;

/** Reads what the delivery-status log groups of SNS tell. */
export const smsDeliveryLogs = readSmsDeliveryLogs;

const pace = /* @__PURE__ */ once((env: TableNeeds) =>
  dynamoPace({ ...place(env), clock: systemClock, timer: systemTimer }),
);
const delayedQueue = /* @__PURE__ */ once((env: { QUEUE_URL: string }) => sqsDelayedQueue({ queueUrl: env.QUEUE_URL }));

/** What every sender works with, whatever its channel. */
export const sending = (env: TableNeeds & LinkNeeds & LiveNeeds & { BUS_NAME: string; QUEUE_URL: string }) => ({
  bills: bills(env),
  payments: payments(env),
  notices: notices(env),
  billers: billers(env),
  notifications: notifications(env),
  suppressions: suppressions(env),
  unsubscribeTokens: unsubscribeTokens(env),
  caps: caps(env),
  spend: spend(env),
  pace: pace(env),
  delayedQueue: delayedQueue(env),
  liveBills: liveBills(env),
  liveBillCache: liveBillCache(env),
  events: events(env),
  timer,
  clock,
  nonces,
});

/** What recording a delivery works with, whatever its carrier. */
export const recordingDeliveries = (env: TableNeeds & LinkNeeds & { BUS_NAME: string }) => ({
  bills: bills(env),
  payments: payments(env),
  notices: notices(env),
  billers: billers(env),
  notifications: notifications(env),
  suppressions: suppressions(env),
  smsReferences: smsReferences(env),
  events: events(env),
  clock,
});

/** What registering a bill works with, however the bill came. */
export const registering = (env: TableNeeds & LinkNeeds & { BUS_NAME: string }) => ({
  bills: bills(env),
  billers: billers(env),
  payments: payments(env),
  paymentReferences: paymentReferences(env),
  paidDays: paidDays(env),
  proposals: proposals(env),
  counters: counters(env),
  receiptNumbers: receiptNumbers(env),
  offers: offers(env),
  customerOffers: customerOffers(env),
  couponPool: couponPool(env),
  linkCodes: linkCodes(env),
  events: events(env),
  timer,
  clock,
});

/** What recording a payment works with, wherever it was told. */
export const recordingPayments = (env: Parameters<typeof registering>[0] & Parameters<typeof dueQueues>[0]) => ({
  ...registering(env),
  dueQueues: dueQueues(env),
  liveBillCache: liveBillCache(env),
  notices: notices(env),
});
