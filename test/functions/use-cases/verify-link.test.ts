import { describe, expect, it } from "vitest";
import { verifyLink } from "../../../functions/use-cases/verify-link.ts";
import { aBill, aBiller, aTombstone } from "../../support/builders.ts";
import { memoryPorts } from "../../support/memory-ports.ts";

const linkBaseUrl = "https://pay.example.com";
const linkHost = "pay.example.com";
const bill = aBill();

async function world() {
  const ports = memoryPorts();
  await ports.billers.put(aBiller({ formerHeaders: ["OLDPOW"] }));
  await ports.billers.put(aBiller({ id: "other", header: "OTHERCO" }));
  await ports.bills.save(bill, 0);
  const reads: string[] = [];
  ports.control.beforeCall = (port, method) => {
    reads.push(`${port}.${method}`);
  };
  return { ports, reads, verify: (text: string) => verifyLink(ports, { text, linkBaseUrl }) };
}

describe("asking whether a message is genuine", () => {
  it.each([
    ["the bare code", bill.code],
    ["the link", `${linkBaseUrl}/EXPOWR/${bill.code}`],
    ["the link under a former header", `${linkBaseUrl}/OLDPOW/${bill.code}?s7Q`],
    ["the whole message", `New bill from Example Power. View and pay: ${linkBaseUrl}/EXPOWR/${bill.code}`],
  ])("names the biller for %s, and nothing of the bill or its customer", async (_, text) => {
    const { verify } = await world();
    expect(await verify(text)).toEqual({
      outcome: "genuine",
      billerName: "Example Power",
      path: `/EXPOWR/${bill.code}`,
      linkHost,
    });
  });

  const misses: readonly (readonly [string, string])[] = [
    ["an unknown code", "1AbCdEfGhJkLm"],
    ["an unknown link", `${linkBaseUrl}/EXPOWR/1AbCdEfGhJkLm`],
    ["another biller's header", `${linkBaseUrl}/OTHERCO/${bill.code}`],
    ["a header nobody has", `${linkBaseUrl}/NOBODY/${bill.code}`],
    ["a malformed code", `${linkBaseUrl}/EXPOWR/x`],
    ["no path", `${linkBaseUrl}/`],
    ["what holds no link", "Is this you?"],
  ];
  it.each(misses)("knows no such link for %s, and reads what it reads for any other", async (_, text) => {
    const { verify, reads } = await world();
    expect(await verify(text)).toEqual({ outcome: "unknown", linkHost });
    expect(reads).toEqual(["bills.get", "billers.findByHeader"]);
  });

  it("knows no link where only a cancel came", async () => {
    const { ports, verify } = await world();
    const tombstone = aTombstone({ billId: "EP-2026-11-20000" });
    await ports.bills.save(tombstone, 0);
    expect(await verify(tombstone.code)).toEqual({ outcome: "unknown", linkHost });
  });

  it("warns of a link to another host, even beside a true one, and reads nothing for it", async () => {
    const { verify, reads } = await world();
    const text = `${linkBaseUrl}/EXPOWR/${bill.code} or https://pay.example.com.evil.example/EXPOWR/${bill.code}`;
    expect(await verify(text)).toEqual({ outcome: "foreign", host: "pay.example.com.evil.example", linkHost });
    expect(reads).toEqual([]);
  });

  it("waits for a question", async () => {
    const { verify, reads } = await world();
    expect(await verify(" \n")).toEqual({ outcome: "not-asked", linkHost });
    expect(reads).toEqual([]);
  });
});
