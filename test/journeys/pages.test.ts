import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { devices } from "../../local/console/devices.ts";
import { aBillFor, examplePower, openTown, type Town } from "./town.ts";

let town: Town;

const exampleBrasil = {
  ...{ name: "Água Exemplo", header: "AGUAEX", country: "BR", language: "pt", timeZone: "America/Sao_Paulo" },
  cadence: [{ step: "issued", relativeTo: "issuedOn", days: 0, at: "10:00" }],
  hops: [{ channel: "email" }],
  email: { from: "Agua Exemplo <contas@mail.example.com>" },
  rails: { pix: { key: "contas@example.org", merchantName: "Água Exemplo", merchantCity: "São Paulo" }, stripe: {} },
};

const exampleSchool = {
  ...{ name: "Example School", header: "EXSCHL", country: "SG", language: "en", timeZone: "Asia/Singapore" },
  cadence: [{ step: "issued", relativeTo: "issuedOn", days: 0, at: "10:00" }],
  hops: [{ channel: "email" }],
  email: { from: "Example School <fees@mail.example.com>" },
  rails: { payNow: { uen: "201403121W", payeeName: "Example School" } },
};

const liveWater = {
  ...{ name: "Live Water", header: "LIVEWA", country: "IN", language: "en", timeZone: "Asia/Kolkata" },
  cadence: [{ step: "issued", relativeTo: "issuedOn", days: 0, at: "10:00" }],
  hops: [{ channel: "email" }],
  email: { from: "Live Water <bills@mail.example.com>" },
  rails: { upi: { payeeAddress: "livewater@icici", payeeName: "Live Water" } },
  billFetch: { url: "https://water.example.com/bbps", identifier: { name: "Connection" } },
};

beforeAll(async () => {
  town = await openTown("2026-11-16T03:00:00Z");
  await town.api("PUT", "/v1/billers/power", { ...examplePower, rails: { ...examplePower.rails, razorpay: {} } });
  await town.api("PUT", "/v1/billers/water", liveWater);
  await town.api("PUT", "/v1/billers/brasil", exampleBrasil);
  await town.api("PUT", "/v1/billers/school", exampleSchool);
});
afterAll(async () => {
  await town.stop();
});

type Device = keyof typeof devices;

/** Registers a bill; its link. */
async function bill(biller: string, id: string, changes: object = {}): Promise<string> {
  const addresses = { email: `${id}@example.org` };
  const put = await town.api("PUT", `/v1/billers/${biller}/bills/${id}`, aBillFor({ id, addresses }, changes));
  expect(put).toMatchObject({ status: 201 });
  return put.body.paymentLink;
}

const as = (device: Device): RequestInit => ({ headers: { "user-agent": devices[device] }, redirect: "manual" });

const look = async (link: string, device: Device = "android"): Promise<string> =>
  (await fetch(link, as(device))).text();

const post = (url: string, form: Record<string, string>, device: Device = "android"): Promise<Response> =>
  fetch(url, { ...as(device), method: "POST", body: new URLSearchParams(form) });

const story = async (biller: string, id: string) => (await town.api("GET", `/v1/billers/${biller}/bills/${id}`)).body;

