import { describe, expect, it } from "vitest";
import { allows, readPolicy } from "../../local/iam/policy.ts";
import { readRoles } from "../../local/iam/roles.ts";
import type { Json, JsonObject } from "../../local/json.ts";

const table = "arn:aws:dynamodb:ap-south-1:000000000000:table/bills";
const put = { action: "dynamodb:PutItem", resource: table };
const allow = (rest: JsonObject): JsonObject => ({ Effect: "Allow", Action: "dynamodb:*", Resource: "*", ...rest });
const policy = (...Statement: readonly Json[]) => readPolicy({ Version: "2012-10-17", Statement }, "test");

describe("an identity's policy", () => {
  it.each<[string, JsonObject, boolean]>([
    ["a grant of the action on the resource", { Action: ["dynamodb:PutItem"], Resource: [table] }, true],
    ["a grant by wildcard", { Action: "dynamodb:Put*", Resource: "arn:aws:dynamodb:*:*:table/bil?s" }, true],
    ["a grant whatever the case of the action", { Action: "DynamoDB:putitem" }, true],
    ["a grant narrowed to another action", { Action: "dynamodb:GetItem" }, false],
    ["a grant narrowed to the table's index", { Resource: `${table}/index/due` }, false],
    ["a grant of everything but this action", { Action: undefined as never, NotAction: "dynamodb:PutItem" }, false],
    ["a grant on everything but another table", { Resource: undefined as never, NotResource: `${table}2` }, true],
  ])("%s allows or refuses", (_title, rest, expected) => {
    const statement = JSON.parse(JSON.stringify(allow(rest))) as JsonObject;
    expect(allows(policy(statement), put)).toBe(expected);
  });

  it("nothing granted is nothing allowed", () => {
    expect(allows([], put)).toBe(false);
  });

  it("a denial beats every grant", () => {
    expect(allows(policy(allow({}), { Effect: "Deny", Action: "dynamodb:PutItem", Resource: table }), put)).toBe(false);
    expect(allows(policy(allow({}), { Effect: "Deny", Action: "dynamodb:DeleteItem", Resource: table }), put)).toBe(
      true,
    );
  });

  it("what it does not understand is an error that names it", () => {
    expect(() => policy(allow({ Condition: { IpAddress: { "aws:SourceIp": "10.0.0.0/8" } } }))).toThrow(
      "operator IpAddress",
    );
    expect(() => policy(allow({ Condition: { StringEquals: { "aws:TagKeys": "x" } } }))).toThrow(
      "condition key aws:TagKeys",
    );
    expect(() => policy(allow({ NotPrincipal: "*" }))).toThrow("NotPrincipal");
  });
});

describe("a resource's policy", () => {
  const rule = "arn:aws:events:ap-south-1:000000000000:rule/bus/on-bill";
  const admitting = allow({
    Action: "sqs:SendMessage",
    Principal: { Service: "events.amazonaws.com" },
    Condition: { ArnEquals: { "aws:SourceArn": rule } },
  });
  const call = {
    action: "sqs:SendMessage",
    resource: "arn:q",
    principal: "events.amazonaws.com",
    context: { "aws:SourceArn": rule },
  };

  it("admits the service it names, for the rule it names", () => {
    expect(allows(policy(admitting), call)).toBe(true);
    expect(allows(policy(admitting), { ...call, principal: "sns.amazonaws.com" })).toBe(false);
    expect(allows(policy(admitting), { ...call, context: { "aws:SourceArn": `${rule}-2` } })).toBe(false);
    expect(allows(policy(admitting), { ...call, context: {} })).toBe(false);
  });

  it("refuses plain transport only where there is some", () => {
    const encrypted = {
      Effect: "Deny",
      Action: "sqs:*",
      Resource: "*",
      Principal: "*",
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    };
    expect(allows(policy(admitting, encrypted), call)).toBe(true);
    expect(
      allows(policy(admitting, encrypted), { ...call, context: { ...call.context, "aws:SecureTransport": "false" } }),
    ).toBe(false);
  });
});

describe("a role", () => {
  const resource = (type: string, ref: string, properties: JsonObject) => ({
    ...{ stack: "S", logicalId: ref, type, ref, arn: `arn:${ref}`, properties, metadata: {} },
  });

  it("may do what its own and its attached policies say, not what another role's say", () => {
    const document = (Action: string): JsonObject => ({ Statement: [{ Effect: "Allow", Action, Resource: "*" }] });
    const roles = readRoles([
      resource("AWS::IAM::Role", "one", {
        Policies: [{ PolicyName: "own", PolicyDocument: document("sqs:SendMessage") }],
      }),
      resource("AWS::IAM::Role", "two", {}),
      resource("AWS::IAM::Policy", "p", { Roles: ["one"], PolicyDocument: document("dynamodb:PutItem") }),
    ]);
    const may = (role: string, action: string) => allows(roles.get(`arn:${role}`) ?? [], { action, resource: "x" });
    expect([may("one", "sqs:SendMessage"), may("one", "dynamodb:PutItem"), may("two", "dynamodb:PutItem")]).toEqual([
      true,
      true,
      false,
    ]);
  });
});
