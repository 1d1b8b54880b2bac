import { createHash } from "node:crypto";
import { expect, it } from "vitest";
import { messages } from "../../functions/adapters/wording/messages.ts";
import { readCatalogues } from "../../templates/catalogue.ts";

/** What is recorded with a notification names the wording by version: a changed text needs a higher version, then its new line here. */
const released: Readonly<Record<string, string>> = {
  "issued.bn": "1 28d3b909f2d3",
  "due-soon.bn": "1 dbfe92dff0de",
  "due-today.bn": "1 f8a9ce1927bb",
  "overdue.bn": "1 d53a0146303b",
  "receipt.bn": "1 d04b0c09cf6c",
  "issued.en": "1 1fa04240be73",
  "due-soon.en": "1 1ec4c8779b96",
  "due-today.en": "1 58c9fdcc6e77",
  "overdue.en": "1 144041054f62",
  "receipt.en": "1 f2166ba76db0",
};

it("wording that changes gets a new version", () => {
  const present = readCatalogues(new URL("../../templates/", import.meta.url)).flatMap(
    ({ language, common, messages: own }) =>
      messages.map((message) => {
        const { version, ...texts } = own[message];
        const digest = createHash("sha256")
          .update(JSON.stringify([common, texts]))
          .digest("hex")
          .slice(0, 12);
        return [`${message}.${language}`, `${version} ${digest}`];
      }),
  );
  expect(Object.fromEntries(present)).toEqual(released);
});
