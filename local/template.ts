import { holds, resolve, type Scope } from "./intrinsics.ts";
import { isJsonObject, type Json, type JsonObject } from "./json.ts";
import { type Named, type Place, resourceTypes } from "./resource-types.ts";

/** One synthesized stack: its name and its CloudFormation template. */
export interface StackTemplate {
  readonly name: string;
  readonly template: JsonObject;
}

/** A synthesized app: every stack, the ones that export before or after the ones that import. */
export interface SynthesizedApp {
  readonly stage: string;
  readonly region: string;
  readonly stacks: readonly StackTemplate[];
}

/** One resource of a stack with everything in it worked out; `ref` and `arn` are absent where its type has none. */
export interface Resource {
  readonly stack: string;
  readonly logicalId: string;
  readonly type: string;
  readonly properties: JsonObject;
  readonly metadata: JsonObject;
  readonly ref?: string;
  readonly arn?: string;
}

interface RawStack {
  readonly name: string;
  readonly template: JsonObject;
  readonly scope: Scope;
}

const section = (template: JsonObject, name: string): JsonObject => {
  const value = template[name];
  return isJsonObject(value) ? value : {};
};

const objectAt = (parent: JsonObject, key: string): JsonObject => {
  const value = parent[key];
  return isJsonObject(value) ? value : {};
};

function pseudoParameters(place: Place, stack: string): Readonly<Record<string, Json | undefined>> {
  return {
    "AWS::Region": place.region,
    "AWS::AccountId": place.account,
    "AWS::Partition": "aws",
    "AWS::URLSuffix": "amazonaws.com",
    "AWS::StackName": stack,
    "AWS::StackId": `arn:aws:cloudformation:${place.region}:${place.account}:stack/${stack}/local`,
    "AWS::NoValue": undefined,
  };
}

function named(stack: RawStack, logicalId: string): Named & { readonly type: string } {
  const raw = section(stack.template, "Resources")[logicalId];
  if (!isJsonObject(raw)) throw new Error(`${stack.name}: there is no resource ${logicalId}`);
  const properties = objectAt(raw, "Properties");
  return {
    stack: stack.name,
    logicalId,
    type: String(raw["Type"]),
    property: (name) => {
      const value = properties[name];
      return value === undefined ? undefined : resolve(value, stack.scope, `${stack.name}/${logicalId}.${name}`);
    },
  };
}

function attribute(stack: RawStack, place: Place, [logicalId, name]: readonly [string, string]): string {
  const resource = named(stack, logicalId);
  const known = resourceTypes[resource.type]?.attributes[name];
  if (known === undefined)
    throw new Error(`${stack.name}/${logicalId}: ${resource.type} has no attribute ${name} here`);
  return known(resource, place);
}

function reference(stack: RawStack, place: Place, name: string): Json | undefined {
  const pseudo = pseudoParameters(place, stack.name);
  if (name in pseudo) return pseudo[name];
  const parameter = section(stack.template, "Parameters")[name];
  if (isJsonObject(parameter)) {
    if (parameter["Default"] === undefined) throw new Error(`${stack.name}: parameter ${name} has no default`);
    return parameter["Default"];
  }
  const resource = named(stack, name);
  const type = resourceTypes[resource.type];
  if (type === undefined) throw new Error(`${stack.name}/${name}: the laptop knows no Ref of ${resource.type}`);
  return type.ref(resource, place);
}

function mappingValue(stack: RawStack, path: readonly [string, string, string]): Json {
  let value: Json | undefined = section(stack.template, "Mappings");
  for (const key of path) value = isJsonObject(value) ? value[key] : undefined;
  if (value === undefined) throw new Error(`${stack.name}: no mapping ${path.join(".")}`);
  return value;
}

function exportsOf(stacks: readonly RawStack[]): ReadonlyMap<string, () => Json> {
  const found = new Map<string, () => Json>();
  for (const stack of stacks) {
    for (const [id, output] of Object.entries(section(stack.template, "Outputs"))) {
      if (!isJsonObject(output) || !isJsonObject(output["Export"])) continue;
      const path = `${stack.name}.Outputs.${id}`;
      const name = resolve(output["Export"]["Name"] ?? null, stack.scope, path);
      found.set(String(name), () => resolve(output["Value"] ?? null, stack.scope, path) ?? null);
    }
  }
  return found;
}

function scoped(app: SynthesizedApp, place: Place): readonly RawStack[] {
  const stacks: RawStack[] = [];
  for (const { name, template } of app.stacks) {
    const stack: RawStack = {
      name,
      template,
      scope: {
        ref: (logicalId) => reference(stack, place, logicalId),
        attribute: (logicalId, attributeName) => attribute(stack, place, [logicalId, attributeName]),
        importValue: (exported) => {
          const value = exportsOf(stacks).get(exported);
          if (value === undefined) throw new Error(`${name}: nothing exports ${exported}`);
          return value();
        },
        condition: (condition) => {
          const body = section(template, "Conditions")[condition];
          if (body === undefined) throw new Error(`${name}: there is no condition ${condition}`);
          return holds(body, stack.scope, `${name}.Conditions.${condition}`);
        },
        mapping: (map, key, second) => mappingValue(stack, [map, key, second]),
      },
    };
    stacks.push(stack);
  }
  return stacks;
}

function resource(stack: RawStack, place: Place, logicalId: string): Resource | undefined {
  const raw = objectAt(section(stack.template, "Resources"), logicalId);
  const condition = raw["Condition"];
  if (typeof condition === "string" && !stack.scope.condition(condition)) return undefined;
  const own = named(stack, logicalId);
  const type = resourceTypes[own.type];
  const properties = resolve(objectAt(raw, "Properties"), stack.scope, `${stack.name}/${logicalId}`);
  const arn = type?.attributes["Arn"]?.(own, place);
  return {
    stack: stack.name,
    logicalId,
    type: own.type,
    properties: isJsonObject(properties) ? properties : {},
    metadata: objectAt(raw, "Metadata"),
    ...(type === undefined ? {} : { ref: type.ref(own, place) }),
    ...(arn === undefined ? {} : { arn }),
  };
}

/** Every resource of the app's stacks except the types in `skip`, worked out for `place`; what it cannot work out is an error that names the stack and the resource. */
export function readResources(
  app: SynthesizedApp,
  place: Place,
  skip: ReadonlySet<string> = new Set(),
): readonly Resource[] {
  return scoped(app, place).flatMap((stack) =>
    Object.entries(section(stack.template, "Resources"))
      .filter(([, raw]) => !(isJsonObject(raw) && typeof raw["Type"] === "string" && skip.has(raw["Type"])))
      .map(([logicalId]) => resource(stack, place, logicalId))
      .filter((found) => found !== undefined),
  );
}
