import { type Biller, type BillerSettings, hopsOf, messageOf } from "../domain/biller.ts";
import { conflict, type FieldError, invalidInput } from "../domain/errors.ts";
import type { BillerId, Channel } from "../domain/ids.ts";
import type { Ports } from "../ports.ts";

type PutPorts = Pick<Ports, "billers"> & {
  /** Whether there is wording for a message on a channel, in the biller's language or one it falls back to. */
  readonly hasWording: (message: string, channel: Channel) => boolean;
};

/**
 * Creates or replaces a biller's settings; they reach its bills at their next cursor move. Throws invalid-input for a step whose
 * message has no wording, conflict for a header that another biller holds.
 */
export async function putBiller(
  ports: PutPorts,
  command: { readonly biller: BillerId; readonly settings: BillerSettings },
): Promise<{ readonly outcome: "created" | "replaced"; readonly biller: Biller }> {
  const { biller: id, settings } = command;
  const unworded = settings.cadence.flatMap((step, n): FieldError[] =>
    hopsOf(settings, step)
      .filter(({ channel }) => !ports.hasWording(messageOf(step), channel))
      .map(({ channel }) => ({
        path: `cadence.${n}.message`,
        message: `there is no wording for the message ${messageOf(step)} on ${channel}`,
      })),
  );
  if (unworded.length > 0) throw invalidInput("A step says a message that has no wording.", unworded);
  const biller: Biller = { ...settings, id };
  const outcome = await ports.billers.put(biller);
  if (outcome === "header-taken")
    throw conflict(`The header ${settings.header}, or a former one, belongs to another biller.`);
  return { outcome, biller };
}
