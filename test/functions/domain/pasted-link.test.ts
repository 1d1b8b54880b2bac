import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { pastedLink } from "../../../functions/domain/pasted-link.ts";

const base = "https://pay.example.com";
const code = "1aB2cD3eF4gH5";
const ours = { kind: "ours", header: "EXPOWR", code };
const read = (text: string) => pastedLink(text, base);

describe("what somebody pasted", () => {
  it.each([
    ["a link", `${base}/EXPOWR/${code}`],
    ["a link with its mark", `${base}/EXPOWR/${code}?s7Q`],
    ["a link without its scheme", `pay.example.com/EXPOWR/${code}`],
    ["a link in capitals and http", `HTTP://PAY.EXAMPLE.COM/EXPOWR/${code}`.replace(code.toUpperCase(), code)],
    ["the link of a receipt", `${base}/EXPOWR/${code}/receipt.pdf`],
    [
      "a whole message",
      `New bill from Example Power: Rs 1,249.00 due by 30 Nov 2026. View and pay: ${base}/EXPOWR/${code}?s7Q`,
    ],
    ["a message that ends after the link", `See (${base}/EXPOWR/${code}).`],
    ["a Bengali message", `বিল ₹1,249.00: Example Power। শেষ দিন 30/11/2026। ${base}/EXPOWR/${code}।`],
    ["lines that have grown together", `your bill.${base}/EXPOWR/${code}`],
    ["a message as a form sends it", `your+bill\r\n${base}/EXPOWR/${code}+thank+you`],
    ["two links of ours, the first", `${base}/EXPOWR/${code} ${base}/OTHERCO/${code}`],
  ])("is read from %s", (_, text) => {
    expect(read(text)).toEqual(ours);
  });

  it.each([
    ["by itself", ` ${code}\n`],
    ["in a sentence", `Is the code ${code}, which I got, genuine? The notifications say so.`],
  ])("may be a bare code, %s", (_, text) => {
    expect(read(text)).toEqual({ kind: "ours", header: undefined, code });
  });

  it.each(["hello", "notifications", "https://", "₹1,249.00", `${code}${code}`, "Rs.1249/- only"])(
    "has no code in it where it is %j, which is asked about all the same",
    (text) => {
      expect(read(text)).toMatchObject({ code: "" });
    },
  );

  it.each(["", "  \n", "+"])("is nothing where it is %j", (text) => {
    expect(read(text)).toBeUndefined();
  });

  it.each([
    ["another host", `https://pay.example.co/EXPOWR/${code}`, "pay.example.co"],
    [
      "a host that begins with ours",
      `https://pay.example.com.evil.example/EXPOWR/${code}`,
      "pay.example.com.evil.example",
    ],
    ["ours as a user's name", `https://pay.example.com@evil.example/EXPOWR/${code}`, "evil.example"],
    ["ours as a path", `https://evil.example/pay.example.com/EXPOWR/${code}`, "evil.example"],
    ["ours at another port", `${base}:8443/EXPOWR/${code}`, "pay.example.com:8443"],
    ["letters that only look like ours", `https://pаy.example.com/EXPOWR/${code}`, "xn--py-7kc.example.com"],
    ["a back-slash", `https://evil.example\\@pay.example.com/EXPOWR/${code}`, "evil.example"],
    ["no scheme", `Pay now: bit.ly/3abc`, "bit.ly"],
    ["no web page", `upi://pay?pa=thief@upi`, "upi://pay"],
    ["a true link beside it", `${base}/EXPOWR/${code} or https://evil.example/x`, "evil.example"],
    ["no host at all", "https://[x/EXPOWR", "https://[x/EXPOWR"],
  ])("leads elsewhere with %s", (_, text, host) => {
    expect(read(text)).toEqual({ kind: "foreign", host });
  });

  it("is read to a bounded length, and never throws", () => {
    expect(read(`${" x".repeat(1_000)} ${base}/EXPOWR/${code}`)).toMatchObject({ code: "" });
    const pieces = fc.constantFrom(
      "https://",
      base,
      "/",
      "EXPOWR",
      code,
      "@",
      ":",
      ".",
      "a",
      "-",
      "\\",
      "?",
      "#",
      " ",
      "%",
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(pieces, fc.string()), { maxLength: 40 }), (parts) => {
        const found = read(parts.join(""));
        if (found?.kind === "foreign") expect(found.host.length).toBeLessThanOrEqual(80);
        else expect(["undefined", "string"]).toContain(typeof found?.code);
      }),
    );
  });
});
