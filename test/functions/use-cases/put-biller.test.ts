import { describe, expect, it } from "vitest";
import { hasBuiltinWording } from "../../../functions/adapters/wording/inventory.ts";
import type { BillerId } from "../../../functions/domain/ids.ts";
import { putBiller } from "../../../functions/use-cases/put-biller.ts";
import { aBiller } from "../../support/builders.ts";
import { memoryPorts } from "../../support/memory-ports.ts";

const biller = "example-power" as BillerId;

function office() {
  const ports = { ...memoryPorts(), hasWording: hasBuiltinWording };
  const put = (changes: Parameters<typeof aBiller>[0] = {}, id = biller) => {
    const { id: _id, ...settings } = aBiller(changes);
    return putBiller(ports, { biller: id, settings });
  };
  return { ports, put };
}

describe("put-biller", () => {
  it("creates a biller, and replaces all of its settings the next time", async () => {
    const { ports, put } = office();
    expect(await put()).toMatchObject({ outcome: "created", biller: { id: biller, name: "Example Power" } });
    expect(await put({ name: "Example Energy", rails: {} })).toMatchObject({ outcome: "replaced" });
    const stored = await ports.billers.get(biller);
    expect(stored?.name).toBe("Example Energy");
    expect(stored?.rails).toEqual({});
  });

  it("refuses a step whose message has no wording, and names every such step", async () => {
    const { ports, put } = office();
    const winter = { step: "winter", relativeTo: "dueDate", days: 1, at: "10:00" } as const;
    const cadence = [
      { ...winter, step: "issued" },
      { ...winter, hops: [{ channel: "sms" as const }] },
      { ...winter, step: "summer", message: "overdue" },
      { ...winter, step: "autumn", message: "no-such", hops: [{ channel: "email" as const }] },
    ];
    await expect(put({ cadence })).rejects.toMatchObject({
      code: "invalid-input",
      fields: [
        { path: "cadence.1.message", message: "there is no wording for the message winter on sms" },
        { path: "cadence.3.message", message: "there is no wording for the message no-such on email" },
      ],
    });
    expect(await ports.billers.get(biller)).toBeUndefined();
  });

  it("refuses a header that another biller holds or held", async () => {
    const { put } = office();
    await put({ header: "EXPOWR", formerHeaders: ["OLDPWR"] });
    const other = "other-power" as BillerId;
    await expect(put({ header: "EXPOWR" }, other)).rejects.toMatchObject({ code: "conflict" });
    await expect(put({ header: "OLDPWR" }, other)).rejects.toMatchObject({ code: "conflict" });
    expect(await put({ header: "OTHPWR" }, other)).toMatchObject({ outcome: "created" });
  });
});
