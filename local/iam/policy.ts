import { isJsonObject, type Json, type JsonObject } from "../json.ts";
import { type CallContext, type Condition, conditionsHold, readConditions } from "./conditions.ts";
import { fits } from "./wildcard.ts";

/** One statement of an IAM or resource policy, ready to be asked. */
export interface Statement {
  readonly effect: "Allow" | "Deny";
  readonly actions: readonly string[];
  readonly exceptActions: boolean;
  readonly resources: readonly string[];
  readonly exceptResources: boolean;
  readonly principals: readonly string[];
  readonly conditions: readonly Condition[];
}

/** One call as a policy sees it; `principal` (a service, an account, a role's ARN) is for resource policies alone. */
export interface AskedCall {
  readonly action: string;
  readonly resource: string;
  readonly principal?: string;
  readonly context?: CallContext;
}

const known = new Set(["Sid", "Effect", "Action", "NotAction", "Resource", "NotResource", "Principal", "Condition"]);

const asTexts = (value: Json | undefined): readonly string[] =>
  value === undefined ? [] : (Array.isArray(value) ? value : [value]).map(String);

function principalsOf(value: Json | undefined): readonly string[] {
  if (value === undefined) return [];
  if (!isJsonObject(value)) return asTexts(value);
  return Object.values(value).flatMap((names) => asTexts(names));
}

function readStatement(source: JsonObject, where: string): Statement {
  const unknown = Object.keys(source).find((key) => !known.has(key));
  if (unknown !== undefined) throw new Error(`${where}: the laptop does not understand ${unknown} in a policy`);
  const effect = source["Effect"];
  if (effect !== "Allow" && effect !== "Deny") throw new Error(`${where}: Effect is neither Allow nor Deny`);
  return {
    effect,
    actions: asTexts(source["Action"] ?? source["NotAction"]).map((action) => action.toLowerCase()),
    exceptActions: source["NotAction"] !== undefined,
    resources: asTexts(source["Resource"] ?? source["NotResource"]),
    exceptResources: source["NotResource"] !== undefined,
    principals: principalsOf(source["Principal"]),
    conditions: readConditions(source["Condition"], where),
  };
}

/** Reads a policy document; `where` names it in errors. */
export function readPolicy(document: Json | undefined, where: string): readonly Statement[] {
  if (!isJsonObject(document)) throw new Error(`${where}: there is no policy document`);
  const statements = document["Statement"] ?? [];
  return (Array.isArray(statements) ? statements : [statements]).map((statement: Json, index: number) => {
    const name = `${where}[${index}]`;
    if (!isJsonObject(statement)) throw new Error(`${name}: not a statement`);
    return readStatement(statement, name);
  });
}

function applies(statement: Statement, call: AskedCall): boolean {
  const action = call.action.toLowerCase();
  const actionFits = statement.actions.some((pattern) => fits(pattern, action));
  if (actionFits === statement.exceptActions) return false;
  const resourceFits = statement.resources.some((pattern) => fits(pattern, call.resource));
  if (resourceFits === statement.exceptResources) return false;
  const principal = call.principal;
  if (principal !== undefined && !statement.principals.some((name) => name === "*" || name === principal)) return false;
  return conditionsHold(statement.conditions, { "aws:SecureTransport": "true", ...call.context });
}

/** Whether the statements allow the call: some Allow fits and no Deny does. */
export function allows(statements: readonly Statement[], call: AskedCall): boolean {
  const fitting = statements.filter((statement) => applies(statement, call));
  return fitting.length > 0 && fitting.every((statement) => statement.effect === "Allow");
}
