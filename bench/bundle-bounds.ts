import { readFileSync, writeFileSync } from "node:fs";
import type { HandlerName } from "../functions/config.ts";

/** What starts a Lambda, as far as its size matters: nobody waits for a queue's, somebody looks at a page. */
export type Kind = "queue" | "scheduled" | "page" | "import" | "API";

const kinds = {
  "put-biller": "API",
  "get-biller": "API",
  "register-bill": "API",
  "get-bill": "API",
  "cancel-bill": "API",
  "pause-reminders": "API",
  "resume-reminders": "API",
  remind: "API",
  "put-suppression": "API",
  "remove-suppression": "API",
  "start-import": "import",
  "get-import": "import",
  "import-file": "import",
  "import-rows": "import",
  "sweep-due-lane": "scheduled",
  "redate-stuck": "scheduled",
  "send-notification-sms": "queue",
  "send-notification-email": "queue",
  "send-notification-whatsapp": "queue",
  "record-delivery": "queue",
  "receive-sms-log": "queue",
  "receive-webhook": "API",
  "record-payment": "queue",
  "look-up-payment": "queue",
  "start-reconciliation": "scheduled",
  "reconcile-payments": "queue",
  "get-reconciliations": "API",
  "end-checkouts": "queue",
  "get-proposals": "API",
  "decide-proposal": "API",
  "resend-receipt": "API",
  "put-offer": "API",
  "get-offer": "API",
  "post-event": "queue",
  "tell-desk": "queue",
  "open-payment-link": "page",
  "start-payment": "page",
  "answer-bill": "page",
  "get-receipt": "page",
  "verify-link": "page",
  "get-associations": "page",
  "record-open": "queue",
  "record-opt-out": "page",
} as const satisfies Record<HandlerName, Kind>;

/** The ratio of bytes to reach, for each kind; none is set for the API. */
const targets: Readonly<Partial<Record<Kind, number>>> = { queue: 1.15, scheduled: 1.15, page: 1.35, import: 1.35 };

const file = new URL("bundle-ceilings.json", import.meta.url);

/** Ratios that no bundle may pass today: lowered when a bundle shrinks, never raised. */
export const ceilings: Readonly<Partial<Record<string, number>>> = JSON.parse(readFileSync(file, "utf8"));

/** What a Lambda is, the ratio it is to reach, and the ratio it may not pass now. */
export type Bound = { readonly kind: Kind; readonly target: number | undefined; readonly ceiling: number | undefined };

export const boundOf = (name: HandlerName): Bound => ({
  kind: kinds[name],
  target: targets[kinds[name]],
  ceiling: ceilings[name],
});

/** The room that a ceiling leaves: a bug fix of a few hundred bytes must not need a new one. */
const room = 0.005;

/** Lowers the ceilings to just above what was measured, and sets those that are missing. */
export function tighten(measured: readonly { readonly name: HandlerName; readonly ratio: number }[]): void {
  const lowered = measured.map(({ name, ratio }) => {
    const { target } = boundOf(name);
    const above = Math.ceil((ratio + room) * 100) / 100;
    const wanted = target !== undefined && ratio <= target ? Math.min(above, target) : above;
    return [name, Math.min(ceilings[name] ?? wanted, wanted)] as const;
  });
  writeFileSync(file, `${JSON.stringify({ ...ceilings, ...Object.fromEntries(lowered) }, null, 2)}\n`);
}
