import type { FailureKind } from "../domain/notification.ts";

/**
 * What an error code of the Cloud API means: how the notification failed when a webhook reports it, and what the same code proves as
 * an answer to a send. `later` and `never` prove that nothing was accepted; `nothing` leaves it open.
 */
export type CodeMeaning = {
  readonly kind: FailureKind;
  readonly reason: string;
  readonly proves: "later" | "never" | "nothing";
};

const later = (reason: string): CodeMeaning => ({ kind: "temporary-failure", reason, proves: "later" });
const undeliverable = (reason: string): CodeMeaning => ({ kind: "permanent-failure", reason, proves: "never" });
const heldBack = (reason: string): CodeMeaning => ({ kind: "temporary-failure", reason, proves: "never" });
const fault = (reason: string): CodeMeaning => ({ kind: "technical-failure", reason, proves: "never" });
const open = (reason: string): CodeMeaning => ({ kind: "technical-failure", reason, proves: "nothing" });

// A wrong token or a missing permission is found before the message is looked at: nothing was sent. It heals by the hand of
// operations, not by another channel, so the message waits; the send's own limit of attempts ends the wait in the open.
const notAuthorized: CodeMeaning = { kind: "technical-failure", reason: "not-authorized", proves: "later" };

/** Codes that Meta answers with a 5xx status and that prove nonetheless that nothing was accepted. */
export const provenAt5xx: ReadonlySet<number> = new Set([131057, 133004]);

const meanings: ReadonlyMap<number, CodeMeaning> = new Map([
  [0, notAuthorized],
  [10, notAuthorized],
  [190, notAuthorized],
  [131005, notAuthorized],
  [4, later("app-call-limit")],
  [80007, later("account-rate-limit")],
  [130429, later("throughput-limit")],
  [131056, later("pair-rate-limit")],
  [131057, later("maintenance")],
  [133004, later("server-unavailable")],
  [1, open("unknown-error")],
  [2, open("service-unavailable")],
  [3, open("no-capability")],
  [131000, open("something-went-wrong")],
  [131016, open("service-unavailable")],
  [131045, open("not-registered")],
  [33, fault("invalid-parameter")],
  [100, fault("invalid-parameter")],
  [368, fault("policy-block")],
  [130472, heldBack("experiment")],
  [130497, fault("country-restricted")],
  [131008, fault("missing-parameter")],
  [131009, fault("invalid-parameter")],
  [131021, undeliverable("sender-is-recipient")],
  [131026, undeliverable("undeliverable")],
  [131031, fault("account-locked")],
  [131037, fault("display-name-not-approved")],
  [131042, fault("account-payment-problem")],
  [131047, fault("outside-service-window")],
  [131048, fault("spam-rate-limit")],
  [131049, heldBack("held-back-by-meta")],
  [131050, undeliverable("marketing-stopped")],
  [131051, fault("type-unsupported")],
  [131052, fault("media-download")],
  [131053, fault("media-upload")],
  [131055, fault("method-not-allowed")],
  [131062, fault("recipient-id-unsupported")],
  [132000, fault("parameter-count")],
  [132001, fault("template-missing")],
  [132005, fault("text-too-long")],
  [132007, fault("template-policy")],
  [132012, fault("parameter-format")],
  [132015, fault("template-paused")],
  [132016, fault("template-disabled")],
  [132068, fault("flow-blocked")],
  [132069, fault("flow-throttled")],
  [133010, fault("number-not-registered")],
  [134011, fault("payments-terms-not-accepted")],
  [135000, fault("generic-user-error")],
]);

/** What a code of the Cloud API means (Meta, "Error codes"); a code not on the list proves nothing. */
export function meaningOf(code: number): CodeMeaning {
  const permission = code >= 200 && code <= 299 ? notAuthorized : undefined;
  return meanings.get(code) ?? permission ?? open(`code-${code}`);
}
