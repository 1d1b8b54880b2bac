import type { Device } from "./device.ts";
import { percentEncoded } from "./percent-encoded.ts";

/** One payment app as a page offers it. */
export type AppLink = {
  /** Its name in form fields and links: `phonepe`. */
  readonly id: string;
  readonly name: string;
  /** What opens it on this device; absent where no link can. */
  readonly link?: string;
  /** Its maker's page: for who does not have it. */
  readonly web: string;
  /** Its link stands on memory only, not on a page of its maker. */
  readonly unconfirmed?: true;
};

/** A UPI app of India: what opens it, and what of that no page of its maker's or of a gateway's confirms. */
export type PaymentApp = Pick<AppLink, "id" | "name" | "web"> & {
  /** What stands in an iPhone link where the common one says `upi://pay`; absent where the app knows no other. */
  readonly iosPay?: string;
  readonly androidPackage: string;
  readonly unconfirmed?: readonly ("ios" | "android")[];
};

/**
 * The apps that a page offers, the most used first; all partners of ClickPay are among them. Schemes and packages are those that gateways
 * publish (Cybrilla "UPI URI usage", PayU "UPI intent", Juspay, Google Pay India), as of November 2026; what none of them says is marked.
 */
export const paymentApps: readonly PaymentApp[] = [
  {
    id: "phonepe",
    name: "PhonePe",
    iosPay: "phonepe://pay",
    androidPackage: "com.phonepe.app",
    web: "https://www.phonepe.com/",
  },
  {
    id: "gpay",
    name: "Google Pay",
    iosPay: "tez://upi/pay",
    androidPackage: "com.google.android.apps.nbu.paisa.user",
    web: "https://pay.google.com/intl/en_in/about/",
  },
  {
    id: "paytm",
    name: "Paytm",
    iosPay: "paytmmp://pay",
    androidPackage: "net.one97.paytm",
    web: "https://paytm.com/",
  },
  {
    id: "bhim",
    name: "BHIM",
    iosPay: "bhim://pay",
    androidPackage: "in.org.npci.upiapp",
    web: "https://www.bhimupi.org.in/",
  },
  {
    id: "navi",
    name: "Navi",
    iosPay: "navipay://pay",
    androidPackage: "com.naviapp",
    web: "https://navi.com/",
    unconfirmed: ["android"],
  },
  {
    id: "supermoney",
    name: "super.money",
    iosPay: "super://pay",
    androidPackage: "money.super.payments",
    web: "https://super.money/",
    unconfirmed: ["android"],
  },
  {
    id: "cred",
    name: "CRED",
    iosPay: "credpay://upi/pay",
    androidPackage: "com.dreamplug.androidapp",
    web: "https://cred.club/",
    unconfirmed: ["android"],
  },
  {
    id: "amazonpay",
    name: "Amazon Pay",
    iosPay: "amazonpay://upi/pay",
    androidPackage: "in.amazon.mShop.android.shopping",
    web: "https://www.amazon.in/amazonpay/home",
  },
  {
    id: "mobikwik",
    name: "MobiKwik",
    iosPay: "mobikwik://upi/pay",
    androidPackage: "com.mobikwik_new",
    web: "https://www.mobikwik.com/",
    unconfirmed: ["ios", "android"],
  },
  {
    id: "imobile",
    name: "ICICI iMobile",
    androidPackage: "com.csam.icici.bank.imobile",
    web: "https://www.icicibank.com/mobile-banking/imobile",
  },
  {
    id: "mobank",
    name: "RBL MoBank",
    androidPackage: "com.rblbank.mobank",
    web: "https://www.rblbank.com/",
    unconfirmed: ["android"],
  },
];

const commonPay = "upi://pay";

/**
 * The apps on a device with what opens each for a `upi://pay?…` link, whose parameters all share as they are; none where apps cannot be
 * opened (computers, feature phones). On Android an app that is not there leads back to `pageUrl` with `app=<id>`; an iPhone has no such
 * way, and opens with `upi://` whichever app took it, so that there an app without a scheme of its own has no link.
 */
export function appLinks(upiLink: string, device: Device, pageUrl: string): readonly AppLink[] {
  if (!upiLink.startsWith(`${commonPay}?`)) return [];
  const query = contained(upiLink.slice(commonPay.length));
  return appsOn(device).map(({ id, name, web, iosPay, androidPackage, unconfirmed }) => {
    const isIos = device.system === "ios";
    const iosLink = iosPay === undefined ? undefined : iosPay + query;
    const link = isIos ? iosLink : intentOf(`pay${query}`, "upi", [`package=${androidPackage}`, back(pageUrl, id)]);
    return {
      id,
      name,
      web,
      ...(link !== undefined && { link }),
      ...(unconfirmed?.includes(isIos ? "ios" : "android") && { unconfirmed: true }),
    };
  });
}

/** The apps that a device can open at all, or whose pages it can. */
export const appsOn = ({ system }: Pick<Device, "system">): readonly PaymentApp[] =>
  system === "android" || system === "ios" ? paymentApps : [];

/** The URL schemes that the links of a device's apps have, as sources of a content security policy. */
export function appSchemes({ system }: Pick<Device, "system">): readonly string[] {
  if (system === "android") return ["intent:"];
  return appsOn({ system }).flatMap(({ iosPay }) => (iosPay === undefined ? [] : [`${iosPay.split(":", 1)[0]}:`]));
}

/**
 * A link that leads from an app's own browser on Android to the phone's browser; stays where it is where that is not understood. That
 * Instagram's and Facebook's browsers follow it is told by users, not by Meta.
 */
export function browserLink(pageUrl: string): string {
  const [scheme = "https", rest = ""] = pageUrl.split("://", 2);
  const [action, category] = ["action=android.intent.action.VIEW", "category=android.intent.category.BROWSABLE"];
  return intentOf(rest, scheme, [action, category, fallback(pageUrl)]);
}

/** An Android intent as a link (Chrome, "Android Intents with Chrome"); what it opens cannot end it or add to it. */
const intentOf = (target: string, scheme: string, parts: readonly string[]): string =>
  `intent://${contained(target)}#Intent;scheme=${contained(scheme)};${parts.join(";")};end`;

const back = (pageUrl: string, id: string): string =>
  fallback(`${pageUrl}${pageUrl.includes("?") ? "&" : "?"}app=${id}`);

const fallback = (url: string): string => `S.browser_fallback_url=${percentEncoded(url)}`;

/** What is encoded stays as it is; what a URL's query does not hold is encoded, and `;` and `#`, which mean something in an intent. */
const contained = (text: string): string => text.toWellFormed().replace(/[^A-Za-z0-9%&=?@._~:/-]/gu, percentEncoded);
