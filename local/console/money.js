// Money on the console: how a bill is paid, what offers gave, and what the billers' own systems were told.

const byId = (id) => document.getElementById(id);

/** How the payment buttons pay. */
export const via = () => byId("via").value;

/** An amount as people write it. */
export function money({ value, currency }) {
  const format = new Intl.NumberFormat("en-IN", { style: "currency", currency });
  return format.format(value / 10 ** format.resolvedOptions().maximumFractionDigits);
}

const keyOf = ({ biller, billId }) => `${biller}/${billId}`;

/** What offers gave each bill, by biller and id, from the events on the bus: a reversed award gave nothing. */
export function awardsByBill(awarded, reversed) {
  const gone = new Set(reversed.map(({ detail }) => `${keyOf(detail)}/${detail.offer}/${detail.paymentId}`));
  const lists = new Map();
  for (const { detail } of awarded) {
    if (gone.has(`${keyOf(detail)}/${detail.offer}/${detail.paymentId}`)) continue;
    const text = detail.value === undefined ? "a coupon" : `${money(detail)} back`;
    // An event may come twice.
    lists.set(keyOf(detail), (lists.get(keyOf(detail)) ?? new Map()).set(detail.eventId, text));
  }
  return (bill) => [...(lists.get(keyOf(bill))?.values() ?? [])].join(", ");
}

/** Shows what was posted to the billers' webhooks, the newest first. */
export function showInbox(received, when) {
  const rows = received
    .slice(-50)
    .reverse()
    .map(({ at, type, status, verified, body }) => {
      const item = document.createElement("li");
      const { billId = "", outcome = "" } = body?.data ?? {};
      const taken = status >= 200 && status < 300 ? "taken" : `answered ${status}`;
      item.textContent = [
        when(at),
        type,
        billId,
        outcome,
        verified ? "signature holds" : "signature does not hold",
        taken,
      ]
        .filter(Boolean)
        .join(" · ");
      return item;
    });
  byId("inbox-of-biller").replaceChildren(...rows);
  byId("told-count").textContent = received.length === 0 ? "" : `(${received.length})`;
}
