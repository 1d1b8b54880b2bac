import type { PageView } from "../domain/page-view.ts";

/** The style sheet's hash as CSP names it; a test says the new one when the style has changed. */
const styleHash = "sha256-UytiGExhldst6o8z7WbhB39Fy4Dkqb7GPkSYDtNIVIk=";

/** What a page may do: where its forms lead beside its own host, and who may frame it (nobody unless told; only the laptop's console is). */
export type PageRights = { readonly formTargets?: readonly string[]; readonly frameAncestors?: string };

/** The URL schemes that a bill's form may be redirected to: Chromium holds a form's redirect to `form-action` too. */
export const formTargetsOf = (view: PageView): readonly string[] => view.ways.map(({ rail }) => `${rail}:`);

/** The headers of every public page: no script, no outside request, no frame, no cache, no referrer, no index. */
export function pageHeaders({
  formTargets = [],
  frameAncestors = "'none'",
}: PageRights = {}): Readonly<Record<string, string>> {
  const policy = [
    "default-src 'none'",
    `style-src '${styleHash}'`,
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
  vary: "accept, accept-language",
};
