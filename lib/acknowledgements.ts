import { Stack, Validations } from "aws-cdk-lib";
import type { IConstruct } from "constructs";

/** Acknowledges that the policies under `scope` name `resource`, which holds a wildcard, for the written `reason`. */
export function acknowledgeWildcard(scope: IConstruct, resource: string, reason: string): void {
  const finding = `Resource::${flattened(Stack.of(scope).resolve(resource))}`;
  Validations.of(scope).acknowledge({ id: `AwsSolutions::AwsSolutions-IAM5[${finding}]`, reason });
}

/** Acknowledges one finding of cdk-nag on `scope`; `id` is the rule as its pack prints it, such as `AwsSolutions-S1`. */
export function acknowledge(scope: IConstruct, id: `${string}-${string}`, reason: string): void {
  const pack = id.slice(0, id.indexOf("-"));
  Validations.of(scope).acknowledge({ id: `${pack}::${id}`, reason });
}

/** A resolved ARN the way cdk-nag prints it in a finding: `<LogicalId>` for a reference, an export's name as it is. */
function flattened(value: unknown): string {
  if (typeof value !== "object" || value === null) return String(value);
  const [name, argument] = Object.entries(value)[0] ?? ["", ""];
  if (name === "Fn::Join" && Array.isArray(argument)) {
    const [delimiter, parts] = argument as [string, unknown[]];
    return parts.map(flattened).join(delimiter);
  }
  if (name === "Fn::GetAtt" && Array.isArray(argument)) return `<${argument.map(flattened).join(".")}>`;
  if (name === "Fn::ImportValue") return flattened(argument);
  if (name === "Ref") return `<${flattened(argument)}>`;
  return JSON.stringify(value);
}
