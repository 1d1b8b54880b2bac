import { describe, expect, it } from "vitest";
import { bbpsLiveBills } from "../../../../functions/adapters/bill-fetch/live-bills.ts";
import { outboundCall } from "../../../../functions/adapters/outbound.ts";
import { aBill, aBiller } from "../../../support/builders.ts";
import { controlledClock } from "../../../support/memory-clock.ts";
import { answering, hanging, loopback } from "../loopback.ts";

const settings = { url: "https://billing.example.com/bbps", identifier: { name: "consumerNumber" }, timeoutMs: 300 };
const biller = aBiller({ billFetch: settings });
const bill = aBill();

const nothingDue = JSON.stringify({
  success: true,
  data: { billDetails: { billFetchStatus: "NO_OUTSTANDING", bills: [] } },
});
const up = answering(200, nothingDue);
const down = answering(503, "");

/** The billers' systems behind one server; `secret` is what they want in the header. */
function asking(url: string, secret: () => Promise<string | undefined> = async () => undefined) {
  const clock = controlledClock();
  const call = outboundCall({ to: url as `http://127.0.0.1:${string}` });
  return { clock, ...bbpsLiveBills({ call, secret, clock }) };
}

describe("bbpsLiveBills", () => {
  it("asks for the bills of the customer, as Bharat BillPay does", async () => {
    await using server = await loopback(up);
    const { fetch } = asking(server.url, async () => "Basic ZXhhbXBsZQ==");
    expect(await fetch(biller, bill, undefined)).toEqual({ outcome: "nothing-due" });
    expect(server.seen).toMatchObject([
      {
        method: "POST",
        path: "/bbps/bills/fetch",
        headers: {
          host: "billing.example.com",
          authorization: "Basic ZXhhbXBsZQ==",
          "content-type": "application/json",
        },
      },
    ]);
    expect(JSON.parse(server.seen[0]?.body ?? "")).toEqual({
      customerIdentifiers: [{ attributeName: "consumerNumber", attributeValue: "10023" }],
    });
  });

  it("sends no authorization where there is no secret", async () => {
    await using server = await loopback(up);
    await asking(server.url).fetch(biller, bill, undefined);
    expect(server.seen[0]?.headers).not.toHaveProperty("authorization");
  });

  it("names the customer by the bill's metadata where the settings say so, and asks nobody where that is missing", async () => {
    await using server = await loopback(up);
    const { fetch } = asking(server.url);
    const byMeter = aBiller({ billFetch: { ...settings, identifier: { name: "meterNumber", fromMetadata: "meter" } } });
    await fetch(byMeter, bill, { metadata: { meter: "77812" } });
    expect(server.seen[0]?.body).toContain('{"attributeName":"meterNumber","attributeValue":"77812"}');
    expect(await fetch(byMeter, bill, undefined)).toEqual({ outcome: "failed", reason: "no-identifier" });
    expect(server.seen).toHaveLength(1);
  });

  it("gives up after the biller's time-out, the look-up of its secret included", async () => {
    await using server = await loopback(hanging);
    const answer = await asking(server.url).fetch(biller, bill, undefined);
    expect(answer).toEqual({ outcome: "failed", reason: "timed-out" });
    const slowSecret = asking(server.url, () => new Promise(() => undefined));
    expect(await slowSecret.fetch(biller, bill, undefined)).toMatchObject({ outcome: "failed" });
    expect(server.seen).toHaveLength(1);
  });

  it("fails without asking when its secret cannot be read", async () => {
    await using server = await loopback(up);
    const { fetch } = asking(server.url, async () => {
      throw new Error("denied");
    });
    expect(await fetch(biller, bill, undefined)).toEqual({ outcome: "failed", reason: "could-not-be-asked" });
    expect(server.seen).toHaveLength(0);
  });

  it("does not repeat a question that failed for a quarter of a minute", async () => {
    await using server = await loopback(answering(400, "{}"), up);
    const { fetch, clock } = asking(server.url);
    expect(await fetch(biller, bill, undefined)).toEqual({ outcome: "failed", reason: "refused" });
    expect(await fetch(biller, bill, undefined)).toEqual({ outcome: "failed", reason: "failed-lately" });
    expect(await fetch(biller, aBill({ billId: "another" }), undefined)).toEqual({ outcome: "nothing-due" });
    clock.advance(15_000);
    expect(await fetch(biller, bill, undefined)).toEqual({ outcome: "nothing-due" });
    expect(server.seen).toHaveLength(3);
  });

  it("asks a system that is down about no bill at all, but for one question in a while", async () => {
    await using server = await loopback(down, down, down, down, up);
    const { fetch, clock } = asking(server.url);
    let n = 0;
    const askAboutAnother = () => fetch(biller, aBill({ billId: `bill-${n++}` }), undefined);
    for (let time = 0; time < 10; time++) expect(await askAboutAnother()).toMatchObject({ outcome: "failed" });
    expect(server.seen).toHaveLength(3);
    const otherBiller = aBiller({ id: "other-power", billFetch: settings });
    await fetch(otherBiller, aBill({ billId: "theirs" }), undefined);
    expect(server.seen).toHaveLength(4);
    clock.advance(15_000);
    expect(await askAboutAnother()).toEqual({ outcome: "nothing-due" });
    expect(await askAboutAnother()).toEqual({ outcome: "nothing-due" });
  });
});
