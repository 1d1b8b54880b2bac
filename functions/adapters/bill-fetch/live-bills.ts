import type { Bill, BillDetail } from "../../domain/bill.ts";
import type { Biller } from "../../domain/biller.ts";
import { fetchTimeoutOf } from "../../domain/biller-page.ts";
import type { BillerId } from "../../domain/ids.ts";
import type { Clock, LiveBills } from "../../ports.ts";
import { inTime } from "../in-time.ts";
import type { Exchange } from "../one-exchange.ts";
import { failureRest } from "./failure-rest.ts";
import { readFetched } from "./fetched-bill.ts";

/** What the billers' systems are asked with. */
export type LiveBillsOptions = {
  readonly call: Exchange;
  /** What a biller's system wants in the `authorization` header; undefined where it wants nothing. */
  readonly secret: (biller: BillerId) => Promise<string | undefined>;
  readonly clock: Clock;
};

type Answer = Awaited<ReturnType<LiveBills["fetch"]>>;

const failed = (reason: string): Answer => ({ outcome: "failed", reason });

/**
 * The billers' own systems, asked as Bharat BillPay asks them: `POST <url>/bills/fetch`. Everything, the secret's look-up included, ends
 * with the biller's time-out. A question that failed is not repeated for a quarter of a minute, so that a dead system does not hold up
 * every visitor.
 */
export function bbpsLiveBills(options: LiveBillsOptions): LiveBills {
  const rest = failureRest(options.clock);
  return {
    async fetch(biller, bill, detail) {
      const place = { biller: biller.id, bill: bill.code };
      if (rest.isResting(place)) return failed("failed-lately");
      const answer = await ask(options, { biller, bill, detail }).catch(() => failed("could-not-be-asked"));
      rest.note(place, answer);
      return answer;
    },
  };
}

type Question = { readonly biller: Biller; readonly bill: Bill; readonly detail: BillDetail | undefined };

async function ask({ call, secret }: LiveBillsOptions, { biller, bill, detail }: Question): Promise<Answer> {
  const { billFetch } = biller;
  const attributeValue = identifierOf({ biller, bill, detail });
  if (!billFetch || attributeValue === undefined) return failed("no-identifier");
  const signal = AbortSignal.timeout(fetchTimeoutOf(billFetch));
  const authorization = await inTime(secret(biller.id), signal);
  const answer = await call({
    method: "POST",
    url: `${billFetch.url}/bills/fetch`,
    headers: {
      accept: "application/json",
      "content-type": "application/json",
      ...(authorization !== undefined && { authorization }),
    },
    body: JSON.stringify({ customerIdentifiers: [{ attributeName: billFetch.identifier.name, attributeValue }] }),
    signal,
  });
  return answer.outcome === "failed" ? answer : readFetched(answer, bill);
}

function identifierOf({ biller, bill, detail }: Question): string | undefined {
  const from = biller.billFetch?.identifier.fromMetadata;
  return from === undefined ? bill.customer.id : detail?.metadata?.[from];
}
