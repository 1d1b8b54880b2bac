import { createHash } from "node:crypto";
import { expect, it } from "vitest";
import { kindOf, type MessageName, messages } from "../../functions/adapters/wording/messages.ts";
import { type Catalogue, readCatalogues } from "../../templates/catalogue.ts";

/** What is recorded with a notification names the wording by version: a changed text needs a higher version, then its new line here. */
const released: Readonly<Record<string, string>> = {
  "issued.bn": "2 1a625d8cf3af",
  "due-soon.bn": "2 39134d37c48f",
  "due-today.bn": "2 8c7b3ed6b973",
  "overdue.bn": "2 b689587ad572",
  "receipt.bn": "3 bf498c204783",
  "issued.en": "1 1fa04240be73",
  "due-soon.en": "1 1ec4c8779b96",
  "due-today.en": "1 58c9fdcc6e77",
  "overdue.en": "1 144041054f62",
  "receipt.en": "2 949fc1713747",
  "payment-failed.bn": "1 181d76a2d887",
  "payment-pending.bn": "1 f5634e879fe6",
  "payment-failed.en": "1 94587599e917",
  "payment-pending.en": "1 7ec2ff203296",
};

/** What a message shows of the texts that all share: one label stands in notices alone. */
function sharedBy(message: MessageName, common: Catalogue["common"]): unknown {
  if (kindOf(message) === "notice") return common;
  const { paymentAmount: _, ...labels } = common.email.labels;
  return { ...common, email: { ...common.email, labels } };
}

it("wording that changes gets a new version", () => {
  const present = readCatalogues(new URL("../../templates/", import.meta.url)).flatMap(
    ({ language, common, messages: own }) =>
      messages.map((message) => {
        const { version, ...texts } = own[message];
        const digest = createHash("sha256")
          .update(JSON.stringify([sharedBy(message, common), texts]))
          .digest("hex")
          .slice(0, 12);
        return [`${message}.${language}`, `${version} ${digest}`];
      }),
  );
  expect(Object.fromEntries(present)).toEqual(released);
});
