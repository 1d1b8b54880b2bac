import type { PageView } from "../domain/page-view.ts";
import { appSchemes } from "../domain/payment-apps.ts";

/** The hashes of the style sheet and of the script as CSP names them; a test says the new one when either has changed. */
const styleHash = "sha256-sYtkn17K8lN3RaZXpfyLdNqnQxcylJKcC6ejL5SVbJU=";
const scriptHash = "sha256-B3jlUwqPYm803fv4GSIUmfowKLyJtfW0p1Mu6RpZQOw=";

/** What a page may do: where its forms lead beside its own host, and who may frame it (nobody unless told; only the laptop's console is). */
export type PageRights = { readonly formTargets?: readonly string[]; readonly frameAncestors?: string };

/**
 * Where a bill's form may be redirected to: Chromium holds a form's redirect to `form-action` too. With UPI on a phone, it also leads to
 * single apps.
 */
export function formTargetsOf(view: PageView): readonly string[] {
  const isToApps = view.ways.some(({ rail }) => rail === "upi");
  const targets = [
    ...view.ways.flatMap(({ formTargets }) => formTargets),
    ...(isToApps ? appSchemes(view.device) : []),
  ];
  return [...new Set(targets)].filter((source) => sourcePattern.test(source));
}

/** A scheme or an https origin: nothing that could end the directive. */
const sourcePattern = /^(?:[a-z][a-z0-9+.-]*:|https?:\/\/(?:\*\.)?[A-Za-z0-9.-]+(?::\d{1,5})?)$/;

/** The headers of every public page: no script but our own, no outside request, no frame, no cache, no referrer, no index. */
export function pageHeaders({
  formTargets = [],
  frameAncestors = "'none'",
}: PageRights = {}): Readonly<Record<string, string>> {
  const policy = [
    "default-src 'none'",
    `style-src '${styleHash}'`,
    `script-src '${scriptHash}'`,
    "connect-src 'self'",
    "img-src data:",
    `form-action ${["'self'", ...formTargets].join(" ")}`,
    "base-uri 'none'",
    `frame-ancestors ${frameAncestors}`,
  ];
  return {
    "content-type": "text/html; charset=utf-8",
    "content-security-policy": policy.join("; "),
    ...sharedHeaders,
  };
}

/** What every public answer carries, page or not. */
export const sharedHeaders: Readonly<Record<string, string>> = {
  "cache-control": "no-store",
  "referrer-policy": "no-referrer",
  "x-robots-tag": "noindex, nofollow, noarchive",
  "x-content-type-options": "nosniff",
  "strict-transport-security": "max-age=63072000",
  "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
  "cross-origin-opener-policy": "same-origin",
  vary: "accept, accept-language, user-agent",
};
