import type { OpenedLink, PageView, PayRefusal, StartedPayment } from "../domain/page-view.ts";
import { billFacts } from "./bill-facts.ts";
import { billPage } from "./bill-page.ts";
import { notFoundPage } from "./not-found-page.ts";
import { formTargetsOf, type PageRights, pageHeaders, sharedHeaders } from "./page-headers.ts";
import { scanPage } from "./scan-page.ts";
import { acceptedTexts } from "./texts/texts-for.ts";

/** An HTTP answer. */
export type PageReply = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

/** What of a request decides how a page is answered: its two header values, and who may frame the page. */
export type PageRequest = {
  readonly accept?: string | undefined;
  readonly acceptLanguage?: string | undefined;
  readonly frameAncestors?: string | undefined;
};

/** Answers an opened link: its page, or its facts as JSON to who accepts `application/json` and not HTML; else the one 404. */
export function linkReply(opened: OpenedLink, request: PageRequest = {}): PageReply {
  if (opened.outcome === "not-found") return notFoundReply(request);
  const { view } = opened;
  return wantsJson(request) ? jsonReply(200, billFacts(view)) : htmlReply(200, billPage(view), rightsOf(view, request));
}

/**
 * Answers the page's form: on to an app or a checkout, a page with the code, back to the bill, or the page again with what was refused:
 * 400 for a fault of the form, 409 where a payment is on its way, 503 where a gateway does not answer.
 */
export function paymentReply(started: StartedPayment, request: PageRequest = {}): PageReply {
  switch (started.outcome) {
    case "not-found":
      return notFoundReply(request);
    case "open":
      return redirect(started.link);
    case "nothing-to-pay":
      return redirect(started.path);
    case "show-code":
      return htmlReply(200, scanPage(started.view, started), rightsOf(started.view, request));
    case "refused":
      return htmlReply(
        refusedStatus[started.refusal.fault] ?? 400,
        billPage(started.view, started.refusal),
        rightsOf(started.view, request),
      );
  }
}

const refusedStatus: Partial<Record<PayRefusal["fault"], number>> = { "on-its-way": 409, unavailable: 503 };

/** The 404 that every link without a bill gets, its language from the request alone. */
export function notFoundReply(request: PageRequest = {}): PageReply {
  if (wantsJson(request)) return jsonReply(404, noSuchBill, "problem+json");
  return htmlReply(404, notFoundPage(acceptedTexts(request.acceptLanguage)), framingRights(request));
}

const noSuchBill = {
  type: "https://duebell.dev/problems/not-found",
  title: "not found",
  status: 404,
  detail: "There is no bill behind this link.",
  code: "not-found",
};

/** An HTML answer with the headers of every public page. */
export const htmlReply = (status: number, body: string, allowed: PageRights = {}): PageReply => ({
  status,
  headers: pageHeaders(allowed),
  body,
});

const jsonReply = (status: number, body: object, kind = "json"): PageReply => ({
  status,
  headers: { "content-type": `application/${kind}`, ...sharedHeaders },
  body: JSON.stringify(body),
});

/** On to another address, by `GET`; remembered by nobody. */
export const redirect = (location: string): PageReply => ({
  status: 303,
  headers: { location, ...sharedHeaders },
  body: "",
});

/** What a page without ways to pay may do: be framed by whom the request says. */
export const framingRights = ({ frameAncestors }: PageRequest): PageRights =>
  frameAncestors === undefined ? {} : { frameAncestors };

const rightsOf = (view: PageView, request: PageRequest): PageRights => ({
  ...framingRights(request),
  formTargets: formTargetsOf(view),
});

const wantsJson = ({ accept = "" }: PageRequest): boolean =>
  /\bapplication\/json\b/i.test(accept) && !/\btext\/html\b/i.test(accept);
