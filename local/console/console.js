// The console page: shows what the sandbox tells, and asks it to move the clock, to pay and to misbehave.

import { awardsByBill, money, showInbox, via } from "./money.js";
import { onPaid, openTaps } from "./phone.js";

const byId = (id) => document.getElementById(id);
const channelNames = { whatsapp: "WhatsApp", sms: "SMS", email: "E-mail" };
const gatewayNames = {
  razorpay: "Razorpay",
  stripe: "Stripe",
  pix: "Pix",
  "mercado-pago": "Mercado Pago",
  bbps: "Bharat BillPay",
};
const modes = {
  carriers: ["ok", "fail", "silent", "timeout", "throttle"],
  gateways: ["ok", "fail", "error-after-accept", "timeout", "throttle", "lose-webhooks", "repeat-webhooks"],
};
const shown = { address: "", channel: "", search: "", headers: {}, messages: "", bills: "", told: "" };

async function ask(method, path, body) {
  const response = await fetch(
    `/sandbox/${path}`,
    body === undefined ? { method } : { method, body: JSON.stringify(body) },
  );
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.detail ?? `${response.status}`);
  return answer;
}

function tell(text) {
  byId("notice").textContent = text;
  byId("notice").hidden = text === "";
}

async function busy(text, work) {
  const buttons = [...document.querySelectorAll("button")];
  tell(text);
  for (const button of buttons) button.disabled = true;
  try {
    await work();
    tell("");
  } catch (error) {
    tell(error.message);
  } finally {
    for (const button of buttons) button.disabled = false;
    await refresh();
  }
}

