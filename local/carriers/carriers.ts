import { invalidInput, notFound } from "../../functions/domain/errors.ts";
import {
  type AskedReport,
  type Carrier,
  type CarrierAnswer,
  CarrierRefusal,
  type CarrierReport,
  type CarrierRequest,
  type PlannedReport,
} from "./carrier.ts";
import { type CarrierSettings, createCarriersByChannel } from "./carrier-settings.ts";
import { type CarrierSetting, createFaults, type Faults } from "./faults.ts";
import type { CarrierMessage, MessageStore } from "./message-store.ts";

/** What the carriers ask of their host: virtual time in epoch milliseconds, a callback at such a time, and where reports go. */
type CarriersOptions = {
  readonly now: () => number;
  readonly schedule: (atMs: number, run: () => Promise<void>) => void;
  readonly store: MessageStore;
  readonly publish: (event: CarrierReport) => Promise<void>;
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

const planner = (options: CarriersOptions) => {
  let pending = 0;
  const publish = async (message: CarrierMessage, report: PlannedReport): Promise<void> => {
    try {
      if (report.status !== undefined) options.store.setStatus(message.id, report.status);
      await options.publish(report.build(options.now()));
    } finally {
      pending -= 1;
    }
  };
  return {
    pending: () => pending,
    plan: (message: CarrierMessage, reports: readonly PlannedReport[]): void => {
      for (const report of reports) {
        pending += 1;
        options.schedule(Date.parse(message.at) + report.afterSeconds * 1000, () => publish(message, report));
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
    store.add(message);
    const failure = mode === "fail" ? (reason === undefined ? {} : { reason }) : undefined;
    if (mode !== "silent") reports.plan(message, carrier.plan(message, failure));
    if (mode === "timeout") return "hang";
    return mode === "error-after-accept" ? carrier.broken() : answer;
  };

/** Carriers over a store of messages: SNS for SMS, SES v2 for e-mail, the Cloud API for WhatsApp; region ap-south-1 unless told. */
export const createCarriers = (options: CarriersOptions): Carriers => {
  const { now, store, region = "ap-south-1", accountId = "111122223333" } = options;
  const { byChannel, settings } = createCarriersByChannel({ now, region, accountId });
  const byService = { sns: byChannel.sms, ses: byChannel.email, whatsapp: byChannel.whatsapp };
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
      const report = byChannel[message.channel].report(message, asked, now());
      store.setStatus(messageId, asked.status);
      await options.publish(report);
    },
    pendingReports: reports.pending,
  };
};
