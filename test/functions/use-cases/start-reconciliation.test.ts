import { describe, expect, it } from "vitest";
import { startReconciliation } from "../../../functions/use-cases/start-reconciliation.ts";
import { aPixBiller } from "../../support/attempts.ts";
import { aBiller } from "../../support/builders.ts";
import { memoryPorts } from "../../support/memory-ports.ts";
import { recordingReconciliationQueue } from "../../support/memory-reconciliations.ts";

describe("startReconciliation", () => {
  it("queues yesterday and the two days before it, in each biller's own zone, at every gateway it may use", async () => {
    const ports = memoryPorts({ start: Date.parse("2026-11-17T20:00:00Z") });
    const reconciliationQueue = recordingReconciliationQueue();
    await ports.billers.put(aBiller());
    await ports.billers.put({
      ...aPixBiller(),
      id: "luz" as never,
      header: "LUZEXP" as never,
      timeZone: "America/Sao_Paulo" as never,
    });
    const queued = await startReconciliation({ ...ports, reconciliationQueue });
    expect(queued).toEqual({ billers: 2, days: 21 });
    const days = reconciliationQueue.sent.map(({ biller, gateway, date }) => `${biller} ${gateway} ${date}`);
    // It is already the 18th in Kolkata.
    expect(days.filter((day) => day.startsWith("example-power razorpay"))).toEqual([
      "example-power razorpay 2026-11-17",
      "example-power razorpay 2026-11-16",
      "example-power razorpay 2026-11-15",
    ]);
    expect(days.filter((day) => day.includes("pix"))).toEqual([
      "luz pix 2026-11-16",
      "luz pix 2026-11-15",
      "luz pix 2026-11-14",
    ]);
    expect(new Set(days.map((day) => day.split(" ")[1]))).toEqual(
      new Set(["razorpay", "stripe", "mercado-pago", "pix"]),
    );
  });

  it("queues nothing where there is no biller", async () => {
    const reconciliationQueue = recordingReconciliationQueue();
    expect(await startReconciliation({ ...memoryPorts(), reconciliationQueue })).toEqual({ billers: 0, days: 0 });
    expect(reconciliationQueue.sent).toEqual([]);
  });
});
