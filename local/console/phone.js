// The phone's browser: opens links in a frame as the chosen device would, and tells which app a tap would have opened.

const byId = (id) => document.getElementById(id);
const page = byId("page");
const opened = { from: undefined, code: undefined };

/** Tells the laptop which device asks from the frame. */
const setDevice = (value) => cookieStore.set({ name: "sandbox-device", value, path: "/", sameSite: "strict" });

/** The path of a link of this laptop, whichever of its names the link uses; undefined for any other. */
function ownPath(href) {
  const url = new URL(href, location.href);
  const isOurs = ["127.0.0.1", "localhost"].includes(url.hostname) && url.port === location.port;
  return isOurs ? `${url.pathname}${url.search}` : undefined;
}

function tell(link) {
  byId("tapped").hidden = link === undefined;
  byId("tapped-link").textContent = link ?? "";
  byId("tapped-pay").hidden = opened.code === undefined;
}

function close() {
  byId("browser").hidden = true;
  byId("inbox").hidden = false;
  page.src = "about:blank";
  tell(undefined);
  // The list may have been drawn again meanwhile.
  (opened.from?.isConnected ? opened.from : byId("address")).focus();
}

/** Opens a link of this laptop in the phone; false for a link of another site. */
export function openInPhone(href, from) {
  const path = ownPath(href);
  if (path === undefined) return false;
  Object.assign(opened, { from, code: undefined });
  byId("browser").hidden = false;
  byId("inbox").hidden = true;
  page.src = path;
  byId("close").focus();
  return true;
}

/** Has a tap on a link within `root` open in the phone. */
export function openTaps(root) {
  root.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (openInPhone(link.href, link)) event.preventDefault();
  });
}

/** A link to an app does nothing in a frame: what it is said to open is shown instead. */
function watchTaps(inside) {
  inside.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href]");
    if (!link || ownPath(link.href) !== undefined) return;
    event.preventDefault();
    page.contentWindow.location.href = `/sandbox/opened?link=${encodeURIComponent(link.href)}`;
  });
  inside.addEventListener("keydown", ({ key }) => key === "Escape" && close());
}

page.addEventListener("load", () => {
  const inside = page.contentDocument;
  if (inside === null || byId("browser").hidden) return;
  const { pathname, search } = page.contentWindow.location;
  const link = pathname === "/sandbox/opened" ? new URLSearchParams(search).get("link") : null;
  opened.code = /^\/[A-Z0-9]{3,11}\/([1-9A-HJ-NP-Za-km-z]{13})(?:\/|$)/.exec(pathname)?.[1] ?? opened.code;
  byId("where").textContent = inside.title;
  tell(link ?? undefined);
  watchTaps(inside);
});

byId("close").addEventListener("click", close);
byId("back").addEventListener("click", () => page.contentWindow.history.back());
byId("device").addEventListener("change", async ({ target }) => {
  await setDevice(target.value);
  page.contentWindow.location.reload();
});
document.addEventListener("keydown", ({ key }) => key === "Escape" && !byId("browser").hidden && close());
setDevice(byId("device").value);

/** Does `pay` with the code of the bill in the phone when the payment in its app is said to be done, then shows the page again. */
export function onPaid(pay) {
  byId("tapped-pay").addEventListener("click", async () => {
    await pay(opened.code);
    page.contentWindow.history.back();
  });
}
