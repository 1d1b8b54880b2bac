import { CurrencyCode, formatMoney, type Money } from "../../functions/domain/money.ts";
import { type HttpAnswer, xmlText } from "../aws/http-message.ts";

/** What a hosted checkout shows. */
export interface CheckoutPage {
  readonly gateway: string;
  readonly title: string;
  readonly amount: { readonly value: number; readonly currency: string };
  /** Anything but `open` has no button to pay. */
  readonly state: string;
}

const quoted = (text: string): string => xmlText(text).replaceAll('"', "&quot;");

const moneyText = ({ value, currency }: CheckoutPage["amount"]): string => {
  const code = CurrencyCode.safeParse(currency.toUpperCase());
  const amount: Money | undefined = code.success ? { value, currency: code.data } : undefined;
  return amount ? formatMoney(amount, "en") : `${value} ${currency}`;
};

const style =
  "body{font:1.1rem/1.5 system-ui,sans-serif;max-width:24rem;margin:2rem auto;padding:0 1rem;color-scheme:light dark}" +
  "button{font:inherit;padding:.6rem 1.2rem;margin:.3rem .6rem .3rem 0}";

/** A checkout as a payer sees it at a gateway: plain HTML with a button to pay and one to go back. */
export function checkoutPage({ gateway, title, amount, state }: CheckoutPage): HttpAnswer {
  const pay = '<button name="action" value="pay">Pay</button>';
  const body = [
    `<h1>${quoted(gateway)} (played on this machine)</h1>`,
    `<p>${quoted(title)}</p><p><strong>${quoted(moneyText(amount))}</strong></p>`,
    state === "open" ? "" : `<p>This checkout is ${quoted(state)}.</p>`,
    `<form method="post">${state === "open" ? pay : ""}<button name="action" value="cancel">Back</button></form>`,
  ];
  return {
    status: 200,
    headers: {
      "content-type": "text/html; charset=utf-8",
      "cache-control": "no-store",
      "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'",
    },
    body: `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${quoted(gateway)}</title><style>${style}</style>${body.join("")}</html>`,
  };
}

/** Sends the payer on. */
export const sentTo = (location: string): HttpAnswer => ({ status: 303, headers: { location }, body: "" });

/** No such checkout. */
export const noCheckout: HttpAnswer = {
  status: 404,
  headers: { "content-type": "text/plain" },
  body: "No such checkout",
};

/** What the payer pressed. */
export const pressed = (body: Buffer): string => new URLSearchParams(body.toString("utf8")).get("action") ?? "";
