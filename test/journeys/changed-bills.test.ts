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
const put = (id: string, phone: string, changes: object = {}) =>
  town.api("PUT", bill(id), aBillFor({ id, language: "en", addresses: { sms: phone } }, changes));
const steps = async (id: string) =>
  (await town.api("GET", bill(id))).body.timeline
    .filter(({ kind }: { kind: string }) => kind === "notification" || kind === "non-send")
    .map(({ step, status, reason }: Record<string, string>) => [step, reason ?? status].join(" "));

describe("a bill that changes on its way", () => {
  it("is announced as it was registered, amended, paused, resumed and canceled", async () => {
    await put("amended", "+919830020001");
    await put("canceled", "+919830020002");
    await put("paused", "+919830020003");
    await town.until("2026-11-16T06:00:00Z");
    for (const phone of ["+919830020001", "+919830020002", "+919830020003"]) expect(town.phone(phone)).toHaveLength(1);

    expect(
      (await put("amended", "+919830020001", { amountDue: { value: 99_900, currency: "INR" }, dueDate: "2026-12-10" }))
        .body.outcome,
    ).toBe("amended");
    expect(
      (await put("amended", "+919830020001", { amountDue: { value: 99_900, currency: "INR" }, dueDate: "2026-12-10" }))
        .body.outcome,
    ).toBe("unchanged");
    expect((await town.api("POST", `${bill("canceled")}/cancel`, { reason: "meter read again" })).status).toBe(200);
    expect((await put("canceled", "+919830020002")).status).toBe(409);
    expect(
      (await town.api("POST", `${bill("paused")}/pause`, { until: "2026-12-01T06:00:00Z" })).body.pausedUntil,
    ).toBe("2026-12-01T06:00:00.000Z");

    await town.until("2026-12-02T05:00:00Z");
    expect(town.phone("+919830020001")).toHaveLength(1);
    expect(town.phone("+919830020002")).toHaveLength(1);
    expect(await steps("paused")).toEqual(["issued delivered", "due-soon superseded", "due-today delivered"]);
    await town.until("2027-01-20T05:00:00Z");
    expect(town.phone("+919830020001").map(({ text }) => /999\.00/.test(text))).toEqual([false, true, true, true]);
    expect(await steps("amended")).toEqual([
      "issued delivered",
      "due-soon delivered",
      "due-today delivered",
      "overdue delivered",
    ]);
    expect((await town.api("GET", bill("canceled"))).body).toMatchObject({ status: "canceled", next: null });
    expect((await town.api("GET", "/sandbox/events?type=bill.canceled")).body).toHaveLength(1);
  });

  it("is refused when its cancel came first", async () => {
    await town.api("POST", "/sandbox/events", {
      DetailType: "bill.canceled",
      Detail: { biller: "power", billId: "never" },
    });
    await town.laptop.settle();
    expect(await put("never", "+919830020009")).toMatchObject({ status: 409, body: { code: "conflict" } });
  });

  it("comes by the bus as by the API", async () => {
    const phone = "+919830020010";
    const given = aBillFor({ id: "c", addresses: { sms: phone } }, { issuedOn: "2027-01-20", dueDate: "2027-01-30" });
    await town.api("POST", "/sandbox/events", {
      DetailType: "bill.issued",
      Detail: { biller: "power", billId: "bus", bill: given },
    });
    await town.until("2027-01-20T06:00:00Z");
    expect(town.phone(phone)).toHaveLength(1);
  });

  it("is answered with every field that is wrong", async () => {
    const wrong = aBillFor(
      { id: "a b", addresses: { sms: "12" } },
      { dueDate: "2026-02-30", colour: "red", amountDue: { value: 1.5, currency: "INR" } },
    );
    const { status, body } = await town.api("PUT", bill("wrong"), wrong);
    expect(status).toBe(400);
    expect(body.errors.map(({ path }: { path: string }) => path).toSorted()).toEqual([
      "amountDue.value",
      "colour",
      "customer.addresses.sms",
      "customer.id",
      "dueDate",
    ]);
    expect(
      (await town.api("PUT", "/v1/billers/nobody/bills/b", aBillFor({ id: "c", addresses: { sms: "+919830020011" } })))
        .status,
    ).toBe(404);
    expect((await fetch(`${town.laptop.url}${bill("wrong")}`, { method: "PUT", body: "{" })).status).toBe(400);
    const unknown = await fetch(`${town.laptop.url}/EXPOWR/1111111111111`);
    const malformed = await fetch(`${town.laptop.url}/EXPOWR/x`);
    expect([unknown.status, malformed.status]).toEqual([404, 404]);
    expect(await unknown.text()).toBe(await malformed.text());
  });
});
