import { type Laptop, type LaptopOptions, startLaptop } from "../../../local/laptop.ts";
import { cachedSynthesis } from "../../../local/synthesis-cache.ts";
import type { SynthesizedApp } from "../../../local/template.ts";

/** The small stacks, synthesized anew only when their source has changed. */
export async function smallApp(): Promise<SynthesizedApp> {
  return await cachedSynthesis(["test/local/support/small-stacks.ts"], async () => {
    const { smallStacks } = await import("./small-stacks.ts");
    return smallStacks();
  });
}

/** When the small laptop's clock starts. */
export const startedAt = Date.parse("2026-11-15T04:00:20Z");

/** A laptop of the small stacks that stands still unless it is moved. */
export async function smallLaptop(options: Partial<LaptopOptions> = {}): Promise<Laptop> {
  return await startLaptop({ app: await smallApp(), now: startedAt, ticking: false, ...options });
}

/** What a deed of the caller came to: its result, or the name of the error it was refused with. */
export interface DeedResult {
  readonly ok?: unknown;
  readonly refused?: string;
  readonly message?: string;
}

/** Has `who` do a deed of `handlers/caller.ts`; throws where the invocation itself failed. */
export async function deed(
  laptop: Laptop,
  who: "caller" | "guest",
  order: { deed: string } & Record<string, string>,
): Promise<DeedResult> {
  const result = await laptop.invoke(who, order);
  if (result.outcome === "failed") throw new Error(`${result.error.errorType}: ${result.error.errorMessage}`);
  return result.payload as DeedResult;
}

/** The range keys of everything a function of the small stacks wrote under a partition. */
export async function written(laptop: Laptop, partition: string): Promise<readonly string[]> {
  const { ok } = await deed(laptop, "caller", { deed: "list", pk: partition });
  return ok as readonly string[];
}
