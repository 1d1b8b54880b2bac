import type { PageView } from "../domain/page-view.ts";

/**
 * The facts of a bill's page as JSON. Amounts are `{value, currency}` in minor units, dates `YYYY-MM-DD` in the biller's zone:
 *
 *     { state, due, link, language, biller: {name}, customer?: {name} (masked), title,
 *       amount, outstanding, paid, excess?, issuedOn, dueDate, expiresOn?, amendedOn?, canceledOn?, settledOn?,
 *       datedAmounts: [{amount, from?, until?, now}], items: [{name, amount}],
 *       payments: [{reference, amount, refunded?, paidOn}],
 *       ways: [{rail: "upi", payee: {name, address}, minimum, maximum?, link, qrLink}] }
 *
 * `state` is what the page says first (`due`, `due-today`, `overdue`, `part-paid`, `paid`, `overpaid`, `canceled`, `expired`), `due` how old
 * the bill is in any state, `link` the page's path.
 */
export function billFacts(view: PageView): object {
  const { billerName, customerName, path, ways, ...facts } = view;
  return {
    ...facts,
    link: path,
    biller: { name: billerName },
    ...(customerName !== undefined && { customer: { name: customerName } }),
    ways: ways.map(({ rail, payeeName, payeeAddress, bounds, link, qrLink }) => ({
      rail,
      payee: { name: payeeName, address: payeeAddress },
      ...bounds,
      link,
      qrLink,
    })),
  };
}
