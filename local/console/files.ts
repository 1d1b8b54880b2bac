import { readFileSync } from "node:fs";
import type { HttpAnswer } from "../aws/http-message.ts";
import { openedPath } from "./devices.ts";

const files: Readonly<Record<string, readonly [file: string, type: string]>> = {
  "/": ["index.html", "text/html; charset=utf-8"],
  "/sandbox/console.css": ["console.css", "text/css; charset=utf-8"],
  "/sandbox/console.js": ["console.js", "text/javascript; charset=utf-8"],
  "/sandbox/money.js": ["money.js", "text/javascript; charset=utf-8"],
  "/sandbox/phone.css": ["phone.css", "text/css; charset=utf-8"],
  "/sandbox/phone.js": ["phone.js", "text/javascript; charset=utf-8"],
  [openedPath]: ["opened.html", "text/html; charset=utf-8"],
};

/** The console page, its style and its script; undefined for any other path. */
export function consoleFile(path: string): HttpAnswer | undefined {
  const [file, type] = files[path] ?? [];
  if (file === undefined || type === undefined) return undefined;
  const headers = {
    "content-type": type,
    "cache-control": "no-cache",
    // Mails are shown in frames of their own, without script.
    "content-security-policy":
      "default-src 'none'; style-src 'self' 'unsafe-inline'; script-src 'self'; connect-src 'self'; img-src 'self' data:; frame-src 'self'",
  };
  return { status: 200, headers, body: readFileSync(new URL(file, import.meta.url)) };
}
