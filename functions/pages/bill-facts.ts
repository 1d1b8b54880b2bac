import type { PageView } from "../domain/page-view.ts";
import type { WayToPay } from "../domain/rail.ts";

/**
 * The facts of a bill's page as JSON. Amounts are `{value, currency}` in minor units, dates `YYYY-MM-DD` and times `HH:MM` in the biller's
 * zone:
 *
 *     { state, due, link, language, biller: {name}, customer?: {name} (masked), title,
 *       amount, outstanding, paid, excess?, issuedOn, dueDate, expiresOn?, amendedOn?, formerly?: {amount?, dueDate?},
 *       pausedUntil?, answered?: {answer, on, payOn?}, pending?: {amount, since: {date, time}, refresh},
 *       live?: {outcome: "fresh" | "stale" | "not-asked", at: {date, time}}, canceledOn?, settledOn?,
 *       datedAmounts: [{amount, from?, until?, now, ordinary?}], items: [{name, amount}],
 *       payments: [{reference, alias?, amount, refunded?, paidOn, awards?: [{title, kind, value?, code?}]}],
 *       offers?: [{title, kind, value?, rails?, until?}],
 *       ways: [{rail, label?, payee?: {name, address}, minimum, maximum?, link?, code?}] }
 *
 * `state` is what the page says first (`due`, `due-today`, `overdue`, `part-paid`, `paid`, `overpaid`, `canceled`, `expired`,
 * `nothing-due`), `due` how old the bill is in any state, `link` the page's path.
 */
export function billFacts(view: PageView): object {
  const { billerName, customerName, path, ways, ...rest } = view;
  const { url: _url, device: _device, mark: _mark, logo: _logo, apps: _apps, missingApp: _missing, ...facts } = rest;
  return {
    ...facts,
    link: path,
    biller: { name: billerName },
    ...(customerName !== undefined && { customer: { name: customerName } }),
    ways: ways.map(wayFacts),
  };
}

const wayFacts = ({ rail, label, payee, bounds, link, code }: WayToPay) => ({
  rail,
  ...(label !== undefined && { label }),
  ...(payee && { payee }),
  ...bounds,
  ...(link !== undefined && { link }),
  ...(code !== undefined && { code }),
});
