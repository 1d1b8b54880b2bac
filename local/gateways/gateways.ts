import { type HttpRequest, jsonAnswer, type MaybeAnswer } from "../aws/http-message.ts";
import type { KeptState } from "../kept-state.ts";
import { checkoutPath, type Gateway, type GatewayName, type GatewaySurroundings } from "./gateway.ts";
import { type GatewaySetting, gatewayFaults } from "./gateway-faults.ts";
import { PlayedPix } from "./pix.ts";
import { PlayedRazorpay } from "./razorpay.ts";
import { PlayedStripe } from "./stripe.ts";

/** The payment gateways, speaking their own wire protocols. */
export interface Gateways {
  /** Answers a request to `/<gateway>/…`; `hang` means that whoever asked must never get an answer. */
  readonly handle: (request: HttpRequest) => Promise<MaybeAnswer>;
  /** Sets how a gateway behaves from now on; throws `invalid-input` naming `gateway`, `mode` or `rate`. */
  readonly setMode: (gateway: string, setting: unknown) => GatewaySetting;
}

/** All of them; what they keep outlives the laptop where `kept` does. */
export function createGateways(where: GatewaySurroundings, kept?: Pick<KeptState, "section">): Gateways {
  const faults = gatewayFaults();
  const gateways: Readonly<Record<GatewayName, Gateway>> = {
    razorpay: new PlayedRazorpay(where, kept?.section("razorpay")),
    stripe: new PlayedStripe(where, kept?.section("stripe")),
    pix: new PlayedPix(where, kept?.section("pix")),
  };
  const isGateway = (name: string): name is GatewayName => Object.hasOwn(gateways, name);
  return {
    setMode: faults.set,
    handle: async (request) => {
      const [, name = "", path = ""] = /^\/([a-z]+)(\/.*)$/.exec(request.path) ?? [];
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
