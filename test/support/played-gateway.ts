import type { Money } from "../../functions/domain/money.ts";
import type { CreatedCheckout, EndedCheckout, Rail } from "../../functions/ports.ts";
import type { GatewayRail } from "../../functions/use-cases/open-checkout.ts";

/** One checkout at the gateway; paid or ended, it is not open any more. */
export type PlayedSession = {
  readonly id: string;
  /** What the attempt was called. */
  readonly name: string;
  readonly link: string;
  readonly amount: Money;
  readonly expiresAt: number;
  state: "open" | "ended" | "paid";
};

/** What a test may do at every call of the gateway: wait, throw, or answer in its place. */
export type GatewayFaults = {
  onCreate?: (make: () => CreatedCheckout) => Promise<CreatedCheckout>;
  onCancel?: (end: () => EndedCheckout) => Promise<EndedCheckout>;
};

/** A gateway in memory that knows an attempt by its name, as every real one does. */
export type PlayedGateway = {
  readonly rail: GatewayRail;
  readonly sessions: readonly PlayedSession[];
  readonly creates: () => number;
  readonly sessionOf: (link: string) => PlayedSession | undefined;
  /** A payer pays the session of this index; nobody tells us. */
  readonly pay: (index: number) => void;
  /** From the next attempt on, a name is taken that was never given out: what a gateway remembers and we do not. */
  readonly take: (name: string) => void;
};

const openMs = 20 * 60_000;

/** A gateway whose checkouts stay open for twenty minutes. */
export function playedGateway(faults: GatewayFaults = {}): PlayedGateway {
  const sessions: PlayedSession[] = [];
  const taken = new Set<string>();
  let creates = 0;
  const session = (name: string, amount: Money, now: number): PlayedSession => {
    const id = `cs_${sessions.length + 1}`;
    const link = `https://checkout.example.com/${id}`;
    const made: PlayedSession = { id, name, link, amount, expiresAt: now + openMs, state: "open" };
    sessions.push(made);
    return made;
  };
  const make: GatewayRail["create"] = async ({ bill, n, amount, now }) => {
    creates++;
    const name = `${bill.code}.${n}`;
    const created = (): CreatedCheckout => {
      const known = sessions.find((one) => one.name === name);
      const isSpent = taken.has(name) || (known && (known.state !== "open" || known.amount.value !== amount.value));
      if (isSpent) return { outcome: "unavailable", reason: "reference-used", spent: true };
      const { id, link, expiresAt } = known ?? session(name, amount, now);
      return { outcome: "created", providerReference: id, started: { outcome: "open", link }, expiresAt };
    };
    return faults.onCreate ? faults.onCreate(created) : created();
  };
  const end = async (reference: string): Promise<EndedCheckout> => {
    const ended = (): EndedCheckout => {
      const known = sessions.find(({ id }) => id === reference);
      if (!known) return "unknown";
      if (known.state === "open") known.state = "ended";
      return known.state;
    };
    return faults.onCancel ? faults.onCancel(ended) : ended();
  };
  const rail: Rail & GatewayRail = {
    name: "razorpay",
    kind: "gateway",
    capabilities: { currencies: ["INR"], amount: "exact", reportsStatus: true, canBeCanceled: true },
    offer: () => undefined,
    create: make,
    cancel: end,
  };
  return {
    rail,
    sessions,
    creates: () => creates,
    sessionOf: (link) => sessions.find((one) => one.link === link),
    pay: (index) => {
      const session = sessions[index];
      if (session?.state === "open") session.state = "paid";
    },
    take: (name) => void taken.add(name),
  };
}
