import * as z from "zod/mini";
import { attemptOf } from "../../domain/attempt-reference.ts";
import type { BillerId } from "../../domain/ids.ts";
import type { CurrencyCode } from "../../domain/money.ts";
import { fromDecimal } from "../../domain/money.ts";
import type { PaymentMessage } from "../../messages.ts";
import { toldByGateway } from "../gateway-told.ts";

const currency = "BRL" as CurrencyCode;

const Devolution = z.object({ valor: z.string(), status: z.optional(z.string()) });
const Pix = z.object({
  endToEndId: z.string().check(z.regex(/^[A-Za-z0-9]{1,40}$/)),
  txid: z.optional(z.nullable(z.string())),
  valor: z.string(),
  horario: z.string(),
  devolucoes: z.optional(z.nullable(z.array(Devolution))),
});

/** What a bank holds of a Pix that came in, in our words; undefined where it cannot be read. Amounts are decimal texts there. */
export function pixPayments(biller: BillerId, entity: unknown): PaymentMessage[] | undefined {
  const pix = Pix.safeParse(entity).data;
  const amount = pix && fromDecimal(pix.valor, currency);
  const paidAt = Date.parse(pix?.horario ?? "");
  if (!pix || !amount || Number.isNaN(paidAt)) return undefined;
  const back = (pix.devolucoes ?? [])
    .filter(({ status }) => status === "DEVOLVIDO")
    .map(({ valor }) => fromDecimal(valor, currency)?.value);
  if (back.includes(undefined)) return undefined;
  const txid = pix.txid ?? "";
  return toldByGateway(biller, {
    source: "pix",
    paymentId: pix.endToEndId,
    state: "succeeded",
    amount,
    refunded: back.reduce((sum: number, value) => sum + (value ?? 0), 0),
    method: undefined,
    paidAt,
    // The bill it leads to says whether it is ours.
    names: { sentAlong: [], code: attemptOf(txid)?.code },
    references: [`e2e:${pix.endToEndId}`, txid ? `txid:${txid}` : undefined],
  });
}
