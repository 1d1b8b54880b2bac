import { describe, expect, it } from "vitest";
import { optOutReply } from "../../../functions/pages/opt-out-reply.ts";
import { unsubscribedPage, unsubscribePage } from "../../../functions/pages/unsubscribe-page.ts";
import { aBill, aBiller } from "../../support/builders.ts";

const about = { billerName: "Example Power", channel: "email", language: "en" } as const;

describe("the unsubscribe page", () => {
  it("asks before anything stops, and posts to its own address what one click posts", () => {
    const html = unsubscribePage(about);
    expect(html).toContain("Stop e-mails?");
    expect(html).toContain(
      "You will get no more e-mails about bills from Example Power, neither reminders nor receipts.",
    );
    expect(html).toContain('<form method="post" class="label"><button name="List-Unsubscribe" value="One-Click">');
  });

  it("says when it is done, and that the bills stay due", () => {
    const html = unsubscribedPage(about);
    expect(html).toContain("You will get no more e-mails about bills from Example Power.");
    expect(html).toContain("Your bills stay due");
    expect(html).not.toContain("<form");
  });

  it("speaks the customer's language", () => {
    expect(unsubscribePage({ ...about, language: "bn" })).toContain("ইমেল বন্ধ করবেন?");
    expect(unsubscribedPage({ ...about, channel: "whatsapp", language: "bn" })).toContain(
      "আর কোনও WhatsApp মেসেজ যাবে না।",
    );
  });

  it("takes a biller's name for text", () => {
    expect(unsubscribePage({ ...about, billerName: "<b>\u202eEvil" })).not.toMatch(/<b>|\u202e/);
  });

  it("is answered with the headers of every public page", () => {
    const named = { bill: aBill(), biller: aBiller(), channel: "email" } as const;
    for (const state of ["asked", "stopped"] as const) {
      const { status, headers, body } = optOutReply(named, state);
      expect([status, headers["cache-control"]]).toEqual([200, "no-store"]);
      expect(headers["content-security-policy"]).toContain("default-src 'none'");
      expect(body).toContain('<html lang="bn"');
    }
  });
});
