import * as z from "zod";
import { checked } from "../sandbox-input.ts";
import { type GatewayName, gatewayNames, type Tell } from "./gateway.ts";

const callModes = ["ok", "fail", "timeout", "throttle", "error-after-accept"] as const;
const webhookModes = ["lose-webhooks", "repeat-webhooks"] as const;
const modes = [...callModes, ...webhookModes] as const;

type CallMode = (typeof callModes)[number];
type WebhookMode = "ok" | (typeof webhookModes)[number];

/** How a gateway behaves for a share of the calls to it, or of its own webhooks, as `POST /sandbox/gateways/{gateway}` sets it. */
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
  readonly draw: (gateway: GatewayName) => CallMode;
  /** What is to happen to the next webhook. */
  readonly drawWebhook: (gateway: GatewayName) => WebhookMode;
}

/** All `ok` at first; a share is spread evenly: of four calls at a rate of a quarter, the fourth. */
export function gatewayFaults(): GatewayFaults {
  const current = new Map<string, { setting: GatewaySetting; calls: number }>();
  const draw = <M extends string>(gateway: GatewayName, among: readonly M[]): M | "ok" => {
    const held = current.get(gateway);
    const mode = among.find((one) => one === held?.setting.mode);
    if (held === undefined || mode === undefined) return "ok";
    const { rate = 1 } = held.setting;
    held.calls++;
    return Math.floor(held.calls * rate) > Math.floor((held.calls - 1) * rate) ? mode : "ok";
  };
  return {
    set: (name, asked) => {
      const { gateway } = checked(Name, { gateway: name });
      const setting = checked(Setting, asked);
      current.set(gateway, { setting, calls: 0 });
      return setting;
    },
    draw: (gateway) => draw(gateway, callModes),
    drawWebhook: (gateway) => draw(gateway, webhookModes),
  };
}

/** `tell`, but that some webhooks are lost and some come twice, as the faults say. */
export const tellOrLose =
  (faults: Pick<GatewayFaults, "drawWebhook">, tell: Tell): Tell =>
  async (webhook) => {
    const mode = faults.drawWebhook(webhook.gateway);
    if (mode === "lose-webhooks") return undefined;
    const answered = await tell(webhook);
    return mode === "repeat-webhooks" ? tell(webhook) : answered;
  };
