import { isJsonObject, type Json, type JsonObject } from "../json.ts";
import type { Place } from "../resource-types.ts";
import type { HttpRequest } from "./http-message.ts";

const services = [
  ...(["dynamodb", "events", "s3", "secretsmanager", "sqs"] as const),
  ...(["ses", "sns", "sms-voice", "social-messaging"] as const),
] as const;

/** The services the laptop answers for, as they sign. */
export type AwsService = (typeof services)[number];

/** One AWS call, told apart: what it does, to what, and the permission each resource needs. */
export interface AwsRequest {
  readonly service: AwsService;
  /** As the API names it: `SendMessageBatch`. */
  readonly action: string;
  /** As IAM names it, for each resource it touches: `sqs:SendMessage` on the queue's ARN. */
  readonly needs: readonly { readonly action: string; readonly resource: string }[];
  /** The request's members, for the protocols that carry JSON or form fields. */
  readonly input: JsonObject;
  readonly http: HttpRequest;
}

/** Whether the laptop answers for a service of this signing name. */
export const isAwsService = (name: string): name is AwsService => services.some((service) => service === name);

const text = (value: Json | undefined): string => (typeof value === "string" ? value : "");
const items = (value: Json | undefined): readonly JsonObject[] =>
  Array.isArray(value) ? value.filter(isJsonObject) : [];

type Reader = (http: HttpRequest, place: Place) => Omit<AwsRequest, "service" | "http">;

const jsonInput = (http: HttpRequest): JsonObject => {
  const parsed: unknown = http.body.length === 0 ? {} : JSON.parse(http.body.toString("utf8"));
  return isJsonObject(parsed) ? parsed : {};
};

const targetAction = (http: HttpRequest): string => (http.headers["x-amz-target"] ?? "").replace(/^.*\./, "");

const batchActions = new Set(["BatchGetItem", "BatchWriteItem"]);

const readDynamo: Reader = (http, place) => {
  const input = jsonInput(http);
  const action = targetAction(http);
  const arn = (name: string): string =>
    name.startsWith("arn:") ? name : `arn:aws:dynamodb:${place.region}:${place.account}:table/${name}`;
  const tables = batchActions.has(action)
    ? Object.keys(isJsonObject(input["RequestItems"]) ? input["RequestItems"] : {})
    : [text(input["TableName"])];
  const index = input["IndexName"] === undefined ? "" : `/index/${text(input["IndexName"])}`;
  return {
    action,
    input,
    needs: tables.map((table) => ({ action: `dynamodb:${action}`, resource: `${arn(table)}${index}` })),
  };
};

