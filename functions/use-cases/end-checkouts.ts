import { isPayable, statusOf } from "../domain/bill.ts";
import type { Biller } from "../domain/biller.ts";
import { notReady, providerError } from "../domain/errors.ts";
import type { BillerId, BillId } from "../domain/ids.ts";
import type { LinkCode } from "../domain/link-code.ts";
import { minuteMs } from "../domain/local-time.ts";
import type { PaymentAttempt } from "../domain/payment-attempt.ts";
import type { EndedCheckout, Ports, Rail } from "../ports.ts";
import { locateBill } from "./locate-bill.ts";

type EndPorts = Pick<Ports, "bills" | "billers" | "linkCodes" | "attempts" | "rails" | "clock">;

/** `payable`: the bill can be paid (again), so nothing is ended. `paid`: a checkout was, of which its gateway tells by itself. */
export type EndedCheckouts = { readonly outcome: "ended" | "paid" | "nothing-open" | "payable" | "no-bill" };

type GatewayRail = Extract<Rail, { kind: "gateway" }>;

/** So long after its start an attempt may still become a checkout. */
const makingMs = 5 * minuteMs;

/** The checkouts of a rail that can still be paid. */
function openOf({ checkout, replaces, startedAt }: PaymentAttempt, now: number): readonly string[] {
  if (!checkout && now - startedAt < makingMs) throw notReady("a checkout may just be made; it is ended then");
  return [checkout, replaces].flatMap((one) => (one && now < one.expiresAt ? [one.providerReference] : []));
}

async function endOf(
  ports: EndPorts,
  rail: GatewayRail,
  { biller, code }: { readonly biller: Biller; readonly code: LinkCode },
): Promise<EndedCheckout[]> {
  const attempt = rail.capabilities.canBeCanceled ? await ports.attempts.get(code, rail.name) : undefined;
  const open = attempt ? openOf(attempt, ports.clock.now()) : [];
  return await Promise.all(open.map((reference) => rail.cancel(reference, biller)));
}

/**
 * Ends every checkout of a bill that is settled or canceled, so that nobody pays it twice. Throws not-ready while one may just be made, and
 * provider-error where a gateway does not say what became of one: the queue asks again, and asking again changes nothing.
 */
export async function endCheckouts(
  ports: EndPorts,
  command: { readonly biller: BillerId; readonly billId: BillId },
): Promise<EndedCheckouts> {
  const biller = await ports.billers.get(command.biller);
  const { code, story } = await locateBill(ports, command.biller, command.billId);
  if (!biller || (!story.bill && !story.tombstone)) return { outcome: "no-bill" };
  if (story.bill && isPayable(statusOf(story.bill, ports.clock.now()))) return { outcome: "payable" };
  const rails = ports.rails.filter((rail): rail is GatewayRail => rail.kind === "gateway");
  const became = (await Promise.all(rails.map((rail) => endOf(ports, rail, { biller, code })))).flat();
  if (became.includes("unknown")) throw providerError("a gateway does not say what became of a checkout");
  if (became.includes("paid")) return { outcome: "paid" };
  return { outcome: became.length > 0 ? "ended" : "nothing-open" };
}
