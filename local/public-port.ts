import type { Activity } from "./activity.ts";
import type { HttpRequest } from "./aws/http-message.ts";
import { askCarrier } from "./aws/phone-and-mail.ts";
import type { Handler } from "./http-server.ts";
import { graphPath } from "./synthesize.ts";
import type { Wired } from "./wiring.ts";

/**
 * Who answers what on the one port: calls signed for an AWS service go to the gateway, `/sandbox/graph` to WhatsApp, `/` and the
 * rest of `/sandbox` to `sandbox`, everything else to the REST API of the stacks.
 */
export function publicPort(wired: Wired, activity: Activity, sandbox: Handler): Handler {
  return async (request, sourceIp) => {
    const signed = wired.gateway.handle(request);
    if (signed !== undefined) return await signed;
    if (request.path.startsWith(`${graphPath}/`)) {
      const graph: HttpRequest = { ...request, path: request.path.slice(graphPath.length) };
      return await askCarrier(wired.carriers, "whatsapp", graph);
    }
    if (request.path === "/" || request.path.startsWith("/sandbox/")) return await sandbox(request, sourceIp);
    const answer = await activity.run(() => wired.api.handle(request, sourceIp));
    wired.accounts.watch(request, answer);
    return answer;
  };
}