const readSqs: Reader = (http, place) => {
  const input = jsonInput(http);
  const action = targetAction(http);
  const name = text(input["QueueUrl"] ?? input["QueueName"]).replace(/^.*\//, "");
  const resource = `arn:aws:sqs:${place.region}:${place.account}:${name}`;
  return { action, input, needs: [{ action: `sqs:${action.replace(/Batch$/, "")}`, resource }] };
};

const readEvents: Reader = (http, place) => {
  const input = jsonInput(http);
  const action = targetAction(http);
  const buses = new Set(items(input["Entries"]).map((entry) => text(entry["EventBusName"]) || "default"));
  const arn = (bus: string): string =>
    bus.startsWith("arn:") ? bus : `arn:aws:events:${place.region}:${place.account}:event-bus/${bus}`;
  return { action, input, needs: [...buses].map((bus) => ({ action: `events:${action}`, resource: arn(bus) })) };
};

const readSecrets: Reader = (http, place) => {
  const input = jsonInput(http);
  const action = targetAction(http);
  const id = text(input["SecretId"]);
  const resource = id.startsWith("arn:")
    ? id
    : `arn:aws:secretsmanager:${place.region}:${place.account}:secret:${id}-local0`;
  return { action, input, needs: [{ action: `secretsmanager:${action}`, resource }] };
};

const readSns: Reader = (http) => {
  const input = Object.fromEntries(new URLSearchParams(http.body.toString("utf8")));
  const action = input["Action"] ?? "";
  // A message to a phone number has no ARN: only a grant on every resource lets it pass.
  return {
    action,
    input,
    needs: [{ action: `sns:${action}`, resource: input["TopicArn"] ?? input["TargetArn"] ?? "*" }],
  };
};

const readSes: Reader = (http, place) => {
  const action =
    http.method === "POST" && http.path === "/v2/email/outbound-emails" ? "SendEmail" : `${http.method} ${http.path}`;
  const input = jsonInput(http);
  const address = /<([^>]*)>\s*$/.exec(text(input["FromEmailAddress"]))?.[1] ?? text(input["FromEmailAddress"]);
  const arn = (path: string): string => `arn:aws:ses:${place.region}:${place.account}:${path}`;
  const identity = { action: `ses:${action}`, resource: arn(`identity/${address.replace(/^.*@/, "")}`) };
  const set = text(input["ConfigurationSetName"]);
  const sets = set === "" ? [] : [{ action: `ses:${action}`, resource: arn(`configuration-set/${set}`) }];
  return { action, input, needs: [identity, ...sets] };
};

/** A sender id's ARN ends with the country it is registered for, which a bare one leaves to the destination. */
const countryOf = (phoneNumber: string): string =>
  Object.entries({ "+91": "IN", "+55": "BR", "+65": "SG" }).find(([prefix]) => phoneNumber.startsWith(prefix))?.[1] ??
  "US";

const readSmsVoice: Reader = (http, place) => {
  const input = jsonInput(http);
  const action = targetAction(http);
  const arn = (path: string): string => `arn:aws:sms-voice:${place.region}:${place.account}:${path}`;
  const resource = (kind: string, idOrArn: string): string =>
    idOrArn.startsWith("arn:") ? idOrArn : arn(`${kind}/${idOrArn}`);
  const identity = text(input["OriginationIdentity"]);
  const senderId = (): string =>
    resource("sender-id", `${identity}/${countryOf(text(input["DestinationPhoneNumber"]))}`);
  const kind = identity.startsWith("pool-") ? "pool" : "phone-number";
  const from = /^(pool-|phone-|\+?\d)|^arn:/.test(identity) ? resource(kind, identity) : senderId();
  const more = (
    [
      ["configuration-set", text(input["ConfigurationSetName"])],
      ["protect-configuration", text(input["ProtectConfigurationId"])],
    ] as const
  ).filter(([, name]) => name !== "");
  const resources = [identity === "" ? "*" : from, ...more.map(([of, name]) => resource(of, name))];
  return { action, input, needs: resources.map((each) => ({ action: `sms-voice:${action}`, resource: each })) };
};

const readSocialMessaging: Reader = (http, place) => {
  const input = jsonInput(http);
  const action =
    http.method === "POST" && http.path === "/v1/whatsapp/send" ? "SendWhatsAppMessage" : `${http.method} ${http.path}`;
  const id = text(input["originationPhoneNumberId"]);
  const path = id.replace(/^phone-number-id-/, "phone-number-id/");
  const resource = id.startsWith("arn:") ? id : `arn:aws:social-messaging:${place.region}:${place.account}:${path}`;
  return { action, input, needs: [{ action: `social-messaging:${action}`, resource }] };
};

const s3Actions: Readonly<Record<string, string>> = {
  PUT: "PutObject",
  GET: "GetObject",
  HEAD: "HeadObject",
  DELETE: "DeleteObject",
};

const readS3: Reader = (http) => {
  const [, bucket = "", ...key] = http.path.split("/");
  const objectKey = decodeURIComponent(key.join("/"));
  const action = objectKey === "" ? `${http.method} bucket` : (s3Actions[http.method] ?? http.method);
  const permission = action === "HeadObject" ? "GetObject" : action;
  const versioned = http.query.has("versionId") ? `${permission}Version` : permission;
  return {
    action,
    input: { Bucket: bucket, Key: objectKey },
    needs: [{ action: `s3:${versioned}`, resource: `arn:aws:s3:::${bucket}/${objectKey}` }],
  };
};

const readers: Readonly<Record<AwsService, Reader>> = {
  dynamodb: readDynamo,
  events: readEvents,
  s3: readS3,
  secretsmanager: readSecrets,
  ses: readSes,
  "sms-voice": readSmsVoice,
  sns: readSns,
  "social-messaging": readSocialMessaging,
  sqs: readSqs,
};

/** Tells an AWS call apart by the service it was signed for; throws a `SyntaxError` where its JSON is broken. */
export function readAwsRequest(service: AwsService, http: HttpRequest, place: Place): AwsRequest {
  return { service, http, ...readers[service](http, place) };
}
