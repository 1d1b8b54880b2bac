import { EmailAddress, PhoneNumber } from "../../../functions/domain/addresses.ts";
import type { Ports } from "../../../functions/ports.ts";
import type { ControlledClock } from "../memory-clock.ts";

/** The stores a contract is run on: all over one table, empty at first, with four lanes. */
export type Stores = Pick<
  Ports,
  | "billers"
  | "bills"
  | "payments"
  | "notices"
  | "notifications"
  | "smsReferences"
  | "suppressions"
  | "dueIndex"
  | "watermarks"
  | "imports"
  | "opens"
> & { readonly clock: ControlledClock };

/** Opens fresh stores. */
export type OpenStores = () => Promise<Stores>;

export const contractLanes = 4;

/** The value with its masked addresses shown, so that two of them can be told apart. */
export function plainly(value: unknown): unknown {
  if (value instanceof PhoneNumber) return { phone: value.reveal() };
  if (value instanceof EmailAddress) return { email: value.reveal() };
  if (Array.isArray(value)) return value.map(plainly);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, plainly(member)]));
}
