import { describe, expect, it } from "vitest";
import { type MessageName, messages, variableNames, variablesOf } from "../../functions/adapters/wording/messages.ts";
import { readCatalogues } from "../../templates/catalogue.ts";

const catalogues = readCatalogues(new URL("../../templates/", import.meta.url));
const incentive = /offer|award|cashback|coupon|voucher|reward|ক্যাশব্যাক|কুপন|অফার/iu;

describe("what is sent to people of their bills", () => {
  it("knows no variable of an offer", () => {
    expect([...variableNames, ...messages.flatMap((message: MessageName) => variablesOf(message))].join()).not.toMatch(
      incentive,
    );
  });

  it.each(catalogues.map((catalogue) => [catalogue.language, catalogue] as const))(
    "speaks of no offer in an SMS or a WhatsApp template (%s): each would be a promotion then, under other rules",
    (_language, { messages: texts }) => {
      const sent = Object.values(texts).flatMap(({ sms, whatsApp }) => [sms, JSON.stringify(whatsApp)]);
      expect(sent.length).toBeGreaterThan(messages.length);
      for (const text of sent) expect(text).not.toMatch(incentive);
    },
  );
});
