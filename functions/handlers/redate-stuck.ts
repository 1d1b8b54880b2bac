import { billers, bills, clock, dueIndex, events, notices, notifications, payments, watermarks } from "../compose.ts";
import { environment } from "../config.ts";
import { LaneTick } from "../messages.ts";
import { scheduledHandler } from "../middleware/scheduled.ts";
import { redateStuck } from "../use-cases/redate-stuck.ts";

const env = environment("redate-stuck");
const ports = {
  dueIndex: dueIndex(env),
  watermarks: watermarks(env),
  bills: bills(env),
  payments: payments(env),
  notices: notices(env),
  billers: billers(env),
  notifications: notifications(env),
  events: events(env),
  clock,
};

export const handler = scheduledHandler(async (input, deadline) => {
  const { lane } = LaneTick.parse(input);
  return { lane, ...(await redateStuck(ports, { lane, deadline })) };
});
