import { describe, expect, it } from "vitest";
import { stripeLedger } from "../../../../functions/adapters/stripe/ledger.ts";
import { aBiller } from "../../../support/builders.ts";
import { pathsOf, type Script, scriptedGateway } from "../scripted-gateway.ts";
import { aCharge, anIntent, anInvoice, aSession } from "./objects.ts";

const biller = aBiller();
const span = { from: Date.parse("2026-11-17T18:30:00Z"), to: Date.parse("2026-11-18T18:30:00Z") };
const idOf = ({ payment }: { payment: unknown }) => Reflect.get(Object(payment), "paymentId");
const nothing = { data: [], has_more: false };

describe("stripeLedger", () => {
  it("reads a day page by page, with the charges, and what was refunded on it", async () => {
    const all = ["pi_1", "pi_2", "pi_3"].map((id) => anIntent({ id }));
    const script: Script = (path, query) => {
      const from = all.findIndex(({ id }) => id === query.get("starting_after")) + 1;
      if (path === "/payment_intents") return { data: all.slice(from, from + 2), has_more: from + 2 < all.length };
      if (path === "/refunds") return { data: [{ id: "re_1", payment_intent: "pi_old" }], has_more: false };
      return path === "/payment_intents/pi_old" ? anIntent({ id: "pi_old" }) : undefined;
    };
    const gateway = scriptedGateway(script);
    const found = await Array.fromAsync(stripeLedger(gateway.means).find(biller, span));
    expect(found.map(idOf)).toEqual(["pi_1", "pi_2", "pi_3", "pi_old"]);
    const page = "created[gte]=1794940200&created[lt]=1795026600&limit=100";
    expect(pathsOf(gateway)).toEqual([
      `/payment_intents?${page}&expand[]=data.latest_charge`,
      `/payment_intents?${page}&expand[]=data.latest_charge&starting_after=pi_2`,
      `/refunds?${page}`,
      "/payment_intents/pi_old?expand[]=latest_charge",
    ]);
    expect(gateway.asked[0]?.headers).toEqual({
      authorization: "Bearer sk_test_1",
      "stripe-version": "2026-10-28.endive",
    });
  });

  it("looks up an intent, a session, a charge and an invoice", async () => {
    const invoice = anInvoice({ payments: { data: [{ payment: { payment_intent: "pi_3Q0000000000001" } }] } });
    const script: Script = (path) =>
      ({
        "/payment_intents/pi_3Q0000000000001": anIntent(),
        "/checkout/sessions/cs_test_a1B2": aSession(),
        "/checkout/sessions/cs_test_open": aSession({ payment_intent: null }),
        "/charges/ch_3Q0000000000001": aCharge(),
        "/charges/ch_alone": aCharge({ id: "ch_alone", payment_intent: null }),
        "/invoices/in_1Q0000000000001": invoice,
        "/invoices/in_outofband": anInvoice(),
      })[path];
    const ledger = stripeLedger(scriptedGateway(script).means);
    const found = async (reference: string) => (await ledger.lookUp(biller, reference)).map(idOf);
    for (const reference of ["pi_3Q0000000000001", "cs_test_a1B2", "ch_3Q0000000000001", "in_1Q0000000000001"]) {
      expect(await found(reference)).toEqual(["pi_3Q0000000000001"]);
    }
    expect(await found("ch_alone")).toEqual(["ch_alone"]);
    for (const reference of ["cs_test_open", "in_outofband", "pi_unknown", "cus_1", "../balance"]) {
      expect(await found(reference)).toEqual([]);
    }
  });

  it("names the bill by the invoice that an intent paid", async () => {
    const script: Script = (path) =>
      path.startsWith("/invoices")
        ? anInvoice({ payment_intent: "pi_3Q0000000000001" })
        : anIntent({ metadata: {}, latest_charge: "ch_1" });
    const [told] = await stripeLedger(scriptedGateway(script).means).lookUp(biller, "in_1Q0000000000001");
    expect(told?.payment).toMatchObject({ billId: "SG-1", references: ["stripe:ch_1", "stripe:in_1Q0000000000001"] });
  });

  it.each<[string, Script, string]>([
    ["fails for good", () => 503, "stripe: provider-fault"],
    ["promises more behind nothing", () => ({ data: [], has_more: true }), "stripe: malformed-answer"],
    ["holds what cannot be read", () => ({ ...nothing, data: [{ id: "pi_1" }] }), "stripe: malformed-payment"],
  ])("gives no day at all where a page %s", async (_, script, message) => {
    const { means } = scriptedGateway(script);
    await expect(Array.fromAsync(stripeLedger(means).find(biller, span))).rejects.toThrow(message);
  });

  it("has a biller whose key is there", async () => {
    const { means } = scriptedGateway(() => nothing);
    expect(await stripeLedger(means).has(biller)).toBe(true);
    expect(
      await stripeLedger({ ...means, secrets: { ...means.secrets, stripe: async () => undefined } }).has(biller),
    ).toBe(false);
  });
});
