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
    ["a link that the next word has grown onto", `বিল:${base}/EXPOWR/${code}দেখুন`],
    ["a message with the biller's e-mail address", `Questions: help@power.example. ${base}/EXPOWR/${code}`],
  ])("is read from %s", (_, text) => {
    expect(read(text)).toEqual(ours);
  });

  it.each([
    ["by itself", ` ${code}\n`],
    ["in a sentence", `Is the code ${code}, which I got, genuine? The notifications say so.`],
    ["in a message with a date, a time and an amount", `Pay Rs.1,249.00 by 30.11.2026, 10:30am: code ${code}.`],
    ["in a message with shortened words", `A/c no. 4711 of S.B.I: ₹1249/- till 30/11/2026 (${code})`],
    ["in quotation marks", `“${code}”`],
    ["in wide letters", code.replace("1", "１")],
  ])("may be a bare code, %s", (_, text) => {
    expect(read(text)).toEqual({ kind: "ours", header: undefined, code });
  });

  it.each(["hello", "notifications", "https://", "₹1,249.00", `${code}${code}`, "Rs.1249/- only"])(
    "has no code in it where it is %j, which is asked about all the same",
    (text) => {
      expect(read(text)).toMatchObject({ code: "" });
    },
  );

  it.each([
    ["another word grown onto it", `evil${code}`],
    ["a path", `evil/EXPOWR/${code}`],
    ["a query", `evil?${code}`],
    ["an encoded slash", `www.evil.example%2F${code}`],
    ["a host beside it", `Go to evil.example and type ${code}`],
    ["a host in other letters beside it", `${code} пример.рф`],
    ["four numbers beside it", `${code} 1.2.3.4`],
    ["a number of a host beside it", `3232235521/x ${code}`],
    ["an address to pay to beside it", `Pay to thief@okbank, code ${code}`],
    ["a scheme beside it", `${code} upi:pay`],
  ])("counts for nothing as a code with %s", (_, text) => {
    expect(read(text)).toEqual({ kind: "ours", header: undefined, code: "" });
  });

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
    ["four numbers", `1.2.3.4/EXPOWR/${code}`, "1.2.3.4"],
    ["the code in a query", `evil.example?c=${code}`, "evil.example"],
    ["the code in a fragment", `evil.example#${code}`, "evil.example"],
    ["a port and a query", `evil.example:80?${code}`, "evil.example:80"],
    ["a domain in ASCII form", `evil.xn--p1ai/EXPOWR/${code}`, "evil.xn--p1ai"],
    ["a domain in other letters", `пример.рф/EXPOWR/${code}`, "xn--e1afmkfd.xn--p1ai"],
    ["other letters that look like ours", `раy.ехample.сом/EXPOWR/${code}`, "xn--y-7sb1c.xn--ample-ywe6i.xn--l1adi"],
    ["an ideographic dot", `evil。example/EXPOWR/${code}`, "evil.example"],
    ["a wide dot", `evil．example/EXPOWR/${code}`, "evil.example"],
    ["an unseen character", `evil.ex\u200bample/EXPOWR/${code}`, "evil.example"],
    ["an underscore", `evil_x.example/EXPOWR/${code}`, "evil_x.example"],
    ["no scheme but slashes", `//evil.example/EXPOWR/${code}`, "evil.example"],
    ["one slash after the scheme", `https:/evil.example/EXPOWR/${code}`, "evil.example"],
    ["no slash after the scheme", `https:evil.example/EXPOWR/${code}`, "evil.example"],
    ["a name of nine labels", `a.b.c.d.e.f.g.evil.example/EXPOWR/${code}`, "a.b.c.d.e.f.g.evil.example"],
    ["ours as a user's name, without a scheme", `pay.example.com@evil.example/EXPOWR/${code}`, "evil.example"],
    ["ours in its path, without a scheme", `evil_x/pay.example.com/EXPOWR/${code}`, "evil_x"],
    ["another link grown onto ours", `${base}/EXPOWR/${code},https://evil.example/x`, "evil.example"],
  ])("leads elsewhere with %s", (_, text, host) => {
    expect(read(text)).toEqual({ kind: "foreign", host });
  });

  it("is never a code of ours where the code is part of another address, however that is written", () => {
    const name = fc.constantFrom("evil", "evil_x", "пример", "1", "xn--p1ai", "pay.example.com", "раy", "a.b");
    const dot = fc.constantFrom(".", "。", "．", "｡", ".\u200b");
    const ending = fc.constantFrom("example", "рф", "xn--p1ai", "भारत", "co");
    const start = fc.constantFrom("", "//", "https:", "https:/", "https://", "x:", "http://u@", "(", "see:");
    const joint = fc.constantFrom("/", "/EXPOWR/", "?", "?c=", "#", ":80/", "/?", "\\", "%2F", "/#/", "./");
    fc.assert(
      fc.property(start, name, dot, ending, joint, (before, host, mark, end, between) => {
        const found = read(`Pay now: ${before}${host}${mark}${end}${between}${code}`);
        expect(found?.kind === "ours" && found.code === code).toBe(false);
      }),
    );
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
