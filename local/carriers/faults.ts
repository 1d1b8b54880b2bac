import * as z from "zod/mini";
import { type FieldError, invalidInput } from "../../functions/domain/errors.ts";
import { type Channel, channels } from "./message-store.ts";

const modes = ["ok", "fail", "timeout", "throttle", "silent", "error-after-accept"] as const;

/** How a carrier behaves, as `POST /sandbox/carriers/{channel}` sets it. */
type CarrierMode = (typeof modes)[number];

/** A carrier's behavior for a share of its messages; `reason` names what a failure is reported as. */
export type CarrierSetting = { readonly mode: CarrierMode; readonly rate?: number; readonly reason?: string };

const CarrierSetting = z.strictObject({
  mode: z.enum(modes, `must be one of ${modes.join(", ")}`),
  rate: z.exactOptional(z.number("must be a number from 0 to 1").check(z.gte(0), z.lte(1))),
  reason: z.exactOptional(
    z.union([z.string().check(z.minLength(1), z.maxLength(200)), z.int()], "must be a text of 1 to 200 characters"),
  ),
});

const isChannel = (name: string): name is Channel => channels.some((channel) => channel === name);

/** The channel of a name; throws `invalid-input` on field `channel` for any other. */
const parseChannel = (name: string): Channel => {
  if (isChannel(name)) return name;
  const message = `must be one of ${channels.join(", ")}`;
  throw invalidInput(`channel ${message}`, [{ path: "channel", message }]);
};

const parseSetting = (setting: unknown): CarrierSetting => {
  const parsed = CarrierSetting.safeParse(setting);
  if (parsed.success) {
    const { mode, rate, reason } = parsed.data;
    return {
      mode,
      ...(rate === undefined ? {} : { rate }),
      ...(reason === undefined ? {} : { reason: String(reason) }),
    };
  }
  const fields = parsed.error.issues.flatMap((issue): FieldError[] => {
    const unknown = issue.code === "unrecognized_keys" ? issue.keys : [];
    if (unknown.length > 0) return unknown.map((path) => ({ path, message: "is not a known field" }));
    const path = issue.path.join(".") || "body";
    return [{ path, message: path === "rate" ? "must be a number from 0 to 1" : issue.message }];
  });
  throw invalidInput(fields.map((field) => `${field.path} ${field.message}`).join("; "), fields);
};

// Mulberry32: small, and the same on every machine, so that a faulty run can be repeated.
const seeded = (seed: number): (() => number) => {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
};

/** The faults asked of each channel. */
export type Faults = {
  /** Sets a channel's behavior and starts its random sequence anew; throws `invalid-input` naming the field. */
  readonly set: (channel: string, setting: unknown) => CarrierSetting;
  /** The behavior for the next message: the set one in its share of cases, else `ok`. */
  readonly draw: (channel: Channel) => CarrierSetting;
};

/** Faults by channel, all `ok` at first; the same settings give the same sequence. */
export const createFaults = (): Faults => {
  const current = new Map<Channel, { setting: CarrierSetting; random: () => number }>();
  return {
    set: (name, asked) => {
      const channel = parseChannel(name);
      const setting = parseSetting(asked);
      current.set(channel, { setting, random: seeded(channels.indexOf(channel) + 1) });
      return setting;
    },
    draw: (channel) => {
      const fault = current.get(channel);
      if (fault === undefined) return { mode: "ok" };
      const { rate = 1 } = fault.setting;
      return fault.random() < rate ? fault.setting : { mode: "ok" };
    },
  };
};
