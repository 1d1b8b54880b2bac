import { invalidInput, notFound } from "../../functions/domain/errors.ts";
import { type Kept, unkept } from "../kept-state.ts";
import {
  type AskedReport,
  type Carrier,
  type CarrierAnswer,
  CarrierRefusal,
  type CarrierReport,
  type CarrierRequest,
  type Failure,
  type PlannedReport,
  type Reply,
} from "./carrier.ts";
import { type CarrierSettings, createCarriersByService } from "./carrier-settings.ts";
import { type CarrierSetting, createFaults, type Faults } from "./faults.ts";
import type { CarrierMessage, CarrierService, Channel, MessageStore } from "./message-store.ts";

/** The reports still owed of a message: a failure if `failure` is there, without those whose places in the plan are in `told`. */
export type OwedReports = { readonly failure?: Failure; readonly told: readonly number[] };

/**
 * What the carriers ask of their host: virtual time in epoch milliseconds, a callback at such a time, where reports go, and
 * where it is kept by message id which of them are owed.
 */
type CarriersOptions = {
  readonly now: () => number;
  readonly schedule: (atMs: number, run: () => Promise<void>) => void;
  readonly store: MessageStore;
  readonly publish: (event: CarrierReport) => Promise<void>;
  readonly owed?: Kept<OwedReports>;
  readonly region?: string;
  readonly accountId?: string;
};

/** The carriers of SMS, e-mail and WhatsApp, speaking their real wire protocols inside the process. */
export type Carriers = CarrierSettings & {
  /** Answers one request as the real carrier would; `hang` means the sender must never get an answer. */
  readonly handle: (request: CarrierRequest) => Promise<CarrierAnswer | "hang">;
  /** Sets how a channel behaves from now on; throws `invalid-input` naming `channel`, `mode`, `rate` or `reason`. */
  readonly setMode: (channel: string, setting: unknown) => CarrierSetting;
  /** Makes the carrier report a status of a message at once; throws `not-found` for an unknown message, `invalid-input` for a status its channel does not have. */
  readonly report: (messageId: string, status: string, reason?: string) => Promise<void>;
  /** Has the customer answer the newest message at an address, and gives that message; throws `not-found` where there is none that can be answered. */
  readonly reply: (channel: Channel, address: string, reply: Reply) => Promise<CarrierMessage>;
  /** Plans again what an earlier run still owed; to be called once the accounts are set. */
  readonly resume: () => void;
  /** How many reports are planned and not yet published. */
  readonly pendingReports: () => number;
};

const askedReport = (status: string, reason: string | undefined): AskedReport => {
  if (status !== "delivered" && status !== "read" && status !== "failed") {
    const message = "must be one of delivered, read, failed";
    throw invalidInput(`status ${message}`, [{ path: "status", message }]);
  }
  return { status, ...(reason === undefined ? {} : { reason }) };
};

const planner = ({ store, now, schedule, publish, owed = unkept() }: CarriersOptions) => {
  let pending = 0;
  const settle = (id: string, place: number, planned: number): void => {
    const before = owed.entries().get(id) ?? { told: [] };
    const told = [...before.told, place];
    if (told.length < planned) owed.put(id, { ...before, told });
    else owed.drop(id);
  };
  const tell = async (message: CarrierMessage, report: PlannedReport): Promise<void> => {
    if (report.status !== undefined) store.setStatus(message.id, report.status);
    await publish(report.build(now()));
  };
  return {
    pending: () => pending,
    owed: () => [...owed.entries()],
    /** Notes what is to be told of a message, before the message itself is kept. */
    owe: (id: string, failure: Failure | undefined): void =>
      owed.put(id, { ...(failure === undefined ? {} : { failure }), told: [] }),
    plan: (message: CarrierMessage, reports: readonly PlannedReport[]): void => {
      const told = owed.entries().get(message.id)?.told ?? [];
      if (reports.length === 0) owed.drop(message.id);
      for (const [place, report] of reports.entries()) {
        if (told.includes(place)) continue;
        pending += 1;
        schedule(Date.parse(message.at) + report.afterSeconds * 1000, async () => {
          try {
            await tell(message, report);
          } finally {
            settle(message.id, place, reports.length);
            pending -= 1;
          }
        });
      }
    },
  };
};

const taker =
  (store: MessageStore, faults: Faults, reports: ReturnType<typeof planner>) =>
  (carrier: Carrier, request: CarrierRequest): CarrierAnswer | "hang" => {
    // A request the carrier would refuse is refused in every mode: a fault never hides a mistake of the sender.
    const { message, answer } = carrier.accept(request);
    const { mode, reason } = faults.draw(carrier.channel);
    if (mode === "throttle") return carrier.throttled();
    const refused = mode === "fail" && reason !== undefined ? carrier.refusal(reason) : undefined;
    if (refused !== undefined) return refused;
    const failure = mode === "fail" ? (reason === undefined ? {} : { reason }) : undefined;
    if (message !== undefined) {
      if (mode !== "silent") reports.owe(message.id, failure);
      store.add({ ...message, service: request.service });
      if (mode !== "silent") reports.plan(message, carrier.plan(message, failure));
    }
    if (mode === "timeout") return "hang";
    return mode === "error-after-accept" ? carrier.broken() : answer;
  };

/** What a message came by that was kept before there were two services to a channel. */
const firstService: Readonly<Record<Channel, CarrierService>> = { sms: "sns", email: "ses", whatsapp: "whatsapp" };

/** Carriers over a store of messages: SNS and End User Messaging for SMS, SES v2 for e-mail, the Cloud API and End User Messaging Social for WhatsApp; region ap-south-1 unless told. */
export const createCarriers = (options: CarriersOptions): Carriers => {
  const { now, store, region = "ap-south-1", accountId = "111122223333" } = options;
  const { byService, settings } = createCarriersByService({ now, region, accountId });
  const carrierOf = ({ service, channel }: CarrierMessage): Carrier => byService[service ?? firstService[channel]];
  const faults = createFaults();
  const reports = planner(options);
  const take = taker(store, faults, reports);
  return {
    ...settings,
    handle: async (request) => {
      try {
        return take(byService[request.service], request);
      } catch (error) {
        if (error instanceof CarrierRefusal) return error.answer;
        throw error;
      }
    },
    setMode: faults.set,
    report: async (messageId, status, reason) => {
      const asked = askedReport(status, reason);
      const message = store.get(messageId);
      if (message === undefined) throw notFound(`No message has the id ${messageId}`);
      const report = carrierOf(message).report(message, asked, now());
      store.setStatus(messageId, asked.status);
      await options.publish(report);
    },
    reply: async (channel, address, reply) => {
      const message = store.find({ address, channel }).findLast((each) => carrierOf(each).reply !== undefined);
      if (message === undefined)
        throw notFound("The address has received no message on this channel that can be answered");
      const report = carrierOf(message).reply?.(message, reply, now());
      if (report !== undefined) await options.publish(report);
      return message;
    },
    resume: () => {
      for (const [id, { failure }] of reports.owed()) {
        const message = store.get(id);
        if (message !== undefined) reports.plan(message, carrierOf(message).plan(message, failure));
      }
    },
    pendingReports: reports.pending,
  };
};
