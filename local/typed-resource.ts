import * as z from "zod";
import type { Resource } from "./template.ts";

/** A resource whose properties have been checked against what the laptop understands. */
export interface TypedResource<P> {
  readonly where: string;
  readonly stack: string;
  readonly logicalId: string;
  readonly ref: string;
  readonly arn: string;
  readonly metadata: Resource["metadata"];
  readonly properties: P;
}

/** A property that is there in AWS and changes nothing on the laptop. */
export const ignored = z.unknown().optional();

/** Properties present in AWS that change nothing on the laptop, by name. */
export function ignoring<const N extends string>(...names: readonly N[]): { [K in N]: typeof ignored } {
  return Object.fromEntries(names.map((name) => [name, ignored])) as { [K in N]: typeof ignored };
}

/** The resources of one type, their properties checked; throws an error that names the resource and every property that does not fit. */
export function typed<S extends z.ZodType>(
  resources: readonly Resource[],
  type: string,
  schema: S,
): readonly TypedResource<z.output<S>>[] {
  return resources
    .filter((resource) => resource.type === type)
    .map((resource) => {
      const where = `${resource.stack}/${resource.logicalId}`;
      const result = schema.safeParse(resource.properties);
      if (!result.success) {
        const issues = result.error.issues.map((issue) => `${issue.path.join(".") || "properties"}: ${issue.message}`);
        throw new Error(`${where} (${type}): the laptop does not understand ${issues.join("; ")}`);
      }
      return {
        where,
        stack: resource.stack,
        logicalId: resource.logicalId,
        ref: resource.ref ?? "",
        arn: resource.arn ?? "",
        metadata: resource.metadata,
        properties: result.data,
      };
    });
}
