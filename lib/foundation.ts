import type { RestApi } from "aws-cdk-lib/aws-apigateway";
import type { Table } from "aws-cdk-lib/aws-dynamodb";
import type { EventBus } from "aws-cdk-lib/aws-events";
import type { Bucket } from "aws-cdk-lib/aws-s3";
import type { Secret } from "aws-cdk-lib/aws-secretsmanager";
import type { StageSettings } from "./config.ts";
import type { AlarmBoard } from "./constructs/service-alarm.ts";
import type { QueueName, Queues } from "./queues.ts";

/** What every feature stands on. */
export interface Foundation {
  readonly settings: StageSettings;
  readonly table: Table;
  readonly importBucket: Bucket;
  readonly importBucketArn: string;
  readonly linkKeys: Secret;
  readonly bus: EventBus;
  readonly api: RestApi;
  readonly queues: Queues;
  readonly alarms: AlarmBoard;
  /** False: functions hold a stub instead of their bundle, for tests and for the laptop, which runs the source. */
  readonly bundle: boolean;
}

/** The stage's secrets lie under this name: `duebell/<stage>`. */
export function secretsPrefix(settings: StageSettings): string {
  return `duebell/${settings.stage}`;
}

/** Variables in the groups in which functions/config.ts asks for them; a feature spreads the groups its function needs. */
export function variables(foundation: Foundation) {
  const { settings, table, linkKeys, bus, importBucket, queues } = foundation;
  const url = (name: QueueName): string => queues.get(name).queue.queueUrl;
  return {
    table: { TABLE_NAME: table.tableName, LANES: String(settings.lanes) },
    links: { LINK_KEYS_SECRET: linkKeys.secretArn, LINK_BASE_URL: settings.linkBaseUrl },
    bus: { BUS_NAME: bus.eventBusName },
    channels: { SMS_QUEUE_URL: url("sms"), EMAIL_QUEUE_URL: url("email"), WHATSAPP_QUEUE_URL: url("whatsapp") },
    bucket: { IMPORT_BUCKET: importBucket.bucketName },
    rows: { IMPORT_ROWS_QUEUE_URL: url("import-rows") },
    webhooks: {
      DELIVERIES_QUEUE_URL: url("deliveries"),
      PAYMENTS_QUEUE_URL: url("payments"),
      LOOK_UPS_QUEUE_URL: url("look-ups"),
    },
    payments: { PAYMENTS_QUEUE_URL: url("payments") },
    reconciliations: { RECONCILIATIONS_QUEUE_URL: url("reconciliations") },
    secrets: { SECRETS_PREFIX: secretsPrefix(settings) },
    send: { SEND_TIMEOUT_SECONDS: String(queues.get("sms").workTime.toSeconds()) },
    sms: {
      SMS_CONFIGURATION_SET: settings.smsConfigurationSet,
      SNS_PARTS_PER_SECOND: String(settings.rates.snsPartsPerSecond),
    },
    email: {
      SES_CONFIGURATION_SET: settings.sesConfigurationSet,
      SES_MESSAGES_PER_SECOND: String(settings.rates.sesMessagesPerSecond),
    },
    live: { SECRETS_PREFIX: secretsPrefix(settings), OUTBOUND: settings.outbound },
    page: {
      TABLE_NAME: table.tableName,
      LANES: String(settings.lanes),
      LINK_BASE_URL: settings.linkBaseUrl,
      FRAME_ANCESTORS: settings.framedBy,
    },
    checkouts: {
      RAZORPAY_BASE_URL: settings.gateways.razorpayBaseUrl,
      STRIPE_BASE_URL: settings.gateways.stripeBaseUrl,
    },
    gateways: {
      RAZORPAY_BASE_URL: settings.gateways.razorpayBaseUrl,
      STRIPE_BASE_URL: settings.gateways.stripeBaseUrl,
      MERCADO_PAGO_BASE_URL: settings.gateways.mercadoPagoBaseUrl,
    },
    whatsapp: { WHATSAPP_BASE_URL: settings.whatsapp.baseUrl, WHATSAPP_API_VERSION: settings.whatsapp.apiVersion },
  } as const;
}