describe("a link opened on the customer's own device", () => {
  it("leads into the apps that are there: by intent on Android, by each app's scheme on an iPhone, by a code on a desktop", async () => {
    const link = await bill("power", "devices");
    expect(await look(link, "android")).toMatch(/href="intent:\/\/pay\?pa=examplepower@icici/);
    const iphone = await look(link, "iphone");
    expect(iphone).toContain('href="phonepe://pay?');
    expect(iphone).not.toContain("intent:");
    const desktop = await look(link, "desktop");
    expect(desktop).toContain('class="qr"');
    expect(desktop).not.toContain("intent:");
    for (const device of Object.keys(devices) as Device[]) expect(await look(link, device)).toContain("₹1,249.00");
    const tapped = await post(`${link}/pay`, { rail: "upi:phonepe" }, "iphone");
    expect([tapped.status, tapped.headers.get("location")?.slice(0, 14)]).toEqual([303, "phonepe://pay?"]);
  });

  it("offers Pix in Brazil and PayNow in Singapore, each as a code", async () => {
    const money = (currency: string) => ({ amountDue: { value: 8_990, currency } });
    const pix = await bill("brasil", "pix", money("BRL"));
    expect(await look(pix)).toContain("89,90");
    expect(await (await post(`${pix}/pay`, { rail: "pix-code" })).text()).toMatch(/0002\d{2}.*br\.gov\.bcb\.pix/);
    const payNow = await bill("school", "paynow", money("SGD"));
    const code = await post(`${payNow}/pay`, { rail: "pay-now-code" });
    expect([code.status, await code.text()]).toEqual([200, expect.stringContaining('class="qr"')]);
  });
});

describe("a hosted checkout", () => {
  it("is made once however often it is asked for, and what is paid there is on the bill", async () => {
    const link = await bill("power", "checkout");
    const tap = async () => (await post(`${link}/pay`, { rail: "razorpay" })).headers.get("location") ?? "";
    const checkout = await tap();
    expect(await tap()).toBe(checkout);
    expect(await (await fetch(checkout)).text()).toContain("1,249.00");
    expect((await post(checkout, { action: "pay" })).headers.get("location")).toContain(link);
    await town.laptop.settle();
    expect(await story("power", "checkout")).toMatchObject({ status: "paid", paid: { value: 124_900 } });
  });

  it("that cannot be made leaves the payer on a page with the other ways", async () => {
    const link = await bill("power", "down");
    await town.api("POST", "/sandbox/gateways/razorpay", { mode: "fail" });
    const refused = await post(`${link}/pay`, { rail: "razorpay" });
    await town.api("POST", "/sandbox/gateways/razorpay", { mode: "ok" });
    expect(refused.status).toBe(503);
    expect(await refused.text()).toContain("upi://pay");
    expect((await post(`${link}/pay`, { rail: "razorpay" })).status).toBe(303);
  });
});

describe("what a customer does with a link", () => {
  it("is in the bill's story: which message led to the visit, and what was answered", async () => {
    const link = await bill("power", "answers");
    await town.until("2026-11-16T14:35:00Z");
    const [mail] = town.phone("answers@example.org");
    const marked = new RegExp(`${link}\\?e[1-9A-Za-z]{2}`).exec(mail?.text ?? "")?.[0] ?? "";
    await look(marked);
    await fetch(marked, { headers: { "user-agent": "WhatsApp/2.23.20.0" } });
    await town.laptop.settle();

    const asked = await fetch(`${link}/answer?say=will-pay&m=${marked.slice(-3)}`);
    expect(await asked.text()).toContain('type="date"');
    expect((await story("power", "answers")).timeline.map(({ kind }: { kind: string }) => kind)).not.toContain(
      "answered",
    );
    const answer = { answer: "will-pay", payOn: "2026-11-28", m: marked.slice(-3) };
    expect((await post(`${link}/answer`, answer)).status).toBe(200);
    await town.laptop.settle();

    const { timeline } = await story("power", "answers");
    expect(timeline).toContainEqual(
      expect.objectContaining({
        kind: "opened",
        humans: 1,
        bots: 1,
        from: [{ step: "issued", hop: 2, channel: "email", humans: 1 }],
      }),
    );
    expect(timeline).toContainEqual(
      expect.objectContaining({ kind: "answered", answer: "will-pay", payOn: "2026-11-28", channel: "email" }),
    );
    const told = await town.api("GET", "/sandbox/events?type=customer.answered");
    expect(told.body).toMatchObject([{ source: "duebell", detail: { billId: "answers" } }]);
    const opened = (await town.api("GET", "/sandbox/events?type=link.opened")).body as { detail: { billId: string } }[];
    expect(opened.filter(({ detail }) => detail.billId === "answers").length).toBeGreaterThan(0);
    expect(JSON.stringify([told.body, opened])).not.toContain(link.split("/").at(-1));
  });

  it("asks whether it is genuine, and hears whose it is and nothing of the bill", async () => {
    const link = await bill("power", "genuine");
    const genuine = await look(`${town.laptop.url}/verify?code=${encodeURIComponent(link)}`);
    expect(genuine).toContain("Example Power");
    expect(genuine).not.toContain("1,249");
    expect(await look(`${town.laptop.url}/verify?code=1111111111111`)).not.toContain("Example Power");
  });

  it("takes a receipt home, once it is paid", async () => {
    const link = await bill("power", "receipt");
    await town.api("POST", "/sandbox/pay", { code: link.split("/").at(-1) });
    await town.laptop.settle();
    expect(await look(`${link}/receipt`)).toContain("₹1,249.00");
    const file = await fetch(`${link}/receipt.pdf`, as("android"));
    const bytes = Buffer.from(await file.arrayBuffer());
    expect([file.status, file.headers.get("content-type")]).toEqual([200, "application/pdf"]);
    expect(bytes.subarray(0, 5).toString("latin1")).toBe("%PDF-");
  });

  it("reads the biller's apps from the association files", async () => {
    const ios = [{ appId: "ABCDE12345.org.example.power" }];
    await town.api("PUT", "/v1/billers/power", { ...examplePower, apps: { ios } });
    const { status, body } = await town.api("GET", "/.well-known/apple-app-site-association");
    expect([status, JSON.stringify(body)]).toEqual([200, expect.stringContaining("ABCDE12345.org.example.power")]);
  });
});

describe("a bill whose biller says itself what is due", () => {
  it("is shown with the figures last heard of, and their age, while that system is down", async () => {
    await town.until("2026-12-11T03:00:00Z");
    const dates = { issuedOn: "2026-12-11", dueDate: "2026-12-20" };
    const link = await bill("water", "down", dates);
    expect(await look(link)).toContain("₹1,249.00");
    await town.api("POST", "/sandbox/biller-system", { biller: "water", billId: "down", outcome: "down" });
    await town.wait({ minutes: 5 });
    expect(await look(link)).toContain("₹1,249.00");
    expect(await look(link, "desktop")).toMatch(/11 December|Dec 11|11 Dec/);
    const facts = async (agent: string) =>
      (await fetch(link, { headers: { "user-agent": agent, accept: "application/json" } })).json();
    expect(await facts(devices.android)).toMatchObject({ live: { outcome: "stale", at: { date: "2026-12-11" } } });
    expect(await facts("WhatsApp/2.23.20.0")).toMatchObject({ live: { outcome: "not-asked" } });
  });
});

it("does nothing that it may not do", () => {
  expect(town.laptop.calls().filter(({ allowed }) => !allowed)).toEqual([]);
});
