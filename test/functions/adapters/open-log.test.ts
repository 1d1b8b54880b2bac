import { describe, expect, it } from "vitest";
import { readOpenLog } from "../../../functions/adapters/open-log.ts";
import { aLogEvent, asSubscription, loggedAt } from "../../support/sms-logs.ts";

const line = (changes: object = {}) => ({
  level: "info",
  event: "open-payment-link.link-opened",
  at: "2026-11-21T10:15:33.990Z",
  biller: "example-power",
  billId: "EP-2026-11-10023",
  by: "human",
  ...changes,
});

describe("the log of opened pages", () => {
  it("tells each open with when and by what name it was logged", () => {
    const { lines, skipped } = readOpenLog(aLogEvent(line(), line({ by: "bot", mark: "w7Q" })));
    const about = { biller: "example-power", billId: "EP-2026-11-10023", at: loggedAt };
    expect(lines).toEqual([
      { ...about, by: "human", id: "0" },
      { ...about, by: "bot", mark: "w7Q", id: "1" },
    ]);
    expect(skipped).toEqual({});
  });

  it("counts what is no open and leaves it out", () => {
    const others = [
      "not json {",
      line({ event: "open-payment-link.answered" }),
      line({ biller: "../x" }),
      line({ mark: "<b>" }),
      line({ by: "ghost" }),
      { _aws: {} },
    ];
    expect(readOpenLog(aLogEvent(line(), ...others))).toMatchObject({
      lines: [{ id: "0" }],
      skipped: { "not-an-open": 6 },
    });
  });

  it("has no open in a line without a name or a time", () => {
    const message = JSON.stringify(line());
    const logEvents = [{ message, timestamp: loggedAt }, { message, id: "1" }, { id: "2" }, null];
    expect(readOpenLog(asSubscription({ messageType: "DATA_MESSAGE", logEvents }))).toEqual({
      lines: [],
      skipped: { "not-an-open": 4 },
    });
  });

  it("takes a control message for what it is, and nothing else for an event of a subscription", () => {
    const control = asSubscription({ messageType: "CONTROL_MESSAGE", logEvents: [] });
    expect(readOpenLog(control)).toEqual({ lines: [], skipped: { "control-message": 1 } });
    for (const event of [undefined, {}, { awslogs: {} }, { awslogs: { data: "bm90IGd6aXA=" } }, asSubscription([])])
      expect(() => readOpenLog(event)).toThrow(expect.objectContaining({ code: "invalid-input" }));
  });
});
