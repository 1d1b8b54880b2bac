import { setTimeout as wait } from "node:timers/promises";
import { EventBridgeClient, PutEventsCommand, type PutEventsRequestEntry } from "@aws-sdk/client-eventbridge";
import { DuebellError, providerError } from "../../domain/errors.ts";
import type { DuebellEvent } from "../../domain/event.ts";
import type { EventPublisher } from "../../ports.ts";

/** `PutEvents` takes ten entries. */
const batchSize = 10;
const attempts = 3;
const pauseMs = 50;

type EventPublisherOptions = { readonly busName: string; readonly client?: EventBridgeClient };

const entryOf =
  (busName: string) =>
  ({ type, eventId, biller, billId, at, ids }: DuebellEvent): PutEventsRequestEntry => ({
    EventBusName: busName,
    Source: "duebell",
    DetailType: type,
    Time: new Date(at),
    Detail: JSON.stringify({ ...ids, version: 1, eventId, biller, billId }),
  });

async function putBatch(client: EventBridgeClient, batch: readonly PutEventsRequestEntry[]): Promise<void> {
  let entries = batch;
  for (let attempt = 1; ; attempt++) {
    const { FailedEntryCount = 0, Entries = [] } = await client.send(new PutEventsCommand({ Entries: [...entries] }));
    if (FailedEntryCount === 0) return;
    entries = entries.filter((_, index) => Entries[index]?.EventId === undefined);
    const codes = new Set(Entries.map(({ ErrorCode }) => ErrorCode).filter(Boolean));
    if (attempt === attempts)
      throw providerError(`The bus refused ${entries.length} events: ${[...codes].join(", ")}.`);
    await wait(pauseMs * attempt);
  }
}

/** The bus `busName`: entries it refused are put again, and what it still refuses is thrown as a provider-error. */
export function eventBridgeEventPublisher({
  busName,
  client = new EventBridgeClient({}),
}: EventPublisherOptions): EventPublisher {
  return {
    async publish(events) {
      const entries = events.map(entryOf(busName));
      try {
        for (let i = 0; i < entries.length; i += batchSize) await putBatch(client, entries.slice(i, i + batchSize));
      } catch (error) {
        throw error instanceof DuebellError ? error : providerError("The bus cannot be reached.", error);
      }
    },
  };
}
