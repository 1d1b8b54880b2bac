import { describe, expect, it } from "vitest";
import * as z from "zod/mini";
import { BillFetch } from "../../../functions/domain/biller-page.ts";
import { BillerWebhook } from "../../../functions/domain/biller-told.ts";
import { isCallable, notCallable } from "../../../functions/domain/callable-url.ts";
import { RailSettings } from "../../../functions/domain/rail-settings.ts";

const never = [
  ...["127.0.0.1", "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "127.0.0.1.", "0", "169.254.169.254"],
  ...["10.0.0.1:8443", "[::1]", "[::ffff:127.0.0.1]", "[fd00:ec2::254]", "１２７.0.0.1", "1.1.1.1"],
  ...["localhost", "LOCALHOST:8443", "localhost.", "a.localhost", "printer.local", "db.prod.internal", "internal."],
];

describe("a URL that a biller has us call", () => {
  it.each(never)("is not one at %s", (host) => {
    expect(isCallable(`https://${host}/duebell`)).toBe(false);
  });

  it.each(["billing.example.com", "billing.example.com:8443", "local.example.com", "internal-billing.example.com"])(
    "may be one at %s",
    (host) => {
      expect(isCallable(`https://${host}/duebell?x=1`)).toBe(true);
    },
  );

  it("is none that is no URL", () => {
    expect([isCallable("https://"), isCallable("nothing"), isCallable("https://[::")]).toEqual([false, false, false]);
  });

  it.each([
    ["webhook", z.safeParse(BillerWebhook, { url: "https://169.254.169.254/latest" }), ["url"]],
    ["billFetch", z.safeParse(BillFetch, { url: "https://10.0.0.1/x", identifier: { name: "number" } }), ["url"]],
    [
      "the bank's Pix API",
      z.safeParse(RailSettings, {
        pix: {
          ...{ key: "+5511999990000", merchantName: "Example", merchantCity: "Recife" },
          psp: { url: "https://localhost/x", tokenUrl: "https://bank.example.com/token" },
        },
      }),
      ["pix", "psp", "url"],
    ],
  ])("is refused by its field in the settings of %s", (_what, parsed, path) => {
    expect(parsed.error?.issues).toMatchObject([{ path, message: notCallable }]);
  });
});
