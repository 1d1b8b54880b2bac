import type { Dynamo } from "../aws/dynamodb.ts";
import type { HttpRequest, MaybeAnswer } from "../aws/http-message.ts";
import type { BillerAccounts } from "../biller-accounts.ts";
import type { Parts } from "../parts.ts";
import type { RestApiServer } from "../rest-api.ts";
import { type PayOptions, pay } from "../sandbox-pay.ts";
import { storedBills } from "../stored-bills.ts";
import { gatewaysPath, outboundPath } from "../synthesize.ts";
import type { GatewayPayment } from "./gateway.ts";
import { createGateways, type Gateways } from "./gateways.ts";
import { isPixCall } from "./pix.ts";

/** What the gateways are played for: who has accounts there, and how a payment reaches us. */
export interface GatewayTargets extends Pick<PayOptions, "secrets" | "bus"> {
  readonly dynamo: Dynamo;
  readonly api: RestApiServer;
  readonly accounts: BillerAccounts;
}

const railOf = { razorpay: "razorpay", stripe: "stripe", pix: "pix-psp" } as const;

/** Starts the gateways: what is paid there comes to our webhook, as a Standard Webhook until each gateway's own is taken. */
export function gatewaySide(parts: Parts, { dynamo, api, accounts, secrets, bus }: GatewayTargets): Gateways {
  const { deployment, clock, kept, activity } = parts;
  const options: PayOptions = {
    ...{ secrets, bus, now: clock.now },
    bills: storedBills(dynamo, deployment.tables[0]?.name ?? "", clock.now),
    busName: deployment.buses[0]?.name ?? "default",
    post: (request) => activity.run(() => api.handle(request, "127.0.0.1")),
  };
  const codeOf = async ({ biller, billId, code }: GatewayPayment): Promise<string> => {
    const bills = code === undefined ? await options.bills.list() : [];
    return code ?? bills.find((bill) => bill.biller === biller && bill.billId === billId)?.code ?? "";
  };
  const where = {
    now: clock.now,
    baseUrl: `${deployment.place.origin}${gatewaysPath}`,
    accounts: () => Object.keys(accounts.settings()).map((biller) => ({ biller, secrets: secrets.ofBiller(biller) })),
    paid: async (payment: GatewayPayment) => {
      const { gateway, paymentId, amount } = payment;
      await pay(options, { code: await codeOf(payment), amount, paymentId, rail: railOf[gateway] });
    },
  };
  return createGateways(where, kept);
}

/** Hands the gateways what is asked of them; undefined for every other request. Billers' banks are asked where billers' systems are. */
export function askGateway(gateways: Gateways, request: HttpRequest): Promise<MaybeAnswer> | undefined {
  const { path } = request;
  const below = (prefix: string): string => path.slice(prefix.length);
  if (path.startsWith(`${outboundPath}/`) && isPixCall(path))
    return gateways.handle({ ...request, path: `/pix${below(outboundPath)}` });
  if (!new RegExp(`^${gatewaysPath}/[a-z]+/`).test(path)) return undefined;
  return gateways.handle({ ...request, path: below(gatewaysPath) });
}
