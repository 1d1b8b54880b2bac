import type { PaymentAttempt } from "../../functions/domain/payment-attempt.ts";
import type { AttemptStore } from "../../functions/ports.ts";
import type { MemoryTable } from "./memory-table.ts";

/** Attempts to pay at gateways, in memory. */
export function memoryAttemptStore(table: MemoryTable): AttemptStore {
  const place = ({ code, rail }: Pick<PaymentAttempt, "code" | "rail">): [string, string] => [
    `BILL#${code}`,
    `TRY#${rail}`,
  ];
  const stored = (of: Pick<PaymentAttempt, "code" | "rail">): PaymentAttempt | undefined =>
    table.get(...place(of), { consistent: true }) as PaymentAttempt | undefined;
  return {
    get: async (code, rail) => stored({ code, rail }),
    async save(attempt, readVersion) {
      if ((stored(attempt)?.version ?? 0) !== readVersion) return false;
      table.put(...place(attempt), { value: attempt });
      return true;
    },
  };
}
