import { describe, expect, it } from "vitest";
import { pascalCase } from "../../lib/constructs/service-alarm.ts";
import { workQueues } from "../../lib/queues.ts";
import { referred, type Synthesized, synthesized } from "./synthesized.ts";

const prod = synthesized("prod");
const queues = prod.all("AWS::SQS::Queue");

interface Redrive {
  readonly deadLetterTargetArn: unknown;
  readonly maxReceiveCount: number;
}

const redriveOf = (queue: Synthesized) => queue.Properties["RedrivePolicy"] as Redrive | undefined;
const work = queues.filter((queue) => redriveOf(queue) !== undefined);
const deadLetters = queues.filter((queue) => redriveOf(queue) === undefined);

describe("the queues", () => {
  it("each have a dead-letter queue after the attempts that are stated, or are one", () => {
    expect(work).toHaveLength(Object.keys(workQueues).length);
    const stated = new Map(Object.entries(workQueues).map(([name, { receives }]) => [pascalCase(name), receives]));
    for (const queue of work) {
      const [, name = ""] = /^Queues(\w+?)[0-9A-F]{8}$/.exec(queue.id) ?? [];
      expect(redriveOf(queue)?.maxReceiveCount).toBe(stated.get(name));
      expect(deadLetters.map(({ id }) => id)).toContain(referred(redriveOf(queue)?.deadLetterTargetArn));
    }
    expect(new Set(work.map((queue) => referred(redriveOf(queue)?.deadLetterTargetArn))).size).toBe(work.length);
  });

  it("try a delivery receipt for a quarter of an hour, since the log of an SMS may come before our own record", () => {
    const deliveries = work.find(({ id }) => id.includes("Deliveries"));
    const tries = Number(deliveries && redriveOf(deliveries)?.maxReceiveCount);
    expect((tries - 1) * Number(deliveries?.Properties["VisibilityTimeout"])).toBeGreaterThanOrEqual(15 * 60);
  });

  it("tell their workers how often they try, and where dead letters go", () => {
    const workers = new Map(prod.all("AWS::Lambda::Function").map((lambda) => [lambda.id, lambda]));
    for (const { Properties } of prod.all("AWS::Lambda::EventSourceMapping")) {
      const queue = work.find((one) => one.id === referred(Properties["EventSourceArn"]));
      const worker = workers.get(String(referred(Properties["FunctionName"])));
      const environment = worker?.Properties["Environment"] as { Variables: Record<string, unknown> } | undefined;
      const own = environment?.Variables ?? {};
      expect(own["MAX_RECEIVES"]).toBe(String(queue && redriveOf(queue)?.maxReceiveCount));
      expect(referred(own["DEAD_LETTERS_QUEUE_URL"])).toBe(referred(queue && redriveOf(queue)?.deadLetterTargetArn));
      if ("QUEUE_URL" in own) expect(referred(own["QUEUE_URL"])).toBe(queue?.id);
    }
  });

  it("are encrypted, keep messages for two weeks and take no plain-text calls", () => {
    const policies = prod.all("AWS::SQS::QueuePolicy").map((policy) => JSON.stringify(policy.Properties));
    for (const { id, Properties } of queues) {
      expect(Properties).toMatchObject({ SqsManagedSseEnabled: true, MessageRetentionPeriod: 1209600 });
      const own = policies.filter((policy) => policy.includes(`"Queues":[{"Ref":"${id}"}]`));
      expect(own).toHaveLength(1);
      expect(own[0]).toContain('{"Bool":{"aws:SecureTransport":"false"}},"Effect":"Deny"');
    }
  });

  it("hide a message for six times as long as its function may take", () => {
    const timeouts = new Map(
      prod.all("AWS::Lambda::Function").map((lambda) => [lambda.id, Number(lambda.Properties["Timeout"])]),
    );
    const mappings = prod.all("AWS::Lambda::EventSourceMapping");
    expect(mappings).toHaveLength(work.length);
    for (const { Properties } of mappings) {
      const queue = work.find((one) => one.id === referred(Properties["EventSourceArn"]));
      const timeout = timeouts.get(String(referred(Properties["FunctionName"]))) ?? Number.NaN;
      expect(queue?.Properties["VisibilityTimeout"]).toBe(6 * timeout);
    }
  });

  it("are worked off in batches of which each message fails alone, by a limited number of copies", () => {
    for (const { Properties } of prod.all("AWS::Lambda::EventSourceMapping")) {
      expect(Properties["FunctionResponseTypes"]).toEqual(["ReportBatchItemFailures"]);
      expect(Properties["BatchSize"]).toBeLessThanOrEqual(10);
      expect(Properties["ScalingConfig"]).toEqual({ MaximumConcurrency: expect.any(Number) });
    }
  });
});

describe("the rules", () => {
  const rules = prod.all("AWS::Events::Rule");
  const patternOf = (name: string): unknown => rules.find(({ id }) => id.includes(name))?.Properties["EventPattern"];

  it("keep what they could not deliver", () => {
    expect(rules).toHaveLength(9);
    for (const { Properties } of rules) {
      const targets = Properties["Targets"] as readonly { DeadLetterConfig?: { Arn: unknown } }[];
      for (const target of targets)
        expect(deadLetters.map(({ id }) => id)).toContain(referred(target.DeadLetterConfig?.Arn));
    }
  });

  it("lead all that we tell to the billers' systems, and what a desk may hear of to the desks", () => {
    expect(patternOf("BillerEventsOnOwnEvent")).toEqual({ source: ["duebell"] });
    expect(patternOf("BillerEventsOnDeskEvent")).toMatchObject({
      source: ["duebell"],
      "detail-type": expect.arrayContaining(["payment.duplicate", "payment.late", "payment.unmatched"]),
    });
  });

  it("lead our own word that a bill is settled or canceled to the checkouts that are to end", () => {
    expect(patternOf("CheckoutsOnSettled")).toEqual({
      source: ["duebell"],
      "detail-type": ["bill.paid", "bill.overpaid", "bill.canceled"],
    });
  });

  it("take bills and payments from anyone on our bus but ourselves: our own bill.canceled must not cancel again", () => {
    const others = [{ "anything-but": ["duebell"] }];
    expect(patternOf("OnBillIssued")).toEqual({ source: others, "detail-type": ["bill.issued"] });
    expect(patternOf("OnBillCanceled")).toEqual({ source: others, "detail-type": ["bill.canceled"] });
    expect(patternOf("OnPaymentSucceeded")).toEqual({
      source: others,
      "detail-type": ["payment.succeeded", "payment.failed", "payment.pending", "payment.refunded"],
    });
  });

  it("take uploads of our bucket under imports/ only, and reports of our configuration set only", () => {
    expect(patternOf("OnUpload")).toMatchObject({
      source: ["aws.s3"],
      "detail-type": ["Object Created"],
      detail: { object: { key: [{ prefix: "imports/" }] } },
    });
    expect(patternOf("OnEmailReport")).toMatchObject({ source: ["aws.ses"] });
    expect(JSON.stringify(patternOf("OnEmailReport"))).toContain(":configuration-set/duebell-prod");
  });

  it("take the reports of those SMS that carry our own key, since their events name no configuration set", () => {
    expect(patternOf("OnTextReport")).toEqual({
      source: ["aws.sms-voice"],
      "detail-type": ["Text Message Delivery Status Updated"],
      detail: { context: { dispatchId: [{ exists: true }] } },
    });
  });
});
