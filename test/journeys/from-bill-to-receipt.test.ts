import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { aBillFor, examplePower, openTown, type Town } from "./town.ts";

let town: Town;

beforeAll(async () => {
  town = await openTown("2026-11-16T03:00:00Z");
  await town.api("PUT", "/v1/billers/power", examplePower);
});
afterAll(async () => {
  await town.stop();
});

const bill = (id: string) => `/v1/billers/power/bills/${id}`;

async function linkOf(id: string): Promise<string> {
  return (await town.api("GET", bill(id))).body.paymentLink;
}

const codeIn = (link: string): string => link.split("/").at(-1) ?? "";

describe("a bill becomes a message, a page and a receipt", () => {
  it("goes from WhatsApp over SMS to the page, the payment and the receipt, then falls silent", async () => {
    const phone = "+919830010001";
    await town.api("POST", "/sandbox/carriers/whatsapp", { mode: "silent" });
    const put = await town.api(
      "PUT",
      bill("journey"),
      aBillFor({ id: "c1", language: "bn", addresses: { whatsapp: phone, sms: phone } }),
    );
    expect(put.status).toBe(201);
    expect(put.body).toMatchObject({
      outcome: "registered",
      status: "open",
      next: { step: "issued", channel: "whatsapp", at: "2026-11-16T04:30:00.000Z" },
    });

    await town.until("2026-11-16T04:35:00Z");
    expect(town.phone(phone).map(({ channel }) => channel)).toEqual(["whatsapp"]);
    expect(town.phone(phone)[0]?.text).toMatch(/[\u0980-\u09ff].*₹1,249\.00/s);

    await town.wait({ minutes: 40 });
    expect(town.phone(phone).map(({ channel }) => channel)).toEqual(["whatsapp", "sms"]);
    await town.api("POST", "/sandbox/carriers/whatsapp", { mode: "ok" });

    const link = await linkOf("journey");
    expect(town.phone(phone)[1]?.text).toContain(link);
    const page = await fetch(link);
    expect(page.status).toBe(200);
    expect(page.headers.get("content-security-policy")).toContain("default-src 'none'");
    const html = await page.text();
    expect(html).toContain("₹1,249.00");
    expect(html).toContain("upi://pay?pa=examplepower@icici");
    expect(html).not.toMatch(/<script[^>]*src|<link rel="stylesheet"/);
    expect(html).not.toContain("Asha Sen");
    const pay = await fetch(`${link}/pay`, {
      method: "POST",
      body: new URLSearchParams({ rail: "upi" }),
      redirect: "manual",
    });
    expect(pay.status).toBe(303);
    expect(pay.headers.get("location")).toMatch(/^upi:\/\/pay\?.*am=1249\.00/);

    const paid = await town.api("POST", "/sandbox/pay", { code: codeIn(link), via: "standard" });
    expect(paid.body).toMatchObject({ answered: 200, amount: { value: 124_900, currency: "INR" } });
    await town.wait({ minutes: 3 });
    expect(await (await fetch(link)).text()).not.toContain("upi://pay");
    const receipt = town.phone(phone).at(-1);
    expect(receipt?.text).toMatch(/ধন্যবাদ.*₹1,249\.00/s);
    const events = await town.api("GET", "/sandbox/events?type=bill.paid");
    expect(events.body).toHaveLength(1);
    expect(JSON.stringify(events.body[0].detail)).not.toContain(codeIn(link));
    expect(events.body[0].detail).toMatchObject({ version: 1, biller: "power", billId: "journey" });

    const received = town.phone(phone).length;
    await town.wait({ days: 60 });
    expect(town.phone(phone)).toHaveLength(received);
    const { body } = await town.api("GET", bill("journey"));
    expect(body).toMatchObject({ status: "paid", next: null });
    expect(
      body.timeline.map(({ kind, step, channel, status }: Record<string, string>) =>
        [kind, step, channel, status].filter(Boolean).join(" "),
      ),
    ).toEqual([
      "registered",
      "notification issued whatsapp accepted",
      "notification issued sms delivered",
      "opened",
      "payment",
      expect.stringMatching(/^notification receipt\.\w+ sms delivered$/),
      expect.stringMatching(/^non-send receipt\.\w+ whatsapp not-sent$/),
    ]);
    expect(town.laptop.calls().filter(({ allowed }) => !allowed)).toEqual([]);
    expect(await town.laptop.queued()).toEqual([]);
  });

  it("pays over the bus as over the webhook, once however often it is told", async () => {
    await town.until("2027-02-01T03:00:00Z");
    const address = "asha@example.org";
    await town.api(
      "PUT",
      bill("bus"),
      aBillFor({ id: "c2", addresses: { email: address } }, { issuedOn: "2027-02-01", dueDate: "2027-02-10" }),
    );
    await town.until("2027-02-01T04:40:00Z");
    expect(town.phone(address).map(({ channel }) => channel)).toEqual(["email"]);
    const Detail = {
      biller: "power",
      billId: "bus",
      paymentId: "p-1",
      amount: { value: 124_900, currency: "INR" },
      rail: "upi",
      paidAt: "2027-02-01T04:41:00Z",
      source: "bank",
    };
    for (let told = 0; told < 3; told++)
      await town.api("POST", "/sandbox/events", { Source: "bank", DetailType: "payment.succeeded", Detail });
    await town.wait({ hours: 1 });
    expect(town.phone(address)).toHaveLength(2);
    expect((await town.api("GET", bill("bus"))).body).toMatchObject({ status: "paid", paid: { value: 124_900 } });
  });

  it("takes a payment that comes before its bill", async () => {
    const Detail = {
      biller: "power",
      billId: "early",
      paymentId: "p-2",
      amount: { value: 124_900, currency: "INR" },
      paidAt: "2027-02-01T05:00:00Z",
      source: "bank",
    };
    await town.api("POST", "/sandbox/events", { Source: "bank", DetailType: "payment.succeeded", Detail });
    await town.laptop.settle();
    expect((await town.api("GET", "/sandbox/events?type=payment.unmatched")).body).toHaveLength(1);
    const phone = "+919830010003";
    const put = await town.api(
      "PUT",
      bill("early"),
      aBillFor({ id: "c3", addresses: { sms: phone } }, { issuedOn: "2027-02-02", dueDate: "2027-02-20" }),
    );
    expect(put).toMatchObject({ status: 201, body: { status: "paid", next: null } });
    await town.wait({ days: 40 });
    expect(town.phone(phone).map(({ text }) => text.includes("paid") || text.includes("received"))).toEqual([true]);
  });

  it("stops e-mails by one click, and not by a mere visit", async () => {
    await town.until("2027-04-05T03:00:00Z");
    const address = "ravi@example.org";
    await town.api(
      "PUT",
      bill("unsubscribe"),
      aBillFor({ id: "c4", addresses: { email: address } }, { issuedOn: "2027-04-05", dueDate: "2027-04-14" }),
    );
    await town.until("2027-04-05T04:40:00Z");
    const [mail] = town.laptop.messages.find({ address });
    const unsubscribe = /List-Unsubscribe","Value":"<([^>]+)>/.exec(mail?.raw.body ?? "")?.[1] ?? "";
    expect((await fetch(unsubscribe)).status).toBe(200);
    await town.until("2027-04-12T05:00:00Z");
    expect(town.phone(address)).toHaveLength(2);
    expect(
      (await fetch(unsubscribe, { method: "POST", body: new URLSearchParams({ "List-Unsubscribe": "One-Click" }) }))
        .status,
    ).toBe(200);
    await town.wait({ days: 20 });
    expect(town.phone(address)).toHaveLength(2);
    const { body } = await town.api("GET", bill("unsubscribe"));
    expect(
      body.timeline
        .filter(({ reason }: { reason?: string }) => reason === "suppressed")
        .map(({ step }: { step: string }) => step),
    ).toEqual(["due-today", "overdue"]);
  });
});
