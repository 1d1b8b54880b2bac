import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { deviceOf } from "../../../functions/domain/device.ts";
import { bots, people } from "./user-agents.ts";

describe("the device of a User-Agent", () => {
  it.each(people)("is told for a person with %s", (_, agent, kind) => {
    expect(deviceOf(agent)).toEqual({ ...kind, isBot: false });
  });

  it.each(bots)("is a bot's for %s", (_, agent) => {
    expect(deviceOf(agent).isBot).toBe(true);
  });

  it.each(["prefetch", "prefetch;prerender", "Prefetch; anonymous-client-ip"])(
    "is a bot's while a person's browser only fetches ahead: %s",
    (purpose) => {
      const [, agent] = people[0] ?? [];
      expect(deviceOf(agent, purpose).isBot).toBe(true);
      expect(deviceOf(agent, "").isBot).toBe(false);
    },
  );

  it("is a bot's on a desktop where there is no User-Agent", () => {
    expect(deviceOf(undefined)).toEqual({ system: "desktop", isBot: true });
  });

  it("has no app around it on a desktop, whatever is named", () => {
    expect(deviceOf(`${people.find(([name]) => name === "Chrome on Windows")?.[1]} Instagram 402.0`)).toEqual({
      system: "desktop",
      isBot: false,
    });
  });

  it("is read from the first 512 characters alone", () => {
    const [, agent] = people[0] ?? ["", ""];
    expect(deviceOf(`${agent.padEnd(512, "x")} Googlebot/2.1`)).toEqual(deviceOf(agent));
  });

  it("is one of those there are for any text, at once", () => {
    const pieces = fc.constantFrom(
      "Mozilla/5.0 ",
      "(",
      ")",
      "compatible",
      "; wv)",
      "Android",
      " ",
      "bot",
      "Safari/",
      "\0",
    );
    const text = fc.oneof(
      fc.string({ unit: "binary", maxLength: 600 }),
      fc.array(pieces, { maxLength: 200 }).map((some) => some.join("")),
    );
    fc.assert(
      fc.property(text, (agent) => {
        const { system, inApp, isBot } = deviceOf(agent);
        expect(["android", "ios", "desktop", "feature-phone"]).toContain(system);
        expect([undefined, "whatsapp", "instagram", "facebook", "gmail", "other"]).toContain(inApp);
        expect(typeof isBot).toBe("boolean");
      }),
    );
  });
});
