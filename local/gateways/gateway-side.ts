import type { HttpRequest, MaybeAnswer } from "../aws/http-message.ts";
import type { Secrets } from "../aws/secrets.ts";
import type { BillerAccounts } from "../biller-accounts.ts";
import type { Parts } from "../parts.ts";
import type { RestApiServer } from "../rest-api.ts";
import { gatewaysPath, outboundPath } from "../synthesize.ts";
import { gatewayWebhooks } from "./gateway-webhooks.ts";
import { createGateways, type Gateways } from "./gateways.ts";
import { isPixCall } from "./pix.ts";

/** What the gateways are played for: who has accounts there, and where their webhooks go. */
export interface GatewayTargets {
  readonly secrets: Secrets;
  readonly api: RestApiServer;
  readonly accounts: BillerAccounts;
}

/** Starts the gateways: each tells our webhook of what is paid there, signed in its own way. */
export function gatewaySide(parts: Parts, { api, accounts, secrets }: GatewayTargets): Gateways {
  const { deployment, clock, kept, activity, agenda, log } = parts;
  const tell = gatewayWebhooks({
    ...{ secrets, agenda, log, now: clock.now, owed: kept.section("gateway-webhooks") },
    post: (request) => activity.run(() => api.handle(request, "127.0.0.1")),
  });
  const where = {
    now: clock.now,
    baseUrl: `${deployment.place.origin}${gatewaysPath}`,
    accounts: () => Object.keys(accounts.settings()).map((biller) => ({ biller, secrets: secrets.madeFor(biller) })),
    tell,
  };
  return createGateways(where, kept);
}

/** Hands the gateways what is asked of them; undefined for every other request. Billers' banks are asked where billers' systems are. */
export function askGateway(gateways: Gateways, request: HttpRequest): Promise<MaybeAnswer> | undefined {
  const { path } = request;
  const below = (prefix: string): string => path.slice(prefix.length);
  if (path.startsWith(`${outboundPath}/`) && isPixCall(path))
    return gateways.handle({ ...request, path: `/pix${below(outboundPath)}` });
  if (!new RegExp(`^${gatewaysPath}/[a-z-]+/`).test(path)) return undefined;
  return gateways.handle({ ...request, path: below(gatewaysPath) });
}
