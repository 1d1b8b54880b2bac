import { gzipSync } from "node:zlib";

/** An SMS's delivery as SNS logs it. */
export const aDelivery = (
  changes: {
    readonly notification?: Readonly<Record<string, unknown>>;
    readonly delivery?: Readonly<Record<string, unknown>>;
    readonly status?: unknown;
  } = {},
) => ({
  notification: {
    messageId: "567910cd-0000-4000-8000-000000000001",
    timestamp: "2026-11-21 10:15:30.123",
    ...changes.notification,
  },
  delivery: {
    phoneCarrier: "Example Carrier",
    mnc: 20,
    mcc: 404,
    numberOfMessageParts: 1,
    destination: "+919830012345",
    priceInUSD: 0.00278,
    smsType: "Transactional",
    providerResponse: "Message has been accepted by phone carrier",
    dwellTimeMs: 599,
    dwellTimeMsUntilDeviceAck: 1344,
    ...changes.delivery,
  },
  status: changes.status ?? "SUCCESS",
});

/** The same for an SMS that was not delivered, for the reason SNS gives. */
export const aFailure = (providerResponse: string, messageId = "1077257a-0000-4000-8000-000000000002") =>
  aDelivery({ notification: { messageId }, delivery: { providerResponse }, status: "FAILURE" });

/** A value as CloudWatch Logs hands it to a subscriber: JSON, gzip, base64. */
export const asSubscription = (content: unknown): { readonly awslogs: { readonly data: string } } => ({
  awslogs: { data: gzipSync(JSON.stringify(content)).toString("base64") },
});

/** When the log lines of `aLogEvent` were written. */
export const loggedAt = Date.parse("2026-11-21T10:15:34.000Z");

/** A message of the subscription with these lines; what is not text is written as JSON. */
export const aLogEvent = (...lines: readonly unknown[]) =>
  asSubscription({
    messageType: "DATA_MESSAGE",
    owner: "111122223333",
    logGroup: "sns/ap-south-1/111122223333/DirectPublishToPhoneNumber",
    logStream: "stream",
    subscriptionFilters: ["duebell"],
    logEvents: lines.map((line, n) => ({
      id: String(n),
      timestamp: loggedAt,
      message: typeof line === "string" ? line : JSON.stringify(line),
    })),
  });
