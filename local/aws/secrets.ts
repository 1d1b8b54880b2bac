import { randomBytes } from "node:crypto";
import type { SecretResource } from "../deployment-storage.ts";
import { isJsonObject, parseJsonObject } from "../json.ts";
import type { Kept } from "../kept-state.ts";
import type { Place } from "../resource-types.ts";
import { awsError } from "./errors.ts";
import { type HttpAnswer, jsonAnswer } from "./http-message.ts";
import type { AwsRequest } from "./request.ts";

/** Secrets Manager, a double of our own: what the stacks declare and what billers need, made on first use. */
export interface Secrets {
  readonly handle: (request: AwsRequest) => Promise<HttpAnswer>;
  /** The text of a secret by name or ARN, made if the laptop makes such a one; undefined otherwise. */
  readonly text: (nameOrArn: string) => string | undefined;
  /** A biller's secrets by kind, parsed; made if they were not there. */
  readonly ofBiller: (biller: string) => Readonly<Record<string, unknown>>;
  /** Those that were made so far. */
  readonly madeFor: (biller: string) => Readonly<Record<string, unknown>>;
}

/** What the secrets are made from. */
export interface SecretsOptions {
  readonly declared: readonly SecretResource[];
  readonly place: Place;
  readonly stage: string;
  /** Every secret made so far, by name. */
  readonly kept: Kept<string>;
  readonly now: () => number;
  /** Whether a biller has an account of this kind, so that a function that asks for its secret gets one. */
  readonly hasAccount: (biller: string, kind: string) => boolean;
}

const random = (bytes: number): string => randomBytes(bytes).toString("base64url");

const hex = (bytes: number): string => randomBytes(bytes).toString("hex");

const standardSecret = (): string => `whsec_${randomBytes(32).toString("base64")}`;

const billerKinds: Readonly<Record<string, () => unknown>> = {
  whatsapp: () => ({ accessToken: random(24), appSecret: hex(16), verifyToken: random(12) }),
  razorpay: () => ({ keyId: `rzp_test_${hex(7)}`, keySecret: hex(12), webhookSecrets: [random(18)] }),
  stripe: () => ({ secretKey: `sk_test_${hex(24)}`, webhookSecrets: [`whsec_${hex(24)}`] }),
  "mercado-pago": () => ({ accessToken: `TEST-${hex(20)}`, webhookSecrets: [hex(32)] }),
  bbps: () => ({ authorizations: [`Bearer ${random(24)}`] }),
  pix: () => ({ clientId: `Client_Id_${hex(20)}`, clientSecret: `Client_Secret_${hex(20)}` }),
  "bill-fetch": () => ({ authorization: `Bearer ${random(24)}` }),
  standard: () => ({ secrets: [standardSecret()] }),
  webhook: () => ({ secrets: [standardSecret()] }),
};

function generated({ text, generate }: SecretResource): string {
  if (text !== undefined) return text;
  if (generate === undefined) return random(32);
  const password = randomBytes(generate.length).toString("hex").slice(0, generate.length);
  if (generate.key === undefined) return password;
  return JSON.stringify({ ...parseJsonObject(generate.template, "SecretStringTemplate"), [generate.key]: password });
}

interface SecretName {
  readonly stage: string;
  readonly biller: string;
  readonly kind: string;
}

function billerSecret(name: string): SecretName | undefined {
  const [, stage, biller, kind] = /^duebell\/([^/]+)\/([^/]+)\/([^/]+)$/.exec(name) ?? [];
  return stage === undefined || biller === undefined || kind === undefined ? undefined : { stage, biller, kind };
}

/** A first value for a secret of this name; undefined where neither the stacks nor a biller of the stage has such a one. */
function make(name: string, { declared, stage }: SecretsOptions): string | undefined {
  const resource = declared.find((one) => one.name === name);
  if (resource !== undefined) return generated(resource);
  const { stage: itsStage, kind = "" } = billerSecret(name) ?? {};
  const maker = itsStage === stage ? billerKinds[kind] : undefined;
  return maker === undefined ? undefined : JSON.stringify(maker());
}

const refused = (code: string, message: string): HttpAnswer =>
  awsError("secretsmanager", { code, status: 400, message });

/** The secrets of one stage. */
export function secrets(options: SecretsOptions): Secrets {
  const { declared, place, stage, kept, now, hasAccount } = options;
  const nameOf = (id: string): string => {
    const byArn = declared.find(({ arn }) => arn === id);
    return byArn?.name ?? id.replace(/^arn:[^/]*:secret:/, "").replace(/-local0$/, "");
  };
  const text = (id: string): string | undefined => {
    const name = nameOf(id);
    const known = kept.entries().get(name);
    if (known !== undefined) return known;
    const value = make(name, options);
    if (value !== undefined) kept.put(name, value);
    return value;
  };
  const parsed = (name: string): unknown => {
    const value: unknown = JSON.parse(text(name) ?? "{}");
    return isJsonObject(value) ? value : {};
  };
  const nameFor = (biller: string, kind: string): string => `duebell/${stage}/${biller}/${kind}`;
  const ofKinds = (biller: string, kinds: readonly string[]): Readonly<Record<string, unknown>> =>
    Object.fromEntries(kinds.map((kind) => [kind, parsed(nameFor(biller, kind))]));
  const isThere = (name: string): boolean => {
    const asked = billerSecret(name);
    return asked === undefined || kept.entries().has(name) || hasAccount(asked.biller, asked.kind);
  };
  return {
    text,
    ofBiller: (biller) => ofKinds(biller, Object.keys(billerKinds)),
    madeFor: (biller) => {
      const made = Object.keys(billerKinds).filter((kind) => kept.entries().has(nameFor(biller, kind)));
      return ofKinds(biller, made);
    },
    handle: async ({ action, input }) => {
      if (action !== "GetSecretValue") {
        return refused(
          "InvalidRequestException",
          `The laptop's Secrets Manager knows GetSecretValue only, not ${action}.`,
        );
      }
      const id = String(input["SecretId"]);
      const SecretString = isThere(nameOf(id)) ? text(id) : undefined;
      if (SecretString === undefined) {
        return refused("ResourceNotFoundException", "Secrets Manager can't find the specified secret.");
      }
      const Name = nameOf(id);
      const ARN = `arn:aws:secretsmanager:${place.region}:${place.account}:secret:${Name}-local0`;
      const version = { VersionId: "local", VersionStages: ["AWSCURRENT"], CreatedDate: now() / 1000 };
      return jsonAnswer(200, { ARN, Name, SecretString, ...version }, "application/x-amz-json-1.1");
    },
  };
}
