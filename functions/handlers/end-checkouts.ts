import { endingCheckouts, lastReceive } from "../compose.ts";
import { environment } from "../config.ts";
import { OwnEvent } from "../messages.ts";
import { queueHandler } from "../middleware/queue.ts";
import { endCheckouts } from "../use-cases/end-checkouts.ts";

const env = environment("end-checkouts");
const ports = endingCheckouts(env);

export const handler = queueHandler(async (body) => {
  const { biller, billId } = OwnEvent.parse(JSON.parse(body)).detail;
  return billId === undefined ? { outcome: "no-bill" } : await endCheckouts(ports, { biller, billId });
}, lastReceive(env));
