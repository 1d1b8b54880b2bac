import * as z from "zod";
import { checkPattern } from "./event-pattern.ts";
import type { Json, JsonObject } from "./json.ts";
import type { Resource } from "./template.ts";
import { ignoring, typed } from "./typed-resource.ts";

/** Where a rule or a schedule sends what it has. */
export interface Target {
  /** ARN of a function or a queue. */
  readonly arn: string;
  /** Sent instead of the event, where the stacks say so. */
  readonly input?: string;
  /** ARN of the queue that gets what could not be delivered. */
  readonly deadLetterArn?: string;
}

/** One EventBridge rule with a pattern. */
export interface Rule {
  readonly where: string;
  readonly arn: string;
  /** Name of the bus it listens on; `default` is the account's own. */
  readonly bus: string;
  readonly pattern: JsonObject;
  readonly targets: readonly Target[];
}

/** One EventBridge Scheduler schedule, at a fixed rate or once a day. */
export interface Schedule {
  readonly name: string;
  readonly arn: string;
  readonly everyMinutes: number;
  /** How many minutes after midnight UTC its times are counted from; 0 unless told. */
  readonly fromMinute?: number;
  readonly target: Target;
  /** The role it invokes its target with. */
  readonly roleArn: string;
}

/** What moves things from one part to another. */
export interface Events {
  readonly buses: readonly { readonly name: string; readonly arn: string }[];
  readonly rules: readonly Rule[];
  readonly schedules: readonly Schedule[];
}

const deadLetterSchema = z.strictObject({ Arn: z.string() }).optional();

const ruleSchema = z.strictObject({
  EventBusName: z.string().default("default"),
  EventPattern: z.record(z.string(), z.unknown()),
  State: z.literal("ENABLED").optional(),
  Targets: z
    .array(
      z.strictObject({
        Arn: z.string(),
        Input: z.string().optional(),
        DeadLetterConfig: deadLetterSchema,
        ...ignoring("Id", "RetryPolicy"),
      }),
    )
    .default([]),
  ...ignoring("Name", "Description", "Tags"),
});

const scheduleSchema = z.strictObject({
  ScheduleExpression: z.string(),
  FlexibleTimeWindow: z.strictObject({ Mode: z.literal("OFF") }),
  State: z.literal("ENABLED").optional(),
  Target: z.strictObject({
    Arn: z.string(),
    RoleArn: z.string(),
    Input: z.string().optional(),
    DeadLetterConfig: deadLetterSchema,
    ...ignoring("RetryPolicy"),
  }),
  ScheduleExpressionTimezone: z.enum(["UTC", "Etc/UTC"]).optional(),
  ...ignoring("Name", "GroupName", "Description", "KmsKeyArn"),
});

const minutesIn: Readonly<Record<string, number>> = { minute: 1, hour: 60, day: 1440 };

function timesOf(expression: string, where: string): Pick<Schedule, "everyMinutes" | "fromMinute"> {
  const [, count, name = ""] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression) ?? [];
  const unit = minutesIn[name];
  if (count !== undefined && unit !== undefined) return { everyMinutes: Number(count) * unit };
  const [, minutes, hours] = /^cron\((\d{1,2}) (\d{1,2}) \* \* \? \*\)$/.exec(expression) ?? [];
  if (minutes !== undefined && hours !== undefined)
    return { everyMinutes: 1440, fromMinute: Number(hours) * 60 + Number(minutes) };
  throw new Error(`${where}: the laptop understands rate(…) and a daily cron(m h * * ? *) only, not ${expression}`);
}

interface RawTarget {
  readonly Arn: string;
  readonly Input?: string | undefined;
  readonly DeadLetterConfig?: { readonly Arn: string } | undefined;
}

const target = ({ Arn, Input, DeadLetterConfig }: RawTarget): Target => ({
  arn: Arn,
  ...(Input === undefined ? {} : { input: Input }),
  ...(DeadLetterConfig === undefined ? {} : { deadLetterArn: DeadLetterConfig.Arn }),
});

/** Reads buses, rules and schedules; a pattern operator, input transformer or schedule expression it does not know is an error. */
export function readEvents(resources: readonly Resource[]): Events {
  const buses = typed(resources, "AWS::Events::EventBus", z.looseObject({})).map(({ ref, arn }) => ({
    name: ref,
    arn,
  }));
  const rules = typed(resources, "AWS::Events::Rule", ruleSchema).map(({ properties, where, arn }) => {
    const pattern = properties.EventPattern as Record<string, Json>;
    checkPattern(pattern, where);
    const bus = properties.EventBusName.replace(/^.*\//, "");
    return { where, arn, bus, pattern, targets: properties.Targets.map(target) };
  });
  const schedules = typed(resources, "AWS::Scheduler::Schedule", scheduleSchema).map(
    ({ properties, where, ref, arn }) => ({
      name: ref,
      arn,
      ...timesOf(properties.ScheduleExpression, where),
      target: target(properties.Target),
      roleArn: properties.Target.RoleArn,
    }),
  );
  return { buses, rules, schedules };
}
