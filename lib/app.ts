import { App, type Environment } from "aws-cdk-lib";
import cdk from "../cdk.json" with { type: "json" };
import { type StageSettings, stageSettings } from "./config.ts";
import { DataStack } from "./data-stack.ts";
import { ServiceStack } from "./service-stack.ts";

/** Which stage to build, and how. */
export interface BuildOptions {
  /** A stage of lib/config.ts; absent: the context value `stage`, else `dev`. */
  readonly stage?: string;
  /** Put over the stage's record and checked with it: the laptop's own addresses, for one. */
  readonly overrides?: Partial<StageSettings>;
  /** False: no esbuild, functions hold a stub (the source is named by the metadata `duebell:entry`). */
  readonly bundle?: boolean;
  /** Where the templates are written; absent: where the CDK command line says, else a new temporary folder. */
  readonly outdir?: string;
}

/** The app of one stage, data stack and service stack; bad settings are refused, naming the field. */
export function buildApp({ stage, overrides, bundle = true, outdir }: BuildOptions = {}): App {
  // The CDK command line passes the flags of cdk.json by itself; a test or the laptop gets the same here.
  const app = new App({
    context: cdk.context,
    analyticsReporting: false,
    // Most of the time of a synthesis; whoever deploys has it, tests and the laptop's start go without.
    builtinCloudFormationValidation: bundle,
    ...(outdir === undefined ? {} : { outdir }),
  });
  const settings = stageSettings(stage ?? String(app.node.tryGetContext("stage") ?? "dev"), overrides);
  const env: Environment = {
    ...(settings.account === undefined ? {} : { account: settings.account }),
    ...(settings.region === undefined ? {} : { region: settings.region }),
  };
  const props = { env, tags: { service: "duebell", stage: settings.stage } };
  const data = new DataStack(app, settings, props);
  new ServiceStack(app, { settings, data, bundle, ...props });
  return app;
}
