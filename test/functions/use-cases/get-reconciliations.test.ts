import { describe, expect, it } from "vitest";
import type { LocalDate } from "../../../functions/domain/local-time.ts";
import { getReconciliations } from "../../../functions/use-cases/get-reconciliations.ts";
import { aBiller } from "../../support/builders.ts";
import { issueMorning } from "../../support/memory-clock.ts";
import { memoryPorts } from "../../support/memory-ports.ts";

const biller = aBiller();

describe("getReconciliations", () => {
  it("tells of each day with times in words, without the biller that asks", async () => {
    const ports = memoryPorts();
    await ports.billers.put(biller);
    const found = { matched: 1, missing: 0, extra: 1, missed: [], extras: [{ source: "stripe", paymentId: "pi_1" }] };
    const date = "2026-11-14" as LocalDate;
    await ports.reconciliations.put({ biller: biller.id, gateway: "stripe", date, at: issueMorning, ...found });
    expect(await getReconciliations(ports, { biller: biller.id })).toEqual({
      reconciliations: [{ gateway: "stripe", date, at: "2026-11-15T04:30:00.000Z", ...found }],
    });
  });

  it("knows nothing of a biller that is not there", async () => {
    await expect(getReconciliations(memoryPorts(), { biller: biller.id })).rejects.toMatchObject({ code: "not-found" });
  });
});
