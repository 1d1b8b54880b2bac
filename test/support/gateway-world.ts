import type { LedgerMeans, RailMeans } from "../../functions/adapters/gateway-means.ts";
import { oneExchange } from "../../functions/adapters/one-exchange.ts";
import { outboundCall } from "../../functions/adapters/outbound.ts";
import type { GatewayPayment } from "../../local/gateways/gateway.ts";
import { createGateways, type Gateways } from "../../local/gateways/gateways.ts";
import { httpServer } from "../../local/http-server.ts";
import { type ControlledClock, controlledClock } from "./memory-clock.ts";

/** What the example billers' accounts at the gateways are opened with: none of it opens anything. */
export const gatewaySecrets = {
  razorpay: { keyId: "rzp_test_0000000000001", keySecret: "razorpay-example-secret" },
  stripe: { secretKey: "sk_test_0000000000000001" },
  pix: { clientId: "Client_Id_0001", clientSecret: "pix-example-secret" },
  "mercado-pago": { accessToken: "TEST-0000000000000001" },
};

/** The same for every biller, or others. */
export const secretsOfAll = (secrets: Partial<typeof gatewaySecrets> = gatewaySecrets): LedgerMeans["secrets"] => ({
  razorpay: async () => secrets.razorpay,
  stripe: async () => secrets.stripe,
  pix: async () => secrets.pix,
  mercadoPago: async () => secrets["mercado-pago"],
});

const prefix = "/sandbox/gateways";

/** Means to reach gateways at an origin: patient enough for a busy machine, impatient where a test waits for the end of it. */
export const meansFor = (origin: string, overrides: Partial<RailMeans> = {}): RailMeans => ({
  clock: controlledClock(),
  secrets: secretsOfAll(),
  razorpayBaseUrl: `${origin}${prefix}/razorpay/v1`,
  stripeBaseUrl: `${origin}${prefix}/stripe/v1`,
  ask: oneExchange,
  askBiller: outboundCall({ to: origin as `http://127.0.0.1:${string}` }),
  createMs: 10_000,
  cancelMs: 5_000,
  pauseMs: 1,
  ...overrides,
});

/** The played gateways on the loopback interface. */
export type GatewayWorld = AsyncDisposable & {
  readonly origin: string;
  readonly clock: ControlledClock;
  readonly means: RailMeans;
  readonly gateways: Gateways;
  /** What payers paid there. */
  readonly payments: readonly GatewayPayment[];
  /** How many requests came. */
  readonly requests: () => number;
};

/** Starts them, with an account for `example-power` at each. */
export async function gatewayWorld(overrides: Partial<RailMeans> = {}): Promise<GatewayWorld> {
  const clock = controlledClock();
  const payments: GatewayPayment[] = [];
  const server = await httpServer(0, clock.now, () => undefined);
  const gateways = createGateways({
    now: clock.now,
    baseUrl: `${server.origin}${prefix}`,
    accounts: () => [{ biller: "example-power", secrets: gatewaySecrets }],
    paid: (payment) => payments.push(payment),
    tell: async () => 200,
  });
  let requests = 0;
  server.serve(async (request) => {
    requests++;
    return gateways.handle({ ...request, path: request.path.slice(prefix.length) });
  });
  return {
    origin: server.origin,
    clock,
    means: meansFor(server.origin, { clock, ...overrides }),
    gateways,
    payments,
    requests: () => requests,
    [Symbol.asyncDispose]: server.stop,
  };
}
