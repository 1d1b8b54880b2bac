import * as z from "zod";
import { checked } from "../sandbox-input.ts";
import { type GatewayName, gatewayNames } from "./gateway.ts";

const modes = ["ok", "fail", "timeout", "throttle", "error-after-accept"] as const;

/** How a gateway behaves for a share of the calls to it, as `POST /sandbox/gateways/{gateway}` sets it. */
export interface GatewaySetting {
  readonly mode: (typeof modes)[number];
  readonly rate?: number | undefined;
}

const Setting = z.strictObject({
  mode: z.enum(modes, `must be one of ${modes.join(", ")}`),
  rate: z.number("must be a number from 0 to 1").min(0).max(1).optional(),
});

const Name = z.object({ gateway: z.enum(gatewayNames, `must be one of ${gatewayNames.join(", ")}`) });

/** The faults asked of each gateway. */
export interface GatewayFaults {
  /** Throws `invalid-input` naming the field. */
  readonly set: (gateway: string, setting: unknown) => GatewaySetting;
  /** What is to happen to the next call. */
  readonly draw: (gateway: GatewayName) => GatewaySetting["mode"];
}

/** All `ok` at first; a share is spread evenly: of four calls at a rate of a quarter, the fourth. */
export function gatewayFaults(): GatewayFaults {
  const current = new Map<string, { setting: GatewaySetting; calls: number }>();
  return {
    set: (name, asked) => {
      const { gateway } = checked(Name, { gateway: name });
      const setting = checked(Setting, asked);
      current.set(gateway, { setting, calls: 0 });
      return setting;
    },
    draw: (gateway) => {
      const held = current.get(gateway);
      if (held === undefined) return "ok";
      const { mode, rate = 1 } = held.setting;
      held.calls++;
      return Math.floor(held.calls * rate) > Math.floor((held.calls - 1) * rate) ? mode : "ok";
    },
  };
}
