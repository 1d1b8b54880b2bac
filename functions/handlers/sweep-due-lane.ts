import { clock, dueIndex, dueQueues, timer, watermarks } from "../compose.ts";
import { environment } from "../config.ts";
import { LaneTick } from "../messages.ts";
import { scheduledHandler } from "../middleware/scheduled.ts";
import { sweepDueLane } from "../use-cases/sweep-due-lane.ts";

const env = environment("sweep-due-lane");
const ports = { dueIndex: dueIndex(env), watermarks: watermarks(env), dueQueues: dueQueues(env), clock, timer };

export const handler = scheduledHandler(async (input, deadline) => {
  const { lane } = LaneTick.parse(input);
  return { lane, ...(await sweepDueLane(ports, { lane, deadline })) };
});
