import { billerRest, billers, billerWebhook, hiding, lastReceive } from "../compose.ts";
import { environment } from "../config.ts";
import { OwnEvent } from "../messages.ts";
import { queueHandler } from "../middleware/queue.ts";
import { postEvent } from "../use-cases/post-event.ts";

const env = environment("post-event");
const ports = { billers: billers(env), billerWebhook: billerWebhook(env), billerRest: billerRest() };

export const handler = queueHandler(
  async (body, { receiveCount }) => await postEvent(ports, { event: OwnEvent.parse(JSON.parse(body)), receiveCount }),
  lastReceive(env),
  hiding(env),
);
