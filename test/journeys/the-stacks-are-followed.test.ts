import { afterEach, describe, expect, it } from "vitest";
import { type Laptop, startLaptop } from "../../local/laptop.ts";
import { synthesizeDuebell } from "../../local/synthesize.ts";
import type { SynthesizedApp } from "../../local/template.ts";
import { aBillFor, examplePower } from "./town.ts";

let laptop: Laptop | undefined;

afterEach(async () => {
  await laptop?.stop();
  laptop = undefined;
});

/** Starts the laptop on the stacks as text, changed. */
async function startChanged(change: (templates: string) => string): Promise<Laptop> {
  const app = async (origin: string) => {
    const stacks = JSON.stringify(await synthesizeDuebell(origin));
    const changed = change(stacks);
    if (changed === stacks) throw new Error("the change found nothing to change");
    return JSON.parse(changed) as SynthesizedApp;
  };
  laptop = await startLaptop({ app, ticking: false, now: Date.parse("2026-11-16T03:00:00Z") });
  return laptop;
}

async function registerAndWait({ url, moveTo }: Laptop): Promise<number> {
  await fetch(`${url}/v1/billers/power`, { method: "PUT", body: JSON.stringify(examplePower) });
  const put = await fetch(`${url}/v1/billers/power/bills/b1`, {
    method: "PUT",
    body: JSON.stringify(aBillFor({ id: "c1", addresses: { sms: "+919830050001" } })),
  });
  await moveTo(Date.parse("2026-11-16T04:45:00Z"));
  return put.status;
}

describe("the laptop follows the stacks", () => {
  it("a queue that is renamed is found, and everything works under its new name", async () => {
    const renamed = await startChanged((text) => text.replaceAll(/QueuesSms(?=[0-9A-F]{8})/g, "Renamed"));
    expect(JSON.stringify(renamed.deployment.queues)).toContain("Renamed");
    expect(await registerAndWait(renamed)).toBe(201);
    expect(renamed.messages.find({ channel: "sms" })).toHaveLength(1);
  });

  it("a grant that is dropped is a denied call", async () => {
    const poorer = await startChanged((text) => text.replaceAll('"sns:Publish"', '"sns:ListTopics"'));
    await registerAndWait(poorer);
    expect(poorer.messages.find({ channel: "sms" })).toEqual([]);
    expect(poorer.calls({ function: "send-notification-sms", service: "sns" }).some(({ allowed }) => !allowed)).toBe(
      true,
    );
  });

  it("a grant that is narrowed to another resource is a denied call", async () => {
    const narrower = await startChanged((text) => text.replaceAll("dynamodb:Query", "dynamodb:DescribeTable"));
    expect(await registerAndWait(narrower)).toBeGreaterThanOrEqual(500);
    expect(narrower.calls({ service: "dynamodb" }).some(({ allowed, action }) => !allowed && action === "Query")).toBe(
      true,
    );
  });
});
