import { aBillFor, examplePower, openTown, type Town } from "./town.ts";

/** A biller that takes money by every way there is, and wants to be told of all of it. */
export const paidPower = {
  ...examplePower,
  rails: { ...examplePower.rails, razorpay: {}, stripe: {} },
  webhook: { url: "https://billing.example.com/duebell" },
  desk: { email: "desk@example.com" },
  paymentNotices: ["payment-failed", "payment-pending"],
};

/** A bill as its customer has it: the link on the phone, and the secret part of it. */
export type PayableBill = { readonly link: string; readonly code: string };

/** A town with such a biller, called `power`. */
export type PayingTown = Town & {
  /** Registers a bill of Rs 1,249.00, issued and due as `changes` say, for the customer at an address. */
  bill(id: string, address: object, changes?: object): Promise<PayableBill>;
  /** Pays without a page, and waits until everything that follows has happened. */
  pay(order: object): Promise<{ readonly paymentId: string; readonly answered?: number }>;
  /** The bill as the API tells it. */
  story(id: string): Promise<Story>;
  /** What the biller's own system was told of a bill but that its link was opened, each event once, and whether it was verified. */
  told(id: string): Promise<readonly string[]>;
  /** The questions that wait for the biller's operators. */
  proposals(): Promise<readonly Proposal[]>;
};

type Proposal = {
  readonly id: string;
  readonly kind: string;
  readonly options: readonly string[];
  readonly paymentId: string;
  readonly billId?: string;
};

type Entry = Readonly<Record<string, unknown>> & { readonly kind: string };

export type Story = {
  readonly status: string;
  readonly next: unknown;
  readonly paid?: { readonly value: number };
  readonly timeline: readonly Entry[];
};

type Received = {
  readonly id: string;
  readonly type: string;
  readonly verified: boolean;
  readonly body: { readonly data: { readonly billId?: string } };
};

const proposalsPath = "/v1/billers/power/proposals";

/** Starts it with the clock held still at `now`, or where an earlier one that was kept in `dataDir` stopped. */
export async function openPayingTown(now: string, dataDir?: string): Promise<PayingTown> {
  const town = await openTown(now, dataDir);
  await town.api("PUT", "/v1/billers/power", paidPower);
  const story: PayingTown["story"] = async (id) => (await town.api("GET", `/v1/billers/power/bills/${id}`)).body;
  return {
    ...town,
    story,
    bill: async (id, addresses, changes = {}) => {
      const put = await town.api(
        "PUT",
        `/v1/billers/power/bills/${id}`,
        aBillFor({ id: `customer-of-${id}`, addresses: addresses as Record<string, string> }, changes),
      );
      if (put.status !== 201) throw new Error(`${id}: ${JSON.stringify(put.body)}`);
      const link: string = put.body.paymentLink;
      return { link, code: link.split("/").at(-1) ?? "" };
    },
    pay: async (order) => {
      const { status, body } = await town.api("POST", "/sandbox/pay", order);
      if (status !== 200) throw new Error(JSON.stringify(body));
      await town.wait({ minutes: 2 });
      return body;
    },
    told: async (id) => {
      const all: readonly Received[] = (await town.api("GET", "/sandbox/biller-webhooks?biller=power")).body;
      const about = all.filter(({ body, type }) => body.data.billId === id && type !== "link.opened");
      const once = new Map(about.map((one) => [one.id, `${one.type}${one.verified ? "" : " (not verified)"}`]));
      return [...once.values()];
    },
    proposals: async () => (await town.api("GET", proposalsPath)).body.proposals,
  };
}

/** The address of a payer at a hosted checkout: taps the rail on the bill's page and pays there; where it is sent back to. */
export async function payAtCheckout({ link }: PayableBill, rail: string): Promise<string> {
  const post = (url: string, form: Record<string, string>): Promise<Response> =>
    fetch(url, { method: "POST", body: new URLSearchParams(form), redirect: "manual" });
  const checkout = (await post(`${link}/pay`, { rail })).headers.get("location") ?? "";
  return (await post(checkout, { action: "pay" })).headers.get("location") ?? "";
}

/** The kinds of a bill's story with what says most of each. */
export const toldShort = ({ timeline }: Story): readonly string[] =>
  timeline.map(({ kind, step, channel, status, outcome }) =>
    [kind, step, channel, status, outcome].filter(Boolean).join(" "),
  );
