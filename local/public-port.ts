import type { HttpRequest } from "./aws/http-message.ts";
import { askCarrier } from "./aws/phone-and-mail.ts";
import { phoneRequest } from "./console/devices.ts";
import { askGateway } from "./gateways/gateway-side.ts";
import type { Handler } from "./http-server.ts";
import type { Parts } from "./parts.ts";
import { graphPath } from "./synthesize.ts";
import type { Wired } from "./wiring.ts";

/**
 * Who answers what on the one port: calls signed for an AWS service go to the gateway, `/sandbox/graph` to WhatsApp, `/sandbox/gateways` to
 * the payment gateways, `/sandbox/outbound` to the billers' own systems, `/` and the rest of `/sandbox` to `sandbox`, everything else to the
 * REST API of the stacks, as the console's phone would ask it.
 */
export function publicPort(wired: Wired, { activity, deployment }: Parts, sandbox: Handler): Handler {
  const { origin } = deployment.place;
  return async (request, sourceIp) => {
    const signed = wired.gateway.handle(request);
    if (signed !== undefined) return await signed;
    if (request.path.startsWith(`${graphPath}/`)) {
      const graph: HttpRequest = { ...request, path: request.path.slice(graphPath.length) };
      return await askCarrier(wired.carriers, "whatsapp", graph);
    }
    const checkout = askGateway(wired.gateways, request);
    if (checkout !== undefined) return await checkout;
    const said = wired.billerSystem.ask(request);
    if (said !== undefined) return await said;
    if (request.path === "/" || request.path.startsWith("/sandbox/")) return await sandbox(request, sourceIp);
    const phone = phoneRequest(request, origin);
    const answer = await activity.run(() => wired.api.handle(phone?.request ?? request, sourceIp));
    wired.accounts.watch(request, answer);
    return phone?.shown(answer) ?? answer;
  };
}
