import { lastReceive, recordingPayments } from "../compose.ts";
import { environment } from "../config.ts";
import { PaymentFact, PaymentTold } from "../domain/payment.ts";
import { isFromBus, paymentMessageOf } from "../messages.ts";
import { parseInput } from "../middleware/parse-input.ts";
import { queueHandler } from "../middleware/queue.ts";
import { recordPayment } from "../use-cases/record-payment.ts";

const env = environment("record-payment");
const ports = recordingPayments(env);

export const handler = queueHandler(async (body) => {
  const message: unknown = JSON.parse(body);
  const { type, payment } = paymentMessageOf(message);
  // Only a source that we verified may leave it to the references which bill is meant.
  const schema = isFromBus(message) ? PaymentFact : PaymentTold;
  return await recordPayment(ports, { type, payment: parseInput(schema, payment, `The event ${type}`) });
}, lastReceive(env));