function linked(text) {
  const parts = text.split(/(https?:\/\/[^\s<>"]+)/);
  return parts.map((part, index) => {
    if (index % 2 === 0) return part;
    const link = document.createElement("a");
    Object.assign(link, { href: part, textContent: part, target: "_blank", rel: "noopener" });
    return link;
  });
}

function mailFrame(html) {
  const frame = document.createElement("iframe");
  frame.title = "E-mail";
  // Without scripts of its own, so that sharing our origin only lets us see which link is tapped.
  frame.setAttribute("sandbox", "allow-same-origin allow-popups allow-popups-to-escape-sandbox");
  frame.srcdoc = `<base target="_blank">${html}`;
  frame.addEventListener("load", () => openTaps(frame.contentDocument));
  return frame;
}

/** WhatsApp's own marks: stars make bold. */
function marked(text) {
  return text.split(/(\*[^*\n]+\*)/).flatMap((part, index) => {
    if (index % 2 === 0) return linked(part);
    const bold = document.createElement("b");
    bold.textContent = part.slice(1, -1);
    return [bold];
  });
}

// The first biller's zone is the one its people think in.
const inZone = (options) => (shown.zone === undefined ? options : { ...options, timeZone: shown.zone });
const when = (iso) => new Date(iso).toLocaleString("en-GB", inZone({ dateStyle: "medium", timeStyle: "short" }));

function messageItem(message) {
  const item = byId("message").content.cloneNode(true).firstElementChild;
  const part = (name) => item.querySelector(`.${name}`);
  item.classList.add(message.channel);
  part("channel").textContent = channelNames[message.channel];
  part("to").textContent = message.to;
  item.querySelector("time").textContent = when(message.at);
  part("subject").textContent = message.subject ?? "";
  part("status").textContent = message.status;
  if (message.html !== undefined) part("text").replaceChildren(mailFrame(message.html));
  else if (message.template !== undefined) part("text").replaceChildren(...marked(message.template.body));
  else part("text").replaceChildren(...linked(message.text));
  part("footer").textContent = message.template?.footer ?? "";
  for (const { text, url } of message.template?.buttons ?? []) {
    const link = document.createElement("a");
    Object.assign(link, { href: url ?? "#", textContent: text, target: "_blank", rel: "noopener" });
    part("buttons").append(link);
  }
  return item;
}

function billRow(bill) {
  const row = byId("bill").content.cloneNode(true).firstElementChild;
  row.querySelector(".title").textContent = bill.title;
  row.querySelector(".customer").textContent = `${bill.customer} · ${bill.billId} · ${bill.language}`;
  row.querySelector(".due").textContent = bill.dueDate;
  row.querySelector(".pill").textContent = bill.status;
  row.querySelector(".pill").classList.add(bill.status);
  row.querySelector(".award").textContent = shown.awards(bill);
  row.querySelector("td.amount").textContent = bill.outstanding.value === 0 ? "" : money(bill.outstanding);
  row.querySelector("a").href = `/${shown.headers[bill.biller] ?? "LINK"}/${bill.code}`;
  const pay = row.querySelector("button");
  pay.hidden = bill.outstanding.value === 0;
  pay.addEventListener("click", () =>
    busy(`Paying ${money(bill.outstanding)}…`, () => ask("POST", "pay", { code: bill.code, via: via() })),
  );
  return row;
}

function showMessages(all) {
  const addresses = [...new Set(all.map(({ to }) => to))].sort();
  const options = [new Option("everyone’s", ""), ...addresses.map((address) => new Option(address, address))];
  byId("address").replaceChildren(...options);
  byId("address").value = addresses.includes(shown.address) ? shown.address : "";
  const fitting = all.filter(
    ({ to, channel }) =>
      (shown.address === "" || to === shown.address) && (shown.channel === "" || channel === shown.channel),
  );
  byId("messages").replaceChildren(...fitting.slice(-200).reverse().map(messageItem));
  byId("no-messages").hidden = fitting.length > 0;
}

function showBills(all) {
  const words = shown.search.toLowerCase();
  const fitting = all.filter(({ customer, billId, title, status, code }) =>
    [customer, billId, title, status, code].some((text) => text.toLowerCase().includes(words)),
  );
  byId("bills").replaceChildren(...fitting.slice(0, 500).map(billRow));
  byId("count").textContent =
    all.length === 0 ? "" : `(${fitting.length === all.length ? "" : `${fitting.length} of `}${all.length})`;
  byId("no-bills").hidden = all.length > 0;
}

async function refresh(force = false) {
  const events = ["events?type=offer.awarded", "events?type=offer.reversed"];
  const [{ now }, messages, bills, billers, told, ...awards] = await Promise.all(
    ["clock", "messages", "bills", "billers", "biller-webhooks", ...events].map((path) => ask("GET", path)),
  );
  shown.awards = awardsByBill(...awards);
  shown.zone = Object.values(billers)[0]?.timeZone;
  byId("now").textContent = new Date(now).toLocaleString("en-GB", inZone({ dateStyle: "full", timeStyle: "long" }));
  shown.headers = Object.fromEntries(Object.entries(billers).map(([biller, { header }]) => [biller, header]));
  const [messagesText, billsText, toldText] = [messages, [bills, billers, awards], told].map((one) =>
    JSON.stringify(one),
  );
  // Only what changed is drawn again, so that a link under the pointer stays where it is.
  if (force || messagesText !== shown.messages) showMessages(messages);
  if (force || billsText !== shown.bills) showBills(bills);
  if (force || toldText !== shown.told) showInbox(told, when);
  Object.assign(shown, { messages: messagesText, bills: billsText, told: toldText });
}

/** How a carrier or a gateway is to behave. */
const modeSelect =
  (kind) =>
  ([id, name]) => {
    const label = document.createElement("label");
    const select = document.createElement("select");
    select.append(...modes[kind].map((mode) => new Option(mode, mode)));
    select.addEventListener("change", () =>
      busy(`${name}: ${select.value}`, () => ask("POST", `${kind}/${id}`, { mode: select.value })),
    );
    label.append(`${name} `, select);
    return label;
  };

byId("carriers").append(...Object.entries(channelNames).map(modeSelect("carriers")));
byId("gateways").append(...Object.entries(gatewayNames).map(modeSelect("gateways")));
for (const button of document.querySelectorAll("[data-advance]")) {
  const advance = button.dataset.advance;
  button.addEventListener("click", () =>
    busy(`Moving the clock ${button.textContent}…`, () => ask("POST", "clock", { advance })),
  );
}
for (const tab of document.querySelectorAll("[data-channel]")) {
  tab.addEventListener("click", () => {
    shown.channel = tab.dataset.channel;
    for (const other of document.querySelectorAll("[data-channel]"))
      other.setAttribute("aria-pressed", String(other === tab));
    refresh(true);
  });
}
byId("address").addEventListener("change", ({ target }) => {
  shown.address = target.value;
  refresh(true);
});
byId("search").addEventListener("input", ({ target }) => {
  shown.search = target.value;
  refresh(true);
});

for (const list of ["messages", "bills"]) openTaps(byId(list));
onPaid((code) => busy("Paying…", () => ask("POST", "pay", { code, via: via() })));

const quietly = () => refresh().catch(() => tell("The laptop does not answer."));
quietly();
setInterval(quietly, 3000);
