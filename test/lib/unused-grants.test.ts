import { build } from "esbuild";
import { describe, expect, it } from "vitest";
import { grants } from "../../lib/grants.ts";
import { synthesized } from "./synthesized.ts";

/** What a handler's bundle takes of the AWS SDK, as `<client>/<command>`; what is loaded late is in it too. */
async function commandsOf(handler: string): Promise<ReadonlySet<string>> {
  const { outputFiles } = await build({
    absWorkingDir: new URL("../../", import.meta.url).pathname,
    entryPoints: [`functions/handlers/${handler}.ts`],
    outdir: "bundles",
    ...{ bundle: true, splitting: true, write: false, logLevel: "silent" },
    // Left outside, the SDK costs no time, and only the names that are used stay in the imports.
    ...{ format: "esm", platform: "node", mainFields: ["module", "main"], external: ["@aws-sdk/*"] },
  });
  const imports = outputFiles.flatMap(({ text }) => [
    ...text.matchAll(/import \{(?<names>[^}]*)\} from "@aws-sdk\/client-(?<client>[^"]+)"/g),
    ...text.matchAll(/\{(?<names>[^}]*)\} = await import\("@aws-sdk\/client-(?<client>[^"]+)"\)/g),
  ]);
  return new Set(
    imports.flatMap(({ groups }) =>
      [...(groups?.["names"] ?? "").matchAll(/(\w+)Command\b/g)].map(
        ([, command]) => `${groups?.["client"]}/${command}`,
      ),
    ),
  );
}

/** The commands that need an action; any one of them is a reason for the grant. */
const commandsFor: Readonly<Record<string, readonly string[]>> = {
  "dynamodb:DeleteItem": ["dynamodb/DeleteItem"],
  "dynamodb:GetItem": ["dynamodb/GetItem"],
  "dynamodb:BatchGetItem": ["dynamodb/BatchGetItem"],
  "dynamodb:PutItem": ["dynamodb/PutItem"],
  "dynamodb:Query": ["dynamodb/Query"],
  "dynamodb:UpdateItem": ["dynamodb/UpdateItem"],
  "events:PutEvents": ["eventbridge/PutEvents"],
  "s3:GetObject": ["s3/GetObject"],
  "s3:GetObjectVersion": ["s3/GetObject"],
  "s3:PutObject": ["s3/PutObject", "s3/UploadPart"],
  "secretsmanager:GetSecretValue": ["secrets-manager/GetSecretValue"],
  "ses:SendEmail": ["sesv2/SendEmail"],
  "sms-voice:SendTextMessage": ["pinpoint-sms-voice-v2/SendTextMessage"],
  "sns:Publish": ["sns/Publish"],
  "social-messaging:SendWhatsAppMessage": ["socialmessaging/SendWhatsAppMessage"],
  "sqs:SendMessage": ["sqs/SendMessage", "sqs/SendMessageBatch"],
};

/** Done by Lambda itself in the function's name: its log, the queue it works off, and the dead letters of what was invoked asynchronously. */
const byLambda = /^logs:|^sqs:(ChangeMessageVisibility|DeleteMessage|GetQueueAttributes|GetQueueUrl|ReceiveMessage)$/;
const invokedAsynchronously = new Set(["register-bill", "cancel-bill", "redate-stuck", "record-open"]);

const policies = synthesized("prod").all("AWS::IAM::Policy");

function actionsOf(handler: string): readonly string[] {
  const id = handler.replaceAll(/(?:^|-)(\w)/g, (_all, letter: string) => letter.toUpperCase());
  const own = policies.filter((policy) => policy.id.includes(`${id}RoleDefaultPolicy`));
  const document = own[0]?.Properties["PolicyDocument"] as
    | { readonly Statement: readonly { readonly Effect: string; readonly Action: string | readonly string[] }[] }
    | undefined;
  const allowed = (document?.Statement ?? []).filter(({ Effect }) => Effect === "Allow");
  const actions = [...new Set(allowed.flatMap(({ Action }) => Action))].filter((action) => !byLambda.test(action));
  return invokedAsynchronously.has(handler) ? actions.filter((action) => action !== "sqs:SendMessage") : actions;
}

describe("what a function may do", { timeout: 60_000 }, () => {
  it.each(Object.keys(grants))("%s has the code to do", async (handler) => {
    const actions = actionsOf(handler);
    const commands = await commandsOf(handler);
    expect(actions.length).toBeGreaterThan(0);
    expect(actions.filter((action) => !(commandsFor[action] ?? []).some((command) => commands.has(command)))).toEqual(
      [],
    );
  });
});
