/** A payment as Mercado Pago writes it: amounts are decimal numbers, of which the text is what counts. */
export const paymentText = ({
  id = "123456789",
  status = "approved",
  amount = "129.90",
  currency = "BRL",
  reference = "BR-1",
  more = '"metadata":{}',
}: Partial<Record<"id" | "status" | "amount" | "currency" | "reference" | "more", string>> = {}): string =>
  `{"id":${id},"status":"${status}","status_detail":"accredited","transaction_amount":${amount},` +
  `"transaction_amount_refunded":0,"currency_id":"${currency}","external_reference":"${reference}",` +
  `"payment_method_id":"pix","payment_type_id":"bank_transfer","order":{"id":4455,"type":"mercadopago"},` +
  `"date_created":"2026-11-21T08:59:00.000-04:00","date_approved":"2026-11-21T09:00:00.000-04:00",` +
  `"point_of_interaction":{"transaction_data":{"e2e_id":"E00000000202611211300abcdefghijk"}},${more}}`;
