import { fileURLToPath } from "node:url";
import { type Duration, RemovalPolicy } from "aws-cdk-lib";
import { Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { Architecture, type CfnFunction, Code, LoggingFormat, Runtime } from "aws-cdk-lib/aws-lambda";
import { Charset, LogLevel, NodejsFunction, OutputFormat } from "aws-cdk-lib/aws-lambda-nodejs";
import { LogGroup } from "aws-cdk-lib/aws-logs";
import type { IQueue } from "aws-cdk-lib/aws-sqs";
import type { Construct } from "constructs";
import type { EnvironmentText, HandlerName } from "../../functions/config.ts";
import { acknowledge, acknowledgeWildcard } from "../acknowledgements.ts";
import type { Foundation } from "../foundation.ts";
import { grantsOf } from "../grants.ts";
import { pascalCase } from "./service-alarm.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** One handler with what it is started with. */
export interface ServiceFunctionProps<H extends HandlerName> {
  readonly handler: H;
  /** Exactly the variables functions/config.ts asks for: a forgotten one does not compile. */
  readonly environment: EnvironmentText<H>;
  readonly timeout: Duration;
  /** 512 unless told; Lambda gives processor time in proportion. */
  readonly memoryMegabytes?: number;
  /** Files put beside the bundle, by the folder there: absolute paths. */
  readonly files?: Readonly<Record<string, readonly string[]>>;
  /** For functions invoked asynchronously: where an event goes that failed every retry. */
  readonly deadLetters?: IQueue;
}

/** The Lambda of one handler file, with its own role, log group and policy from lib/grants.ts. */
export class ServiceFunction<H extends HandlerName = HandlerName> extends NodejsFunction {
  constructor(scope: Construct, foundation: Foundation, props: ServiceFunctionProps<H>) {
    const { handler } = props;
    const id = pascalCase(handler);
    const entry = `functions/handlers/${handler}.ts`;
    const logGroup = new LogGroup(scope, `${id}Log`, {
      retention: foundation.settings.logRetentionDays,
      removalPolicy: foundation.settings.protectData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    const role = new Role(scope, `${id}Role`, { assumedBy: new ServicePrincipal("lambda.amazonaws.com") });
    super(scope, id, {
      ...(foundation.bundle
        ? bundled(entry, props.files)
        : { code: Code.fromInline(`// ${entry}`), handler: "index.handler" }),
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      role,
      logGroup,
      loggingFormat: LoggingFormat.JSON,
      timeout: props.timeout,
      memorySize: props.memoryMegabytes ?? 512,
      environment: { POWERTOOLS_SERVICE_NAME: handler, ...props.environment },
      ...(props.deadLetters === undefined ? {} : { deadLetterQueue: props.deadLetters }),
    });
    (this.node.defaultChild as CfnFunction).addMetadata("duebell:entry", entry);
    logGroup.grantWrite(role);
    this.#grant(role, foundation, handler);
    this.#acknowledge(props.deadLetters !== undefined);
  }

  #grant(role: Role, foundation: Foundation, handler: HandlerName): void {
    for (const { statement, wildcards } of grantsOf(handler, foundation)) {
      role.addToPolicy(statement);
      for (const [resource, reason] of Object.entries(wildcards)) {
        acknowledgeWildcard(role, resource, reason);
      }
    }
  }

  #acknowledge(hasDeadLetters: boolean): void {
    acknowledge(
      this,
      "Serverless-LambdaTracing",
      "What happened to a bill is in its own timeline; a trace per message would cost more than the message's writes.",
    );
    if (hasDeadLetters) return;
    acknowledge(
      this,
      "Serverless-LambdaDLQ",
      "Never invoked asynchronously: the caller of the API sees a failure, and a queue has its own dead-letter queue.",
    );
  }
}

/** Only WOFF2 fonts need brotli's decompressor, whose dictionary is a third of a bundle that makes PDFs: there are none, and nothing calls it. */
const leftOut = { "--alias:brotli/decompress.js": "node:zlib" } as const;

function bundled(entry: string, files: ServiceFunctionProps<HandlerName>["files"] = {}) {
  return {
    entry: `${root}${entry}`,
    projectRoot: root,
    depsLockFilePath: `${root}package-lock.json`,
    bundling: {
      format: OutputFormat.ESM,
      target: "node24",
      mainFields: ["module", "main"],
      minify: true,
      sourceMap: false,
      charset: Charset.UTF8,
      bundleAwsSDK: true,
      externalModules: [],
      esbuildArgs: leftOut,
      logLevel: LogLevel.WARNING,
      commandHooks: {
        beforeBundling: () => [],
        beforeInstall: () => [],
        afterBundling: (_from: string, to: string) =>
          Object.entries(files).flatMap(([folder, paths]) => [
            `mkdir -p "${to}/${folder}"`,
            ...paths.map((path) => `cp "${path}" "${to}/${folder}/"`),
          ]),
      },
    },
  };
}
