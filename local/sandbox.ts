import * as z from "zod";
import { notFound } from "../functions/domain/errors.ts";
import type { Activity } from "./activity.ts";
import { type HttpAnswer, type HttpRequest, jsonAnswer } from "./aws/http-message.ts";
import type { CallLog } from "./call-log.ts";
import type { VirtualClock } from "./clock.ts";
import { consoleFile } from "./console/files.ts";
import type { RecordedEvent } from "./event-bus.ts";
import type { JsonObject } from "./json.ts";
import { moveAsked, type Target } from "./sandbox-clock.ts";
import { checked, jsonBody, problem, refuse } from "./sandbox-input.ts";
import { pay, refund } from "./sandbox-pay.ts";
import { storedBills } from "./stored-bills.ts";
import type { Wired } from "./wiring.ts";

/** What the sandbox shows and moves. */
export interface SandboxOptions {
  readonly wired: Wired;
  readonly clock: VirtualClock;
  readonly calls: CallLog;
  readonly activity: Activity;
  /** The deployment's own bus and table. */
  readonly busName: string;
  readonly tableName: string;
}

type Route = (request: HttpRequest, parameter: string) => unknown;

const ReceiptOrder = z.strictObject({
  messageId: z.string("must be a message's id"),
  status: z.string("must be one of delivered, read, failed"),
  reason: z.string("must be text").optional(),
});

const ReplyOrder = z.strictObject({
  channel: z.literal("whatsapp", "must be whatsapp: nothing else can be answered"),
  address: z.string("must be a phone number"),
  text: z.string("must be text").min(1, "must not be empty").max(4096, "must be at most 4096 characters").optional(),
  preference: z.enum(["stop", "resume"], "must be stop or resume").optional(),
});

const EventOrder = z.strictObject({
  EventBusName: z.string().optional(),
  Source: z.string("must be text").min(1, "must not be empty").default("sandbox"),
  DetailType: z.string("must be text").min(1, "must not be empty"),
  Detail: z.union([z.string(), z.record(z.string(), z.unknown())], "must be an object, or one as JSON text"),
  Resources: z.array(z.string()).optional(),
  Time: z.union([z.string(), z.number()], "must be a time: ISO 8601 with zone, or seconds since 1970").optional(),
});

const shown = ({ bus, event }: RecordedEvent): unknown => ({ bus, type: event["detail-type"], ...event });

function putEvent({ wired, busName }: SandboxOptions, body: unknown): unknown {
  const { Detail, ...order } = checked(EventOrder, body);
  const detail = typeof Detail === "string" ? Detail : JSON.stringify(Detail);
  const entry = JSON.parse(JSON.stringify({ EventBusName: busName, ...order, Detail: detail })) as JsonObject;
  const read = wired.bus.readEntry(entry);
  if ("fault" in read) throw refuse(read.fault.field, `is refused: ${read.fault.message}`);
  return { eventId: wired.bus.put(read.event) };
}

async function answer({ wired }: SandboxOptions, body: unknown): Promise<unknown> {
  const { channel, address, text, preference } = checked(ReplyOrder, body);
  if ((text === undefined) === (preference === undefined))
    throw refuse("text", "or preference must be given, not both");
  const reply = preference === undefined ? { text: text ?? "" } : { preference };
  const { id } = await wired.carriers.reply(channel, address, reply);
  return { messageId: id };
}

/** A move that waited its turn may have been overtaken by the one before it. */
async function moveTo({ runner }: Wired, target: Target): Promise<void> {
  try {
    await runner.moveTo(target);
  } catch (cause) {
    if (cause instanceof RangeError) throw refuse("now", "must not be in the past: the clock only moves forward");
    throw cause;
  }
}

function given(query: URLSearchParams, ...names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.flatMap((name) => (query.get(name) ? [[name, query.get(name) ?? ""]] : [])));
}

function routes(options: SandboxOptions): Readonly<Record<string, Route>> {
  const { wired, clock, calls, activity, busName, tableName } = options;
  const bills = storedBills(wired.dynamo, tableName, clock.now);
  const now = (): unknown => ({ now: new Date(clock.now()).toISOString() });
  const post = (request: HttpRequest): Promise<HttpAnswer> =>
    activity.run(() => wired.api.handle(request, "127.0.0.1"));
  const { secrets, bus, gateways } = wired;
  const payOptions = { bills, secrets, bus, gateways, busName, post, now: clock.now };
  return {
    "GET clock": now,
    "POST clock": async ({ body }) => {
      await moveTo(wired, moveAsked(jsonBody(body), clock.now()));
      return now();
    },
    "GET messages": ({ query }) => wired.messages.find(given(query, "address", "channel")),
    "GET bills": () => bills.list(),
    "GET billers": () => wired.accounts.settings(),
    "GET calls": ({ query }) => calls.find(given(query, "function", "service")),
    "GET secrets": ({ query }) => {
      const biller = query.get("biller") ?? "";
      if (!/^[A-Za-z0-9._-]{1,64}$/.test(biller)) throw refuse("biller", "must be a biller's id");
      return wired.secrets.ofBiller(biller);
    },
    "GET events": ({ query }) => {
      const { bus = busName, type } = given(query, "bus", "type");
      return wired.bus
        .events()
        .filter((each) => each.bus === bus && (type === undefined || each.event["detail-type"] === type))
        .map(shown);
    },
    "POST events": ({ body }) => putEvent(options, jsonBody(body)),
    "POST pay": ({ body }) => pay(payOptions, jsonBody(body)),
    "POST refund": ({ body }) => refund(payOptions, jsonBody(body)),
    "POST carriers": ({ body }, channel) => wired.carriers.setMode(channel, jsonBody(body)),
    "POST gateways": ({ body }, gateway) => wired.gateways.setMode(gateway, jsonBody(body)),
    "GET biller-webhooks": ({ query }) => wired.billerSystem.webhooks(given(query, "biller", "type")),
    "POST biller-system": ({ body }) => wired.billerSystem.tell(jsonBody(body)),
    "POST replies": ({ body }) => answer(options, jsonBody(body)),
    "POST delivery-receipts": async ({ body }) => {
      const { messageId, status, reason } = checked(ReceiptOrder, jsonBody(body));
      await wired.carriers.report(messageId, status, reason);
      return wired.messages.get(messageId);
    },
  };
}

/** The longest a `POST` waits in real time for what it started, so that who asks next sees its effect. */
const patienceMilliseconds = 5000;

async function effectOf(activity: Activity): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, patienceMilliseconds);
  });
  await Promise.race([activity.quiet(), patience]);
  clearTimeout(timer);
}

/** Answers the calls under `/sandbox/` and the console at `/`; errors are problem documents that name the field. */
export function sandbox(options: SandboxOptions): (request: HttpRequest) => Promise<HttpAnswer> {
  const table = routes(options);
  return async (request) => {
    const file = request.method === "GET" ? consoleFile(request.path) : undefined;
    if (file !== undefined) return file;
    const [, name = "", parameter = ""] = /^\/sandbox\/([a-z-]+)(?:\/([A-Za-z0-9_-]+))?$/.exec(request.path) ?? [];
    const route = table[`${request.method} ${name}`];
    try {
      if (route === undefined || (parameter === "") === (name === "carriers" || name === "gateways"))
        throw notFound(`The sandbox has no ${request.method} ${request.path}`);
      const result = await route(request, parameter);
      if (request.method === "POST" && name !== "clock") await effectOf(options.activity);
      return jsonAnswer(200, result);
    } catch (cause) {
      return problem(cause);
    }
  };
}
