import {
  IdempotencyConfig,
  IdempotencyItemAlreadyExistsError,
  IdempotencyItemNotFoundError,
  makeIdempotent,
} from "@aws-lambda-powertools/idempotency";
import { BasePersistenceLayer, IdempotencyRecord } from "@aws-lambda-powertools/idempotency/persistence";
import type { Context } from "aws-lambda";
import { DuebellError, providerError } from "../../functions/domain/errors.ts";
import type { Moment } from "../../functions/domain/local-time.ts";
import { notificationReference } from "../../functions/domain/notification.ts";
import type { Clock, SendResult } from "../../functions/ports.ts";
import type { LockRecord, LockTable } from "../support/memory-lock-table.ts";
import type { Sender } from "../support/town-life.ts";
import { plainCall, sendThenRecord } from "./send-then-record.ts";

/**
 * What `DynamoDBPersistenceLayer` does, on a table in memory. The library reads the machine's clock: what it says of times to come is
 * moved into virtual time on its way to the table, and back.
 */
class TablePersistenceLayer extends BasePersistenceLayer {
  readonly #locks: LockTable;
  readonly #clock: Clock;

  constructor(locks: LockTable, clock: Clock) {
    super();
    this.#locks = locks;
    this.#clock = clock;
  }

  protected async _putRecord(record: IdempotencyRecord): Promise<void> {
    const known = await this.#locks.put(this.#toLock(record));
    if (known) throw new IdempotencyItemAlreadyExistsError("there is a record", this.#fromLock(known));
  }

  protected async _getRecord(idempotencyKey: string): Promise<IdempotencyRecord> {
    const known = await this.#locks.read(idempotencyKey);
    if (!known) throw new IdempotencyItemNotFoundError("there is no record");
    return this.#fromLock(known);
  }

  protected async _updateRecord(record: IdempotencyRecord): Promise<void> {
    await this.#locks.update(this.#toLock(record));
  }

  protected async _deleteRecord(record: IdempotencyRecord): Promise<void> {
    await this.#locks.delete(record.idempotencyKey);
  }

  #aheadMs(): number {
    return this.#clock.now() - Date.now();
  }

  #toLock(record: IdempotencyRecord): LockRecord {
    const { idempotencyKey: key, expiryTimestamp = 0, inProgressExpiryTimestamp = 0, responseData } = record;
    const ahead = this.#aheadMs();
    return {
      key,
      status: record.getStatus(),
      expiresAt: expiryTimestamp * 1_000 + ahead,
      lockedUntil: inProgressExpiryTimestamp + ahead,
      ...(responseData !== undefined && { answer: responseData }),
    };
  }

  #fromLock({ key, status, expiresAt, lockedUntil, answer }: LockRecord): IdempotencyRecord {
    const ahead = this.#aheadMs();
    return new IdempotencyRecord({
      idempotencyKey: key,
      status: status as ReturnType<IdempotencyRecord["getStatus"]>,
      expiryTimestamp: Math.round((expiresAt - ahead) / 1_000),
      inProgressExpiryTimestamp: lockedUntil - ahead,
      responseData: answer as IdempotencyRecord["responseData"] & object,
    });
  }
}

/** What the library asks of a Lambda's context: the time that is left. */
const contextUntil = (deadline: Moment, clock: Clock): Context =>
  ({ getRemainingTimeInMillis: () => deadline - clock.now() }) as Context;

/** A refusal for now is not kept as the answer: the send is to be tried again. */
class RefusedForNow extends Error {}

/**
 * A control that must fail: the same sender, with the call of the carrier made idempotent by Powertools under the key of the
 * notification, and the Lambda's remaining time registered as its manual says.
 */
export const powertoolsSender: Sender = sendThenRecord(async (ports, message, { deadline }) => {
  const { locks, clock } = ports;
  const config = new IdempotencyConfig({ expiresAfterSeconds: 7 * 86_400 });
  config.registerLambdaContext(contextUntil(deadline, clock));
  const call = async (_key: { readonly key: string }): Promise<SendResult> => {
    const result = await plainCall(ports, message);
    if (result.outcome === "refused-for-now") throw new RefusedForNow(result.reason);
    return result;
  };
  const callOnce = makeIdempotent(call, { persistenceStore: new TablePersistenceLayer(locks, clock), config });
  try {
    return await callOnce({ key: notificationReference(message.key) });
  } catch (error) {
    if (error instanceof RefusedForNow) return { outcome: "refused-for-now", reason: error.message };
    throw error instanceof DuebellError ? error : providerError("the send is in progress, or its record failed", error);
  }
});
