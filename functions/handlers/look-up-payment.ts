import { billers, gatewayLedgers, incomingPayments, lastReceive } from "../compose.ts";
import { environment } from "../config.ts";
import { LookUpMessage } from "../messages.ts";
import { queueHandler } from "../middleware/queue.ts";
import { lookUpPayment } from "../use-cases/look-up-payment.ts";

const env = environment("look-up-payment");
const ports = {
  billers: billers(env),
  gatewayLedgers: gatewayLedgers(env),
  incomingPayments: incomingPayments(env),
};

export const handler = queueHandler(
  async (body) => await lookUpPayment(ports, LookUpMessage.parse(JSON.parse(body))),
  lastReceive(env),
);
