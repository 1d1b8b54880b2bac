import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { devices, openedPath, phoneRequest } from "../../local/console/devices.ts";

const origin = "http://127.0.0.1:4100";

const request = (headers: Record<string, string>) => ({
  method: "GET",
  path: "/EXPOWR/1abc",
  query: new URLSearchParams(),
  headers: { "user-agent": "the person's own browser", ...headers },
  body: Buffer.alloc(0),
});

describe("a request of the console's phone", () => {
  it.each(Object.entries(devices))("from the frame comes as from an %s", (name, userAgent) => {
    const cookie = `other=1; sandbox-device=${name}`;
    const phone = phoneRequest(request({ cookie, "sec-fetch-dest": "iframe" }), origin);
    expect(phone?.request.headers).toEqual({ "user-agent": userAgent, "sec-fetch-dest": "iframe" });
  });

  it.each([
    ["a tab of the same browser", { cookie: "sandbox-device=android", "sec-fetch-dest": "document" }],
    ["a program that has no cookie", {}],
    ["a device that nobody knows", { cookie: "sandbox-device=constructor" }],
  ])("is not that of %s", (_title, headers) => {
    expect(phoneRequest(request(headers as Record<string, string>), origin)).toBeUndefined();
  });

  it.each([
    ["an app", "upi://pay?pa=a@b&am=1.00", `${openedPath}?link=upi%3A%2F%2Fpay%3Fpa%3Da%40b%26am%3D1.00`],
    ["another site", "https://rzp.io/i/x", `${openedPath}?link=https%3A%2F%2Frzp.io%2Fi%2Fx`],
    ["a page of ours", "/EXPOWR/1abc", "/EXPOWR/1abc"],
    ["a page of ours in full", `${origin}/EXPOWR/1abc`, `${origin}/EXPOWR/1abc`],
  ])("shows where an answer leads that opens %s", (_title, location, shown) => {
    const phone = phoneRequest(request({ cookie: "sandbox-device=iphone" }), origin);
    const answer = { status: 303, headers: { location, "cache-control": "no-store" }, body: "" };
    expect(phone?.shown(answer).headers).toEqual({ location: shown, "cache-control": "no-store" });
  });
});

describe("the device switch of the console", () => {
  it("offers the devices there are", () => {
    const html = readFileSync(new URL("../../local/console/index.html", import.meta.url), "utf8");
    const [, select = ""] = /<select id="device">(.*?)<\/select>/s.exec(html) ?? [];
    const offered = [...select.matchAll(/<option value="([a-z-]+)">/g)].map((match) => match[1]);
    expect(offered).toEqual(Object.keys(devices));
  });
});
