import { describe, expect, it } from "vitest";
import { receiptDocument } from "../../../functions/pages/receipt-document.ts";
import { pdfHeaders, receiptReply } from "../../../functions/pages/receipt-reply.ts";
import { pageLanguages } from "./page-languages.ts";
import { inLanguage, sceneOf, viewOf } from "./page-states.ts";

describe("the receipt on paper", () => {
  it.each(pageLanguages)("says what was paid, when and under which number, in %s", (language) => {
    const view = viewOf(inLanguage(sceneOf("paid-in-parts"), language));
    const document = receiptDocument(view);
    expect(document).toMatchObject({ language, title: view.title, link: view.url, billerName: view.billerName });
    expect(document.total.value).toMatch(/1,249\.00|1\.249,00|1249,00/);
    const lines = document.sections.flatMap(({ lines: own }) => own);
    for (const { reference } of view.payments) expect(lines.some(({ small }) => small?.includes(reference))).toBe(true);
    expect(document.sentence).not.toBe("");
  });

  it("names no more of the customer than the page does", () => {
    const text = JSON.stringify(receiptDocument(viewOf(sceneOf("paid"))));
    expect(text).not.toContain("Asha Sen");
    expect(text).not.toContain("9830012345");
  });

  it("says what was paid too much, what was given back and what is still to be paid", () => {
    expect(receiptDocument(viewOf(sceneOf("overpaid"))).notes.join()).toContain("1,249.00");
    const partly = receiptDocument(viewOf(sceneOf("part-paid")));
    expect(JSON.stringify(partly)).toContain("749.00");
    expect(partly.sentence).toBe("");
  });
});

describe("the answer to a receipt's link", () => {
  it("is the page of the bill, on to that page, or the one 404", () => {
    const view = viewOf(sceneOf("paid"));
    expect(receiptReply({ outcome: "found", view }, {}).status).toBe(200);
    expect(receiptReply({ outcome: "nothing-paid", path: "/EXPOWR/x" }, {})).toMatchObject({
      status: 303,
      headers: { location: "/EXPOWR/x" },
    });
    expect(receiptReply({ outcome: "not-found" }, {}).status).toBe(404);
  });

  it("as a file is not kept on its way and not indexed", () => {
    expect(pdfHeaders).toMatchObject({
      "content-type": "application/pdf",
      "cache-control": "no-store",
      "referrer-policy": "no-referrer",
    });
  });
});
