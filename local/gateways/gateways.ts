import { notFound } from "../../functions/domain/errors.ts";
import { type HttpRequest, jsonAnswer, type MaybeAnswer } from "../aws/http-message.ts";
import type { KeptState } from "../kept-state.ts";
import { refuse } from "../sandbox-input.ts";
import { PlayedBbps } from "./bbps.ts";
import {
  checkoutPath,
  type Gateway,
  type GatewayName,
  type GatewayOrder,
  type GatewaySurroundings,
  gatewayNames,
  type PaidThere,
} from "./gateway.ts";
import { type GatewaySetting, gatewayFaults, tellOrLose } from "./gateway-faults.ts";
import { PlayedMercadoPago } from "./mercado-pago.ts";
import { PlayedPix } from "./pix.ts";
import { PlayedRazorpay } from "./razorpay.ts";
import { PlayedStripe } from "./stripe.ts";

/** The payment gateways, speaking their own wire protocols. */
export interface Gateways {
  /** Answers a request to `/<gateway>/…`; `hang` means that whoever asked must never get an answer. */
  readonly handle: (request: HttpRequest) => Promise<MaybeAnswer>;
  /** Sets how a gateway behaves from now on; throws `invalid-input` naming `gateway`, `mode` or `rate`. */
  readonly setMode: (gateway: string, setting: unknown) => GatewaySetting;
  /** Pays a bill at a gateway; throws `invalid-input` for one that takes payments at its pages only. */
  readonly pay: (gateway: GatewayName, order: GatewayOrder) => Promise<PaidThere>;
  /** Gives back a payment, or `value` of it in minor units, wherever it was made; throws `not-found` where no gateway holds it. */
  readonly refund: (paymentId: string, value?: number) => Promise<PaidThere>;
}

/** All of them; what they keep outlives the laptop where `kept` does. */
export function createGateways(surroundings: GatewaySurroundings, kept?: Pick<KeptState, "section">): Gateways {
  const faults = gatewayFaults();
  const where: GatewaySurroundings = { ...surroundings, tell: tellOrLose(faults, surroundings.tell) };
  const gateways: Readonly<Record<GatewayName, Gateway>> = {
    razorpay: new PlayedRazorpay(
      where,
      kept && { links: kept.section("razorpay"), payments: kept.section("razorpay-payments") },
    ),
    stripe: new PlayedStripe(
      where,
      kept && { sessions: kept.section("stripe"), intents: kept.section("stripe-intents") },
    ),
    pix: new PlayedPix(where, kept?.section("pix")),
    "mercado-pago": new PlayedMercadoPago(where, kept?.section("mercado-pago")),
    bbps: new PlayedBbps(where),
  };
  const isGateway = (name: string): name is GatewayName => Object.hasOwn(gateways, name);
  return {
    setMode: faults.set,
    pay: async (name, order) => {
      const gateway = gateways[name];
      if (!gateway.pay) throw refuse("via", `must not be ${name}: payers pay at its page only`);
      return gateway.pay(order);
    },
    refund: async (paymentId, value) => {
      for (const name of gatewayNames) {
        const refunded = await gateways[name].refund?.(paymentId, value);
        if (refunded) return refunded;
      }
      throw notFound("No gateway holds a payment of this id");
    },
    handle: async (request) => {
      const [, name = "", path = ""] = /^\/([a-z-]+)(\/.*)$/.exec(request.path) ?? [];
      if (!isGateway(name)) return jsonAnswer(404, { error: "no gateway is played here" });
      const gateway = gateways[name];
      const asked = { ...request, path };
      const mode = checkoutPath.test(path) ? "ok" : faults.draw(name);
      if (mode === "throttle") return gateway.throttled();
      if (mode === "fail") return gateway.broken(asked);
      const answer = await gateway.handle(asked);
      if (mode === "timeout") return "hang";
      return mode === "error-after-accept" ? { status: 502, headers: {}, body: "" } : answer;
    },
  };
}
