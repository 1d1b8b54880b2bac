import { randomBytes } from "node:crypto";
import type { SecretResource } from "../deployment-storage.ts";
import { isJsonObject, parseJsonObject } from "../json.ts";
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
  /** Every secret made so far, by name, to be kept. */
  readonly made: () => Readonly<Record<string, string>>;
}

/** What the secrets are made from. */
export interface SecretsOptions {
  readonly declared: readonly SecretResource[];
  readonly place: Place;
  readonly stage: string;
  readonly kept: Readonly<Record<string, string>>;
  readonly now: () => number;
}

const random = (bytes: number): string => randomBytes(bytes).toString("base64url");

const billerKinds: Readonly<Record<string, () => unknown>> = {
  whatsapp: () => ({ accessToken: random(24), appSecret: randomBytes(16).toString("hex"), verifyToken: random(12) }),
  standard: () => ({ secrets: [`whsec_${randomBytes(32).toString("base64")}`] }),
};

function generated({ text, generate }: SecretResource): string {
  if (text !== undefined) return text;
  if (generate === undefined) return random(32);
  const password = randomBytes(generate.length).toString("hex").slice(0, generate.length);
  if (generate.key === undefined) return password;
  return JSON.stringify({ ...parseJsonObject(generate.template, "SecretStringTemplate"), [generate.key]: password });
}

/** The secrets of one stage. */
export function secrets({ declared, place, stage, kept, now }: SecretsOptions): Secrets {
  const made = new Map(Object.entries(kept));
  const make = (name: string): string | undefined => {
    const resource = declared.find((one) => one.name === name);
    if (resource !== undefined) return generated(resource);
    const [product, itsStage, biller, kind, ...rest] = name.split("/");
    const maker = billerKinds[kind ?? ""];
    if (product !== "duebell" || itsStage !== stage || !biller || maker === undefined || rest.length > 0)
      return undefined;
    return JSON.stringify(maker());
  };
  const nameOf = (id: string): string => {
    const byArn = declared.find(({ arn }) => arn === id);
    return byArn?.name ?? id.replace(/^arn:[^/]*:secret:/, "").replace(/-local0$/, "");
  };
  const text = (id: string): string | undefined => {
    const name = nameOf(id);
    const value = made.get(name) ?? make(name);
    if (value !== undefined) made.set(name, value);
    return value;
  };
  const arnOf = (name: string): string =>
    declared.find((one) => one.name === name)?.arn ??
    `arn:aws:secretsmanager:${place.region}:${place.account}:secret:${name}-local0`;
  return {
    text,
    made: () => Object.fromEntries(made),
    ofBiller: (biller) =>
      Object.fromEntries(
        Object.keys(billerKinds).map((kind) => {
          const value: unknown = JSON.parse(text(`duebell/${stage}/${biller}/${kind}`) ?? "{}");
          return [kind, isJsonObject(value) ? value : {}];
        }),
      ),
    handle: async ({ action, input }) => {
      if (action !== "GetSecretValue") {
        const message = `The laptop's Secrets Manager knows GetSecretValue only, not ${action}.`;
        return awsError("secretsmanager", { code: "InvalidRequestException", status: 400, message });
      }
      const id = String(input["SecretId"]);
      const SecretString = text(id);
      if (SecretString === undefined) {
        const message = "Secrets Manager can't find the specified secret.";
        return awsError("secretsmanager", { code: "ResourceNotFoundException", status: 400, message });
      }
      const Name = nameOf(id);
      const body = {
        ARN: arnOf(Name),
        Name,
        SecretString,
        VersionId: "local",
        VersionStages: ["AWSCURRENT"],
        CreatedDate: now() / 1000,
      };
      return jsonAnswer(200, body, "application/x-amz-json-1.1");
    },
  };
}
