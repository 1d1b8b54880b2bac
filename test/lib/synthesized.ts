import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as z from "zod";
import { buildApp } from "../../lib/app.ts";
import type { StageSettings } from "../../lib/config.ts";

const Resource = z.object({
  Type: z.string(),
  Properties: z.record(z.string(), z.unknown()).default({}),
  Metadata: z.record(z.string(), z.unknown()).default({}),
  DeletionPolicy: z.optional(z.string()),
});
const Stack = z.object({ Resources: z.record(z.string(), Resource) });

/** One resource of a synthesized template, with its logical id. */
export interface Synthesized extends z.output<typeof Resource> {
  readonly id: string;
}

/** The two synthesized stacks of a stage. */
export interface SynthesizedStage {
  /** The resources of a type in both stacks. */
  all(type: string): readonly Synthesized[];
  readonly data: readonly Synthesized[];
  readonly service: readonly Synthesized[];
}

/** Synthesizes a stage without bundling and leaves nothing on disk. */
export function synthesized(stage: string, overrides: Partial<StageSettings> = {}): SynthesizedStage {
  const outdir = mkdtempSync(join(tmpdir(), "duebell-synth-"));
  try {
    const assembly = buildApp({ stage, overrides, bundle: false, outdir }).synth();
    const [data, service] = ["Data", "Service"].map((name) => {
      const template: unknown = assembly.getStackByName(`Duebell${name}-${stage}`).template;
      return Object.entries(Stack.parse(template).Resources).map(([id, resource]) => ({ id, ...resource }));
    });
    if (data === undefined || service === undefined) throw new Error("A stack is missing");
    return { data, service, all: (type) => [...data, ...service].filter((resource) => resource.Type === type) };
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

/** The logical id that a reference (`Ref` or `Fn::GetAtt`) names; undefined for anything else. */
export function referred(value: unknown): string | undefined {
  const Reference = z.union([
    z.object({ Ref: z.string() }).transform((reference) => reference.Ref),
    z.object({ "Fn::GetAtt": z.tuple([z.string(), z.string()]) }).transform((reference) => reference["Fn::GetAtt"][0]),
  ]);
  return Reference.safeParse(value).data;
}
