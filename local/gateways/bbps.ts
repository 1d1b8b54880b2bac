import { randomBytes, randomUUID } from "node:crypto";
import type { HttpAnswer } from "../aws/http-message.ts";
import { jsonAnswer } from "../aws/http-message.ts";
import { refuse } from "../sandbox-input.ts";
import { type Gateway, type GatewayOrder, type GatewaySurroundings, type PaidThere, paidThere } from "./gateway.ts";

const path = "/bills/fetchReceipt";

/**
 * A Bharat BillPay platform (as Setu documents its biller side): it posts each payment to the biller, who answers with a receipt, and the
 * same again half a minute later where it does not. It has no API of its own here, tells of what was paid only, and takes nothing back.
 */
export class PlayedBbps implements Gateway {
  readonly #where: GatewaySurroundings;

  constructor(where: GatewaySurroundings) {
    this.#where = where;
  }

  async handle(): Promise<HttpAnswer> {
    return jsonAnswer(404, { error: "not-found" });
  }

  throttled(): HttpAnswer {
    return jsonAnswer(429, { error: "too-many-requests" });
  }

  broken(): HttpAnswer {
    return jsonAnswer(500, { error: "unable-to-fulfill-request" });
  }

  async pay({ biller, billId, amount, outcome, paymentId: known }: GatewayOrder): Promise<PaidThere> {
    if (outcome !== "paid") throw refuse("outcome", "must be paid: Bharat BillPay tells of nothing else");
    if (known !== undefined) throw refuse("paymentId", "must not be given: Bharat BillPay knows no pending payments");
    const paymentId = `PP${randomBytes(9).toString("hex").toUpperCase()}`;
    const money = { value: amount.value, currencyCode: amount.currency };
    const body = {
      platformBillID: BigInt(`0x1${randomBytes(7).toString("hex")}`).toString(),
      billerBillID: billId,
      paymentDetails: {
        ...{ amountPaid: money, billAmount: money, platformTransactionRefID: randomUUID() },
        ...{ uniquePaymentRefID: paymentId, instrument: "UPI", additionalInfo: null, transactionNote: "" },
        ...{ transactionTimestamp: new Date(this.#where.now()).toISOString(), campaignID: "" },
      },
    };
    this.#where.paid?.({ gateway: "bbps", biller, billId, paymentId, amount });
    const webhook = { gateway: "bbps", biller, id: paymentId, body: JSON.stringify(body), below: path } as const;
    return paidThere(paymentId, await this.#where.tell(webhook));
  }
}
