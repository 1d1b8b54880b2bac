import { existsSync } from "node:fs";
import { Duration } from "aws-cdk-lib";
import { describe, expect, it } from "vitest";
import { defaultBudgets } from "../../functions/adapters/gateway-means.ts";
import { needs } from "../../functions/config.ts";
import { BillFetch } from "../../functions/domain/biller-page.ts";
import { patienceMs } from "../../functions/use-cases/open-checkout.ts";
import type { ServiceFunctionProps } from "../../lib/constructs/service-function.ts";
import { referred, type Synthesized, synthesized } from "./synthesized.ts";

const prod = synthesized("prod");
const functions = prod.all("AWS::Lambda::Function");
const handlerOf = (lambda: Synthesized): string =>
  String(lambda.Metadata["duebell:entry"]).replace(/^functions\/handlers\/(.+)\.ts$/, "$1");

function variablesOf(lambda: Synthesized): readonly string[] {
  const environment = lambda.Properties["Environment"] as { Variables: Record<string, unknown> };
  return Object.keys(environment.Variables).sort();
}

describe("the functions", () => {
  it("are one per handler that functions/config.ts knows, and no other", () => {
    expect(functions.map(handlerOf).sort()).toEqual(Object.keys(needs).sort());
  });

  it.each(Object.entries(needs))("start %s with exactly the variables it reads, and its name", (handler, variables) => {
    const lambda = functions.find((one) => handlerOf(one) === handler);
    expect(lambda && variablesOf(lambda)).toEqual(["POWERTOOLS_SERVICE_NAME", ...variables].sort());
    expect(lambda?.Properties["Environment"]).toMatchObject({ Variables: { POWERTOOLS_SERVICE_NAME: handler } });
  });

  it("do not compile when a variable is forgotten", () => {
    const forgetful: ServiceFunctionProps<"get-bill"> = {
      handler: "get-bill",
      timeout: Duration.seconds(10),
      // @ts-expect-error LINK_KEYS_SECRET is missing
      environment: { TABLE_NAME: "table", LANES: "4", LINK_BASE_URL: "https://pay.example.com" },
    };
    expect(Object.keys(forgetful.environment)).not.toContain("LINK_KEYS_SECRET");
  });

  it("run on arm64 and Node 24, with memory and a time-out of their own", () => {
    for (const { Properties } of functions) {
      expect(Properties).toMatchObject({ Architectures: ["arm64"], Runtime: "nodejs24.x" });
      expect(Properties["MemorySize"]).toBeGreaterThanOrEqual(512);
      expect(Properties["Timeout"]).toBeGreaterThanOrEqual(10);
    }
  });

  it("have time for all that a payer's click may wait for: the biller's system, and a gateway twice", () => {
    const fetch = { url: "https://billing.example.com/bbps", identifier: { name: "Consumer Number" } };
    const mostFetchMs = 5_000;
    expect(
      [mostFetchMs, mostFetchMs + 1].map((timeoutMs) => BillFetch.safeParse({ ...fetch, timeoutMs }).success),
    ).toEqual([true, false]);
    const { createMs, cancelMs } = defaultBudgets;
    // A round that is begun just in time ends a former checkout, makes one, and ends that again where it was overtaken.
    const mostMs = mostFetchMs + patienceMs + cancelMs + createMs + cancelMs;
    const starting = functions.find((one) => handlerOf(one) === "start-payment");
    expect(Number(starting?.Properties["Timeout"]) * 1_000).toBeGreaterThan(mostMs + 3_000);
  });

  it("write to a log group of their own, which forgets", () => {
    const groups = new Map(prod.all("AWS::Logs::LogGroup").map((group) => [group.id, group]));
    const used = functions.map((lambda) =>
      referred((lambda.Properties["LoggingConfig"] as { LogGroup: unknown }).LogGroup),
    );
    expect(new Set(used).size).toBe(functions.length);
    for (const id of used) expect(groups.get(String(id))?.Properties["RetentionInDays"]).toBe(365);
  });

  it("each have a role of their own", () => {
    const roles = functions.map((lambda) => referred(lambda.Properties["Role"]));
    expect(new Set(roles).size).toBe(functions.length);
  });

  it("keep an event that failed for good, where they are invoked asynchronously", () => {
    const withDeadLetters = functions
      .filter((lambda) => lambda.Properties["DeadLetterConfig"] !== undefined)
      .map(handlerOf);
    expect(withDeadLetters.sort()).toEqual([
      "cancel-bill",
      "receive-sms-log",
      "record-open",
      "redate-stuck",
      "register-bill",
      "start-reconciliation",
      "sweep-due-lane",
    ]);
  });

  it("answer the API within ten seconds, and where a gateway is asked within twenty, before API Gateway gives up", () => {
    const targets = prod
      .all("AWS::ApiGateway::Method")
      .map((method) => JSON.stringify(method.Properties["Integration"]));
    const answering = functions.filter((lambda) => targets.some((target) => target.includes(`"${lambda.id}"`)));
    expect(answering.length).toBeGreaterThan(10);
    for (const one of answering) expect(one.Properties["Timeout"]).toBe(handlerOf(one) === "start-payment" ? 20 : 10);
  });
});

describe("the schedules", () => {
  it("run the sweep every minute and the slow pass every quarter of an hour for each lane, and the comparison once a day", () => {
    const lanes = Array.from({ length: 16 }, (_, lane) => JSON.stringify({ lane: String(lane) }));
    const expected = ["rate(1 minute)", "rate(15 minutes)"].flatMap((rate) => lanes.map((input) => `${rate} ${input}`));
    const found = prod.all("AWS::Scheduler::Schedule").map(({ Properties }) => {
      const target = Properties["Target"] as { Input: string };
      return `${String(Properties["ScheduleExpression"])} ${target.Input}`;
    });
    expect(found.sort()).toEqual([...expected, "cron(0 3 * * ? *) {}"].sort());
  });

  it("run on the minute, retry a little, and keep what failed", () => {
    for (const { Properties } of prod.all("AWS::Scheduler::Schedule")) {
      expect(Properties).toMatchObject({
        FlexibleTimeWindow: { Mode: "OFF" },
        Target: { RetryPolicy: { MaximumRetryAttempts: 2 }, DeadLetterConfig: { Arn: expect.anything() } },
      });
    }
  });
});

describe("the source of a function", () => {
  it("is named by its metadata, from the root of the project", () => {
    for (const lambda of functions)
      expect(existsSync(new URL(`../../${String(lambda.Metadata["duebell:entry"])}`, import.meta.url))).toBe(true);
  });
});
