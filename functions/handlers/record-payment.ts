import { dueQueues, lastReceive, liveBillCache, registering } from "../compose.ts";
import { environment } from "../config.ts";
import { PaymentFact } from "../domain/payment.ts";
import { paymentMessageOf } from "../messages.ts";
import { parseInput } from "../middleware/parse-input.ts";
import { queueHandler } from "../middleware/queue.ts";
import { recordPayment } from "../use-cases/record-payment.ts";

const env = environment("record-payment");
const ports = { ...registering(env), dueQueues: dueQueues(env), liveBillCache: liveBillCache(env) };

export const handler = queueHandler(async (body) => {
  const { type, payment } = paymentMessageOf(JSON.parse(body));
  return await recordPayment(ports, { type, payment: parseInput(PaymentFact, payment, `The event ${type}`) });
}, lastReceive(env));
