import { lastReceive, reconciling } from "../compose.ts";
import { environment } from "../config.ts";
import { ReconciliationMessage } from "../messages.ts";
import { queueHandler } from "../middleware/queue.ts";
import { reconcilePayments } from "../use-cases/reconcile-payments.ts";

const env = environment("reconcile-payments");
const ports = reconciling(env);

export const handler = queueHandler(
  async (body) => await reconcilePayments(ports, ReconciliationMessage.parse(JSON.parse(body))),
  lastReceive(env),
);
