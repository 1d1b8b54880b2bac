import { describe, expect, it } from "vitest";
import { linkOpened } from "../../lib/link-opens.ts";
import { referred, synthesized } from "./synthesized.ts";

const prod = synthesized("prod");
const lambda = (handler: string) =>
  prod
    .all("AWS::Lambda::Function")
    .find(({ Metadata }) => String(Metadata["duebell:entry"]).includes(`/${handler}.ts`));
const [subscribed] = prod.all("AWS::Logs::SubscriptionFilter").filter(({ id }) => id.includes("LinkOpens"));

describe("the counting of opened links", () => {
  it("hears of the page's own log, and of nothing in it but opened links", () => {
    const logging = lambda("open-payment-link")?.Properties["LoggingConfig"];
    expect(logging).toMatchObject({ LogGroup: subscribed?.Properties["LogGroupName"] });
    expect(subscribed?.Properties["FilterPattern"]).toBe(`{ $.event = "${linkOpened}" }`);
    expect(referred(subscribed?.Properties["DestinationArn"])).toBe(lambda("record-open")?.id);
  });

  it("keeps what it could not count", () => {
    const kept = JSON.stringify(lambda("record-open")?.Properties["DeadLetterConfig"]);
    expect(kept).toContain("PaymentLinksLinkOpensRecordOpenDeadLetters");
  });
});
