import { describe, expect, it } from "vitest";
import { mercadoPagoPayments } from "../../../../functions/adapters/mercado-pago/payments.ts";
import { aBiller } from "../../../support/builders.ts";
import { paymentText } from "./payment-text.ts";

const { id } = aBiller();
const amountOf = (decimal: string, currency = "BRL") =>
  Reflect.get(Object(mercadoPagoPayments(id, paymentText({ amount: decimal, currency }))?.[0]?.payment), "amount");

describe("mercadoPagoPayments", () => {
  it("tells of an approved payment by its id, the amount read from its text", () => {
    expect(mercadoPagoPayments(id, paymentText())).toEqual([
      {
        type: "payment.succeeded",
        payment: {
          biller: id,
          billId: "BR-1",
          references: ["mercado-pago:order:4455", "e2e:E00000000202611211300abcdefghijk"],
          paymentId: "123456789",
          amount: { value: 12_990, currency: "BRL" },
          rail: "mercado-pago-pix",
          paidAt: "2026-11-21T13:00:00.000Z",
          source: "mercado-pago",
        },
      },
    ]);
  });

  it.each([
    ["129.90", 12_990],
    ["129", 12_900],
    ["0.29", 29],
    ["4.35", 435],
    ["1.1", 110],
    ["90071992547.41", undefined],
    ["1.0E7", 1_000_000_000],
    ["129.999", undefined],
    ["-129.9", undefined],
    ['"129.90"', 12_990],
  ])("reads %s as %s centavos, never by a float", (decimal, value) => {
    expect(amountOf(decimal)).toEqual(value === undefined ? undefined : { value, currency: "BRL" });
  });

  it("reads pesos of Chile, which have no smaller unit", () => {
    expect(amountOf("12990.0", "CLP")).toEqual({ value: 12_990, currency: "CLP" });
  });

  it("keeps an id that is too long for a float", () => {
    const told = mercadoPagoPayments(id, paymentText({ id: "12345678901234567891" }));
    expect(told?.[0]?.payment).toMatchObject({ paymentId: "12345678901234567891" });
  });

  it("finds the bill in what was sent along, in snake case, and else in our own reference", () => {
    const sent = mercadoPagoPayments(id, paymentText({ more: '"metadata":{"bill_id":"BR-2"}' }));
    expect(sent?.[0]?.payment).toMatchObject({ billId: "BR-2" });
    const code = mercadoPagoPayments(id, paymentText({ reference: "1PkT9dQx2mVaR.1" }));
    expect(code?.[0]?.payment).toMatchObject({ code: "1PkT9dQx2mVaR" });
    const unknown = mercadoPagoPayments(id, paymentText({ reference: "loja / 1" }));
    expect(unknown?.[0]?.payment).not.toHaveProperty("billId");
  });

  it.each([
    ["approved", ["payment.succeeded"]],
    ["in_mediation", ["payment.succeeded"]],
    ["charged_back", ["payment.succeeded"]],
    ["refunded", ["payment.succeeded", "payment.refunded"]],
    ["authorized", ["payment.pending"]],
    ["pending", ["payment.pending"]],
    ["in_process", ["payment.pending"]],
    ["rejected", ["payment.failed"]],
    ["cancelled", ["payment.failed"]],
    ["something_new", []],
  ])("tells of one that is %s: %j", (status, types) => {
    expect(mercadoPagoPayments(id, paymentText({ status }))?.map(({ type }) => type)).toEqual(types);
  });

  it("tells a refund in part as the total that was given back", () => {
    const told = mercadoPagoPayments(id, paymentText({ more: '"transaction_amount_refunded":29.90' }));
    expect(told?.[1]).toMatchObject({
      type: "payment.refunded",
      payment: { refundedTotal: { value: 2_990, currency: "BRL" } },
    });
  });

  it("tells nothing of a card that was only tried", () => {
    const tried = {
      id: 1,
      status: "approved",
      transaction_amount: 0,
      currency_id: "BRL",
      date_approved: "2026-11-21T10:00:00Z",
    };
    expect(mercadoPagoPayments(id, JSON.stringify({ ...tried, operation_type: "card_validation" }))).toEqual([]);
  });

  it.each(["", "<html>", "{}", "[]", '{"id":1}', "null"])("cannot read %j", (text) => {
    expect(mercadoPagoPayments(id, text)).toBeUndefined();
  });
});
