import { billers, desk, deskMails, lastReceive } from "../compose.ts";
import { environment } from "../config.ts";
import { OwnEvent } from "../messages.ts";
import { queueHandler } from "../middleware/queue.ts";
import { tellDesk } from "../use-cases/tell-desk.ts";

const env = environment("tell-desk");
const ports = { billers: billers(env), desk: desk(env), deskMails: deskMails(env) };

export const handler = queueHandler(
  async (body) => await tellDesk(ports, OwnEvent.parse(JSON.parse(body))),
  lastReceive(env),
);
