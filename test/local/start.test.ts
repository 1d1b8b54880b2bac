import { createServer } from "node:net";
import { expect, it } from "vitest";
import { startProcess } from "./support/started-process.ts";

it("npm start says where it is ready, answers there, and ends by itself when told", async () => {
  const laptop = startProcess({ PORT: "0" });
  const ready = await laptop.line(/Duebell is ready.*\n/);
  const url = /http:\/\/127\.0\.0\.1:\d+/.exec(ready)?.[0] ?? "";
  expect((await fetch(`${url}/sandbox/messages`)).status).toBe(200);
  const { now } = (await (await fetch(`${url}/sandbox/clock`)).json()) as { readonly now: string };
  expect(Math.abs(Date.parse(now) - Date.now())).toBeLessThan(60_000);
  laptop.child.kill("SIGTERM");
  expect(await laptop.ended).toBe(0);
});

it("npm start says what is wrong with the port and ends", async () => {
  const wrong = startProcess({ PORT: "seventy" });
  expect(await wrong.line(/PORT must be a number.*\n/)).toContain("not seventy");
  expect(await wrong.ended).toBe(1);

  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
  const address = other.address();
  const port = typeof address === "object" && address !== null ? String(address.port) : "";
  const taken = startProcess({ PORT: port });
  expect(await taken.line(/EADDRINUSE.*\n/)).toContain(port);
  expect(await taken.ended).toBe(1);
  await new Promise((resolve) => other.close(resolve));
});
