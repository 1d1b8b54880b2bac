import { isJsonObject, type Json } from "../json.ts";
import type { Resource } from "../template.ts";
import { readPolicy, type Statement } from "./policy.ts";

const logsOnly = /:policy\/service-role\/(AWSLambdaBasicExecutionRole|AmazonAPIGatewayPushToCloudWatchLogs)$/;

const asList = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? value : []);

function ownStatements(role: Resource): readonly Statement[] {
  const where = `${role.stack}/${role.logicalId}`;
  for (const managed of asList(role.properties["ManagedPolicyArns"])) {
    if (!logsOnly.test(String(managed)))
      throw new Error(`${where}: the laptop does not know the managed policy ${String(managed)}`);
  }
  return asList(role.properties["Policies"]).flatMap((policy) =>
    isJsonObject(policy) ? readPolicy(policy["PolicyDocument"], where) : [],
  );
}

/** What each role may do, by the role's ARN: its inline policies and every `AWS::IAM::Policy` attached to it. Managed policies that only write logs are passed over; any other is an error. */
export function readRoles(resources: readonly Resource[]): ReadonlyMap<string, readonly Statement[]> {
  const policies = resources.filter(({ type }) => type === "AWS::IAM::Policy");
  return new Map(
    resources
      .filter(({ type }) => type === "AWS::IAM::Role")
      .map((role) => {
        const attached = policies
          .filter((policy) => asList(policy.properties["Roles"]).includes(role.ref ?? ""))
          .flatMap((policy) => readPolicy(policy.properties["PolicyDocument"], `${policy.stack}/${policy.logicalId}`));
        return [role.arn ?? "", [...ownStatements(role), ...attached]] as const;
      }),
  );
}
