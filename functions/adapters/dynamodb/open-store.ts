import { setTimeout } from "node:timers/promises";
import { GetItemCommand, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { providerError } from "../../domain/errors.ts";
import { countOpens, type LinkOpen } from "../../domain/open.ts";
import type { OpenStore } from "../../ports.ts";
import { openKey } from "./keys.ts";
import { decodeCountedDay, encodeOpenDay, type OpenRow } from "./open-codec.ts";
import { asked, askedUnlessRefused, fromItem, inVersion, type Place, toItem } from "./table.ts";

/** Others count the same bill's opens at the same moment so often at most; who loses waits a little longer each time. */
const mostTries = 30;
const longestWaitMs = 200;

/** Opens in DynamoDB: one item for each bill and day, written over the version that was read. */
export function dynamoOpenStore(place: Place): OpenStore {
  return {
    async count(opens) {
      const days = Map.groupBy(opens, ({ code, date }) => `${code}#${date}`);
      for (const told of days.values()) await countDay(place, told);
    },
  };
}

async function countDay(place: Place, opens: readonly LinkOpen[]): Promise<void> {
  for (let tries = 1; tries <= mostTries; tries++) {
    if (await tryToCount(place, opens)) return;
    await setTimeout(Math.random() * Math.min(longestWaitMs, 10 * tries));
  }
  throw providerError("DynamoDB refused to count opens: others count the same all the time.");
}

/** Counts the opens of one bill and day; false when another did so in between. */
async function tryToCount({ client, table }: Place, opens: readonly LinkOpen[]): Promise<boolean> {
  const [one] = opens;
  if (!one) return true;
  const read = new GetItemCommand({
    TableName: table,
    Key: toItem(openKey(one.code, one.date)),
    ConsistentRead: true,
  });
  const { Item: item } = await asked("reading how often a page was opened", client.send(read));
  const row = item && fromItem<OpenRow>(item);
  const counted = countOpens(row && decodeCountedDay(row), opens);
  if (!counted) return true;
  const version = row?.v ?? 0;
  const write = new PutItemCommand({
    TableName: table,
    Item: toItem(encodeOpenDay(one.code, counted, version + 1)),
    ...inVersion(version),
  });
  return (await askedUnlessRefused("counting opens of a page", client.send(write))) !== undefined;
}
