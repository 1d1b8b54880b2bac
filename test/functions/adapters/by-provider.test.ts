import { describe, expect, it } from "vitest";
import { carrierByProvider } from "../../../functions/adapters/by-provider.ts";
import { aBiller } from "../../support/builders.ts";
import { recordingCarrier } from "../../support/recording-carrier.ts";
import { aMessage } from "./messages.ts";

const signal = new AbortController().signal;

describe("senders chosen by the biller", () => {
  it("get each message of theirs, with the signal that ends it, and answer for it", async () => {
    const [sns, other] = [recordingCarrier(), recordingCarrier({ outcome: "unknown", reason: "timed-out" })];
    const carrier = carrierByProvider({ sns, "end-user-messaging": other }, ({ sms }) => sms?.provider);
    const theirs = aMessage("sms", {
      biller: aBiller({ sms: { provider: "end-user-messaging", originationIdentity: "EXPOWR" } }),
    });
    expect(await carrier.send(aMessage("sms"), signal)).toEqual({
      outcome: "accepted",
      providerReference: "provider-1",
    });
    expect(await carrier.send(theirs, signal)).toEqual({ outcome: "unknown", reason: "timed-out" });
    expect(sns.sent).toHaveLength(1);
    expect(other.sent).toEqual([theirs]);
  });

  it("send nothing for a biller that names no provider, or one that is not there", async () => {
    const sns = recordingCarrier();
    const refusal = { outcome: "refused", kind: "technical-failure", reason: "no-sender-settings" };
    const providers: readonly (string | undefined)[] = [undefined, "carrier-pigeon", "constructor", "toString"];
    for (const provider of providers) {
      const carrier = carrierByProvider<string>({ sns }, () => provider);
      expect(await carrier.send(aMessage("sms"), signal)).toEqual(refusal);
    }
    expect(sns.sent).toHaveLength(0);
  });
});
