import { billers, clock, reconciliationQueue } from "../compose.ts";
import { environment } from "../config.ts";
import { scheduledHandler } from "../middleware/scheduled.ts";
import { startReconciliation } from "../use-cases/start-reconciliation.ts";

const env = environment("start-reconciliation");
const ports = { billers: billers(env), reconciliationQueue: reconciliationQueue(env), clock };

export const handler = scheduledHandler(() => startReconciliation(ports));
