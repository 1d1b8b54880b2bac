/** What kind of device opened a page, as far as its User-Agent tells. */
export type Device = {
  readonly system: "android" | "ios" | "desktop" | "feature-phone";
  /** The app whose own browser it is, where links to other apps may not open. */
  readonly inApp?: "whatsapp" | "instagram" | "facebook" | "gmail" | "other";
  /** A link preview, scanner or crawler. */
  readonly isBot: boolean;
};

/** No browser's is longer; what comes after is not read. */
const mostCharacters = 512;

/**
 * The device that a User-Agent names. Two are not told apart: an iPad that asks for desktop pages calls itself a Macintosh, an Android
 * phone that does, a Linux computer; both are `desktop`, where a page still has to offer a link for an app. No User-Agent at all is a bot's, and so is a
 * browser's that fetches ahead (`purpose`: what it says as `Sec-Purpose`).
 */
export function deviceOf(userAgent: string | undefined, purpose = ""): Device {
  const agent = (userAgent ?? "").slice(0, mostCharacters);
  const system = systemOf(agent);
  const inApp = inAppOf(agent, system);
  return { system, ...(inApp && { inApp }), isBot: isBot(agent) || /prefetch|prerender|preview/i.test(purpose) };
}

/** Phones and browsers of few means; some of these name Android too. */
const fewMeans = /KAIOS|Opera Mini|UCWEB|Windows Phone/i;
const oldPhone =
  /J2ME|MIDP|CLDC|Series ?[346]0|Symbian|BlackBerry|\bBB10\b|MAUI|SpreadTrum|Nokia|NetFront|Obigo|Teleca|\bBREW\b|\bBada\/|Dolfin\/|UP\.Browser|\bWAP/i;

function systemOf(agent: string): Device["system"] {
  if (fewMeans.test(agent)) return "feature-phone";
  if (/iPhone|iPad|iPod/.test(agent)) return "ios";
  if (/Android/i.test(agent)) return "android";
  return oldPhone.test(agent) ? "feature-phone" : "desktop";
}

type InApp = NonNullable<Device["inApp"]>;

/** In this order: Meta's other apps also carry Facebook's letters. */
const inAppSigns: readonly (readonly [InApp, RegExp])[] = [
  ["whatsapp", /\bWhatsApp\//],
  ["instagram", /\bInstagram\b/],
  ["facebook", /\bFB_IAB|\bFBA[NV]\b|\bFBIOS\b|\bFB4A\b/],
  // Mail and search of Google on an iPhone show links in the same browser.
  ["gmail", /\bGSA\/|\bGmail\//],
  [
    "other",
    /\bLine\/\d|\bSnapchat\b|\bmusical_ly|\btrill_|BytedanceWebview|\bTikTok\b|\bTwitter for\b|\bTwitterAndroid\b|\bLinkedInApp\b|\bPinterest\b|\bMicroMessenger\/|\bKAKAOTALK\b|\bTelegram-|\bBarcelona \d|\bTruecaller\/|\bYJApp-|\bHike\//i,
  ],
];

function inAppOf(agent: string, system: Device["system"]): InApp | undefined {
  if (system !== "android" && system !== "ios") return undefined;
  const named = inAppSigns.find(([, sign]) => sign.test(agent))?.[0];
  return named ?? (isWebView(agent, system) ? "other" : undefined);
}

/** Android's web view says `wv`; on iOS only Safari, and the browsers that pass for it, say `Safari/`. */
const isWebView = (agent: string, system: Device["system"]): boolean =>
  system === "android" ? /; wv\)/.test(agent) : /AppleWebKit/.test(agent) && !/Safari\//.test(agent);

/** Names of programs that read pages for no one, or before someone does. `CUBOT` is a maker of phones. */
const programs = [
  /(?<!cu)bot\b|bot[/_-]|crawl|spider|slurp|\bscan(ner)?\b|preview|prefetch|\bfetch|monitor|headless|lighthouse|phantomjs|playwright|selenium/i,
  // Link previews.
  /facebookexternal|facebookcatalog|meta-external|^WhatsApp|^Viber|Slack-|Embedly|Iframely|vkShare|kakaotalk-scrap|Pinterest\/0|Tumblr\/|Bluesky|^Mastodon|Synapse/i,
  // Search engines, mail and models.
  /Google-|GoogleOther|GoogleImageProxy|Mediapartners|FeedFetcher|YahooMailProxy|ChatGPT-User|Claude-User|Perplexity-User|^Mozilla\/5\.0$/i,
  // Scanners of links in mail.
  /Barracuda|Proofpoint|urldefense|Mimecast|Safe ?Links|Microsoft Office|ms-office|MSOffice|Office Protocol|Microsoft Exchange|Symantec|MessageLabs|Sophos|TrendMicro|\bTMES\b|FireEye|Fortinet|FortiGuard|Forcepoint|Websense|CiscoSecure|IronPort|TrustedSource|Cloudmark|VirusTotal|urlscan|Netcraft|PhishTank|Censys|Palo ?Alto|Expanse|Nessus|Qualys|zgrab|masscan|nmap|nuclei/i,
  // Libraries and command lines.
  /^(curl|wget|python|aiohttp|httpx|scrapy|go-http-client|java|okhttp|apache|axios|node|undici|got|ruby|faraday|php|guzzle|libwww|perl|postman|insomnia|httpie|dart|reqwest|winhttp|ureq|powershell|dalvik|lua-resty)\b/i,
  /python-|Go-http-client|HttpClient|libcurl|LWP::|HTTP_Request|CFNetwork\//i,
  /^Mozilla\/[45]\.0 \(compatible(?!; MSIE)[^)]*\)$/i,
];

const isBot = (agent: string): boolean => agent.trim() === "" || programs.some((program) => program.test(agent));
