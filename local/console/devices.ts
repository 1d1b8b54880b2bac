import type { HttpAnswer, HttpRequest } from "../aws/http-message.ts";

/** The devices that the console's phone can be, each by what its browser says of itself. */
export const devices = {
  android:
    "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36",
  iphone:
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.1 Mobile/15E148 Safari/604.1",
  desktop:
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36",
  "feature-phone": "Mozilla/5.0 (Mobile; Nokia_8110_4G; rv:48.0) Gecko/48.0 Firefox/48.0 KAIOS/2.5",
  whatsapp:
    "Mozilla/5.0 (Linux; Android 14; SM-A546E Build/UP1A.231005.007; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/142.0.7444.102 Mobile Safari/537.36 WhatsApp/2.25.33.71",
} as const satisfies Readonly<Record<string, string>>;

/** The cookie by which the console says which device its phone is. */
export const deviceCookie = "sandbox-device";

/** Where the phone shows what a tap would have opened on a real one: `?link=`. */
export const openedPath = "/sandbox/opened";

/** A request of the console's phone, as its device would have sent it. */
export interface PhoneRequest {
  readonly request: HttpRequest;
  /** What the phone shows for an answer: one that leads into an app or to another site is told, since neither can open in a frame. */
  readonly shown: (answer: HttpAnswer) => HttpAnswer;
}

const userAgentNamed = (name: string): string | undefined =>
  Object.hasOwn(devices, name) ? devices[name as keyof typeof devices] : undefined;

function cookieOf(request: HttpRequest): string | undefined {
  const cookies = (request.headers["cookie"] ?? "").split(";").map((each) => each.trim().split("="));
  return cookies.find(([name]) => name === deviceCookie)?.[1];
}

/** The request as the device in the console's cookie sends it; undefined where it comes from no phone of the console: a tab of the same browser stays what it is. */
export function phoneRequest(request: HttpRequest, origin: string): PhoneRequest | undefined {
  const { cookie: _ours, ...headers } = request.headers;
  const userAgent = userAgentNamed(cookieOf(request) ?? "");
  if (userAgent === undefined || (headers["sec-fetch-dest"] ?? "iframe") !== "iframe") return undefined;
  return {
    request: { ...request, headers: { ...headers, "user-agent": userAgent } },
    shown: (answer) => {
      const location = answer.headers["location"];
      if (typeof location !== "string" || location.startsWith("/") || location.startsWith(`${origin}/`)) return answer;
      const told = `${openedPath}?link=${encodeURIComponent(location)}`;
      return { ...answer, headers: { ...answer.headers, location: told } };
    },
  };
}
