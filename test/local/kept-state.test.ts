import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { deed, smallLaptop } from "./support/small-laptop.ts";

const dataDir = mkdtempSync(join(tmpdir(), "duebell-"));

afterAll(() => rmSync(dataDir, { recursive: true }));

it("what is kept in a folder is there again: items, objects, secrets, messages and the time", async () => {
  const first = await smallLaptop({ dataDir });
  expect(first.fresh).toBe(true);
  await deed(first, "caller", { deed: "put", pk: "kept" });
  await deed(first, "caller", { deed: "upload", object: "in/kept.txt", text: "kept" });
  const { ok: secret } = await deed(first, "caller", { deed: "secret" });
  await deed(first, "caller", { deed: "sms" });
  await deed(first, "caller", { deed: "send", body: '{"id":"poison","failTimes":99}' });
  await first.settle();
  first.clock.advance(86_400_000);
  const endedAt = first.clock.now();
  await first.stop();

  const second = await smallLaptop({ dataDir });
  expect(second.fresh).toBe(false);
  expect(second.clock.now()).toBeGreaterThanOrEqual(endedAt);
  expect(await deed(second, "caller", { deed: "list", pk: "kept" })).toEqual({ ok: ["x"] });
  expect(await deed(second, "caller", { deed: "download", object: "in/kept.txt" })).toEqual({ ok: "kept" });
  expect(await deed(second, "caller", { deed: "secret" })).toEqual({ ok: secret });
  expect(second.messages.find({ channel: "sms" })).toHaveLength(1);
  await second.settle();
  expect((await second.queued()).map(({ body }) => body)).toContain('{"id":"poison","failTimes":99}');
  await second.stop();
});
