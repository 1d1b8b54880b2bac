import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Laptop, startLaptop } from "../../local/laptop.ts";
import { synthesizeDuebell } from "../../local/synthesize.ts";

let laptop: Laptop;
let code = "";

type Answer = { readonly status: number; readonly body: Record<string, unknown> };

async function ask(method: string, path: string, body?: unknown): Promise<Answer> {
  const sent = body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) };
  const response = await fetch(`${laptop.url}${path}`, {
    method,
    headers: { "content-type": "application/json" },
    ...sent,
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

const biller = {
  name: "Example Power",
  header: "EXPOWR",
  country: "IN",
  language: "en",
  timeZone: "Asia/Kolkata",
  cadence: [
    { step: "issued", relativeTo: "issuedOn", days: 0, at: "10:00" },
    { step: "overdue", relativeTo: "dueDate", days: 3, at: "11:00" },
  ],
  hops: [{ channel: "sms" }],
  sms: { provider: "sns", senderId: "EXPOWR" },
};

const bill = {
  customer: { id: "10023", name: "Asha Sen", addresses: { sms: "+919830012345" } },
  title: "Electricity, November 2026",
  amountDue: { value: 124900, currency: "INR" },
  issuedOn: "2026-11-15",
  dueDate: "2026-11-30",
};

beforeAll(async () => {
  laptop = await startLaptop({ app: synthesizeDuebell, now: Date.parse("2026-11-15T04:00:00Z"), ticking: false });
  await ask("PUT", "/v1/billers/example-power", biller);
  const { body } = await ask("PUT", "/v1/billers/example-power/bills/b1", bill);
  code = String(body["paymentLink"]).replace(/^.*\//, "");
});

afterAll(() => laptop.stop());

describe("the sandbox", () => {
  it("moves the clock, and the phone shows what became due", async () => {
    const { status, body } = await ask("POST", "/sandbox/clock", { now: "2026-11-15T10:05:00+05:30" });
    expect([status, String(body["now"]).slice(0, 15)]).toEqual([200, "2026-11-15T04:3"]);
    expect((await ask("GET", "/sandbox/clock")).body["now"]).toMatch(/^2026-11-15T04:3/);
    const { body: messages } = await ask("GET", "/sandbox/messages?address=%2B919830012345&channel=sms");
    expect(messages).toMatchObject([
      { channel: "sms", to: "+919830012345", text: expect.stringContaining(`/EXPOWR/${code}`) },
    ]);
    expect((await ask("GET", "/sandbox/messages?channel=email")).body).toEqual([]);
  });

  it("lists the bills with what is still to pay", async () => {
    const listed = {
      billId: "b1",
      code,
      customer: "Asha Sen",
      status: "open",
      outstanding: { value: 124900, currency: "INR" },
    };
    expect((await ask("GET", "/sandbox/bills")).body).toMatchObject([listed]);
  });

  it("serves a console that fits its own policy", async () => {
    const page = await fetch(laptop.url);
    expect(page.headers.get("content-type")).toContain("text/html");
    expect(await page.text()).not.toMatch(/<script>|style=|onclick/);
    expect((await fetch(`${laptop.url}/sandbox/console.js`)).status).toBe(200);
  });

  it("pays a part by the signed webhook and the rest on the bus", async () => {
    const part = await ask("POST", "/sandbox/pay", {
      code,
      amount: { value: 24900, currency: "INR" },
      via: "standard",
    });
    expect(part).toMatchObject({ status: 200, body: { paymentId: expect.any(String), answered: 200 } });
    const rest = await ask("POST", "/sandbox/pay", { code, via: "bus" });
    expect(rest.body).toMatchObject({ amount: { value: 100000, currency: "INR" } });
    await laptop.settle();
    expect((await ask("GET", "/sandbox/bills")).body).toMatchObject([{ status: "paid" }]);
    expect((await ask("GET", "/sandbox/events?type=bill.paid")).body).toMatchObject([
      { type: "bill.paid", source: "duebell" },
    ]);
  });

  it("gives back no payment that no gateway holds", async () => {
    expect(await ask("POST", "/sandbox/refund", { paymentId: "pay_none" })).toMatchObject({ status: 404 });
  });

  it("puts an event on the bus", async () => {
    const Detail = { biller: "example-power", billId: "b2", bill };
    const { status, body } = await ask("POST", "/sandbox/events", {
      Source: "billing",
      DetailType: "bill.issued",
      Detail,
    });
    expect([status, body]).toEqual([200, { eventId: expect.any(String) }]);
    expect((await ask("GET", "/v1/billers/example-power/bills/b2")).body).toMatchObject({ status: "open" });
  });

  it("takes the time of an event, and lists all events where no type is asked for", async () => {
    const entry = { Source: "billing", DetailType: "meter.read", Detail: {}, Time: "2026-11-14T09:30:00+05:30" };
    await ask("POST", "/sandbox/events", entry);
    await ask("POST", "/sandbox/events", { ...entry, Time: Date.parse("2026-11-14T05:00:00Z") / 1000 });
    const { body: read } = await ask("GET", "/sandbox/events?type=meter.read");
    expect(read).toMatchObject([{ time: "2026-11-14T04:00:00Z" }, { time: "2026-11-14T05:00:00Z" }]);
    const { body: all } = await ask("GET", "/sandbox/events?type=");
    expect(all).toEqual((await ask("GET", "/sandbox/events")).body);
    expect(all).toContainEqual(expect.objectContaining({ type: "meter.read" }));
  });

  it("adds up two moves of the clock that are asked for at once", async () => {
    const now = async () => Date.parse(String((await ask("GET", "/sandbox/clock")).body["now"]));
    const before = await now();
    await Promise.all([1, 2].map(() => ask("POST", "/sandbox/clock", { advance: "PT2H" })));
    expect(await now()).toBeGreaterThanOrEqual(before + 4 * 3_600_000);
  });

  it("has a carrier fail, and a carrier report", async () => {
    const failing = await ask("POST", "/sandbox/carriers/sms", { mode: "silent" });
    expect(failing).toMatchObject({ status: 200, body: { mode: "silent" } });
    const id = laptop.messages.find({ channel: "sms" })[0]?.id;
    const report = await ask("POST", "/sandbox/delivery-receipts", { messageId: id, status: "delivered" });
    expect(report).toMatchObject({ status: 200, body: { id, status: "delivered" } });
  });

  it("shows the secrets it made, and every call of the functions, none of them denied", async () => {
    const { body: secrets } = await ask("GET", "/sandbox/secrets?biller=example-power");
    expect(secrets).toMatchObject({
      standard: { secrets: [expect.stringMatching(/^whsec_/)] },
      whatsapp: { appSecret: expect.any(String) },
      razorpay: { keyId: expect.stringMatching(/^rzp_test_/), keySecret: expect.any(String) },
      stripe: { secretKey: expect.stringMatching(/^sk_test_/) },
      pix: { clientId: expect.any(String), clientSecret: expect.any(String) },
      "bill-fetch": { authorization: expect.stringMatching(/^Bearer /) },
    });
    const { body: calls } = await ask("GET", "/sandbox/calls?function=register-bill&service=dynamodb");
    expect(calls).toContainEqual(
      expect.objectContaining({ function: "register-bill", service: "dynamodb", allowed: true }),
    );
    expect(laptop.calls().filter(({ allowed }) => !allowed)).toEqual([]);
  });
});

describe("the sandbox refuses", () => {
  it.each<[string, string, unknown, string]>([
    ["a clock that goes back", "clock", { now: "2020-01-01T00:00:00Z" }, "now"],
    ["a duration it cannot read", "clock", { advance: "soon" }, "advance"],
    ["a clock beyond 2199", "clock", { now: "2200-01-01T00:00:00Z" }, "now"],
    ["a day that does not exist", "clock", { now: "2027-02-30T00:00:00Z" }, "now"],
    ["a duration that leads beyond 2199", "clock", { advance: "P99999999W" }, "advance"],
    ["a field it does not know", "clock", { ahead: "P1D" }, "ahead"],
    ["a carrier's mode it does not know", "carriers/sms", { mode: "odd" }, "mode"],
    ["a channel it does not know", "carriers/fax", { mode: "ok" }, "channel"],
    ["a report without a message", "delivery-receipts", { status: "read" }, "messageId"],
    ["an answer to an SMS", "replies", { channel: "sms", address: "+919830012345", text: "STOP" }, "channel"],
    ["an answer that says nothing", "replies", { channel: "whatsapp", address: "+919830012345" }, "text"],
    [
      "an answer with a wish it does not know",
      "replies",
      { channel: "whatsapp", address: "+919830012345", preference: "maybe" },
      "preference",
    ],
    ["an event without a type", "events", { Source: "a", Detail: {} }, "DetailType"],
    [
      "an event on a bus that is not there",
      "events",
      { EventBusName: "other", DetailType: "x", Detail: {} },
      "EventBusName",
    ],
    ["an event without a detail", "events", { DetailType: "x" }, "Detail"],
    ["an event at no time", "events", { DetailType: "x", Detail: {}, Time: "yesterday" }, "Time"],
    ["an event on no day", "events", { DetailType: "x", Detail: {}, Time: "2026-02-30T00:00:00Z" }, "Time"],
    ["an event at the end of time", "events", { DetailType: "x", Detail: {}, Time: 1e15 }, "Time"],
    ["an event of a long type", "events", { DetailType: "x".repeat(129), Detail: {} }, "DetailType"],
    ["an event of over 1 MB", "events", { DetailType: "x", Detail: { text: "é".repeat(524_288) } }, "Detail"],
    ["an event in the name of AWS", "events", { Source: "aws.s3", DetailType: "x", Detail: {} }, "Source"],
    ["an event whose detail is no object", "events", { DetailType: "x", Detail: "[]" }, "Detail"],
    ["a payment by a way it does not know", "pay", { code: "x", via: "cheque" }, "via"],
    ["a payment of which something else became", "pay", { code: "x", outcome: "lost" }, "outcome"],
    ["a refund of a fraction", "refund", { paymentId: "pay_1", amount: 1.5 }, "amount"],
    ["a body that is not JSON", "pay", "{", "body"],
  ])("%s, naming the field", async (_title, path, body, field) => {
    const answer = await ask("POST", `/sandbox/${path}`, body);
    expect(answer).toMatchObject({
      status: 400,
      body: { status: 400, code: "invalid-input", errors: [{ path: field }] },
    });
  });

  it("an amount it cannot read", async () => {
    const answer = await ask("POST", "/sandbox/pay", { code, amount: { value: -1, currency: "INR" } });
    expect(answer).toMatchObject({ status: 400, body: { errors: [{ path: "amount" }] } });
  });

  it.each([
    ["a bill that is not there", "POST", "/sandbox/pay", { code: "1111111111111" }],
    ["a message that is not there", "POST", "/sandbox/delivery-receipts", { messageId: "none", status: "read" }],
    [
      "an answer to nothing",
      "POST",
      "/sandbox/replies",
      { channel: "whatsapp", address: "+919830099999", text: "STOP" },
    ],
    ["a call it does not have", "GET", "/sandbox/nothing", undefined],
    ["a call it does not have by this method", "DELETE", "/sandbox/clock", undefined],
  ])("%s with 404", async (_title, method, path, body) => {
    expect(await ask(method, path, body)).toMatchObject({ status: 404, body: { code: "not-found" } });
  });
});
