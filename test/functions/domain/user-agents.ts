import type { Device } from "../../../functions/domain/device.ts";

type Kind = Omit<Device, "isBot">;

const android: Kind = { system: "android" };
const ios: Kind = { system: "ios" };
const desktop: Kind = { system: "desktop" };
const featurePhone: Kind = { system: "feature-phone" };
const within = (kind: Kind, inApp: NonNullable<Device["inApp"]>): Kind => ({ ...kind, inApp });

const chrome = "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0";
const webView = "AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/141.0.7390.122 Mobile Safari/537.36";
const pixel = "Mozilla/5.0 (Linux; Android 15; Pixel 9)";
const galaxy = "Mozilla/5.0 (Linux; Android 14; SM-A146B Build/UP1A.231005.007; wv)";
const iphone = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)";
const ipad = "Mozilla/5.0 (iPad; CPU OS 12_5_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)";
const windows = `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${chrome} Safari/537.36`;

/** User-Agents of people, by what they hold in their hands. */
export const people: readonly (readonly [name: string, agent: string, kind: Kind])[] = [
  ["Chrome on Android", `Mozilla/5.0 (Linux; Android 10; K) ${chrome} Mobile Safari/537.36`, android],
  ["Chrome on a named phone", `${pixel} ${chrome} Mobile Safari/537.36`, android],
  [
    "Samsung Internet",
    `${pixel} AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36`,
    android,
  ],
  ["Firefox on Android", "Mozilla/5.0 (Android 15; Mobile; rv:144.0) Gecko/144.0 Firefox/144.0", android],
  [
    "UC Browser on Android",
    "Mozilla/5.0 (Linux; U; Android 9; en-US; Redmi 6A Build/PPR1.180610.011) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/78.0.3904.108 UCBrowser/13.4.0.1306 Mobile Safari/537.36",
    android,
  ],
  ["Opera for Android", `${pixel} ${chrome} Mobile Safari/537.36 OPR/92.0.0.0`, android],
  [
    "DuckDuckGo on Android",
    `${pixel} AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/141.0.0.0 Mobile DuckDuckGo/5 Safari/537.36`,
    android,
  ],
  ["a CUBOT phone", `Mozilla/5.0 (Linux; Android 9; CUBOT NOTE S) ${chrome} Mobile Safari/537.36`, android],
  ["a Nokia with Android", `Mozilla/5.0 (Linux; Android 10; Nokia 2.3) ${chrome} Mobile Safari/537.36`, android],
  [
    "Instagram on Android",
    `${galaxy} ${webView} Instagram 402.0.0.49.66 Android (34/14; 450dpi; 1080x2196; samsung; SM-A146B; a14x; s5e8535; en_IN; 786431208)`,
    within(android, "instagram"),
  ],
  ["Facebook on Android", `${galaxy} ${webView} [FB_IAB/FB4A;FBAV/534.0.0.56.76;]`, within(android, "facebook")],
  [
    "Messenger on Android",
    `${galaxy} ${webView} [FB_IAB/Orca-Android;FBAV/529.0.0.48.109;]`,
    within(android, "facebook"),
  ],
  ["WhatsApp on Android", `${galaxy} ${webView} WhatsApp/2.25.30.73 A`, within(android, "whatsapp")],
  ["Line on Android", `${galaxy} ${webView} Line/15.17.1/IAB`, within(android, "other")],
  [
    "Snapchat on Android",
    `${galaxy} ${webView} Snapchat/13.60.0.50 (SM-A146B; Android 14#A146BXXS9DYB1#34; gzip; )`,
    within(android, "other"),
  ],
  ["TikTok on Android", `${galaxy} ${webView} trill_400503 BytedanceWebview/d8a21c6`, within(android, "other")],
  [
    "WeChat on Android",
    `${galaxy} AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/130.0.0.0 Mobile Safari/537.36 MicroMessenger/8.0.60`,
    within(android, "other"),
  ],
  [
    "Telegram on Android",
    `${pixel} ${chrome} Mobile Safari/537.36 Telegram-Android/12.1.1 (Google Pixel 9; Android 15; SDK 35; HIGH)`,
    within(android, "other"),
  ],
  ["some app's web view on Android", `${galaxy} ${webView}`, within(android, "other")],
  ["the Google app on Android", `${galaxy} ${webView} GSA/16.40.48`, within(android, "gmail")],
  ["Safari on an iPhone", `${iphone} Version/18.6 Mobile/15E148 Safari/604.1`, ios],
  ["Chrome on an iPhone", `${iphone} CriOS/141.0.7390.96 Mobile/15E148 Safari/604.1`, ios],
  ["Firefox on an iPhone", `${iphone} FxiOS/144.0 Mobile/15E148 Safari/605.1.15`, ios],
  ["Safari on an iPad", `${ipad} Version/12.1.2 Mobile/15E148 Safari/604.1`, ios],
  [
    "Instagram on an iPhone",
    `${iphone} Mobile/22G86 Instagram 402.0.0.28.81 (iPhone15,4; iOS 18_6; en_IN; en; scale=3.00; 1179x2556; 785863900)`,
    within(ios, "instagram"),
  ],
  [
    "Facebook on an iPhone",
    `${iphone} Mobile/22G86 [FBAN/FBIOS;FBAV/534.0.0.42.97;FBBV/798000000;FBDV/iPhone15,4;FBMD/iPhone;FBSN/iOS;FBSV/18.6;FBSS/3;FBID/phone;FBLC/en_GB;FBOP/5]`,
    within(ios, "facebook"),
  ],
  [
    "Gmail or the Google app on an iPhone",
    `${iphone} GSA/389.0.818209823 Mobile/15E148 Safari/604.1`,
    within(ios, "gmail"),
  ],
  ["WhatsApp on an iPhone", `${iphone} Mobile/15E148 WhatsApp/2.25.31.74`, within(ios, "whatsapp")],
  ["LinkedIn on an iPhone", `${iphone} Mobile/15E148 [LinkedInApp]/9.31.5801`, within(ios, "other")],
  ["X on an iPhone", `${iphone} Mobile/22G86 Twitter for iPhone/11.30`, within(ios, "other")],
  ["some app's web view on an iPhone", `${iphone} Mobile/15E148`, within(ios, "other")],
  ["Chrome on Windows", windows, desktop],
  ["Edge on Windows", `${windows} Edg/141.0.0.0`, desktop],
  ["Firefox on Linux", "Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0", desktop],
  ["an Android phone that asks for desktop pages", `Mozilla/5.0 (X11; Linux x86_64) ${chrome} Safari/537.36`, desktop],
  [
    "Safari on a Mac, or an iPad that asks for desktop pages",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Safari/605.1.15",
    desktop,
  ],
  ["an old Internet Explorer", "Mozilla/4.0 (compatible; MSIE 8.0; Windows NT 6.1)", desktop],
  [
    "a JioPhone",
    "Mozilla/5.0 (Mobile; LYF/F320B/LYF-F320B-003-01-15-130718-i; Android; rv:48.0) Gecko/48.0 Firefox/48.0 KAIOS/2.5",
    featurePhone,
  ],
  [
    "a Nokia with KaiOS",
    "Mozilla/5.0 (Mobile; Nokia_8110_4G; rv:48.0) Gecko/48.0 Firefox/48.0 KAIOS/2.5.1",
    featurePhone,
  ],
  [
    "Opera Mini on a Java phone",
    "Opera/9.80 (J2ME/MIDP; Opera Mini/9.80 (S60; SymbOS; Opera Mobi/23.348; U; en) Presto/2.5.25 Version/10.54",
    featurePhone,
  ],
  [
    "Opera Mini that saves most on Android",
    "Opera/9.80 (Android; Opera Mini/36.2.2254/119.132; U; id) Presto/2.12.423 Version/12.16",
    featurePhone,
  ],
  [
    "UC Browser on a Java phone",
    "UCWEB/2.0 (Java; U; MIDP-2.0; Nokia203/20.37) U2/1.0.0 UCBrowser/8.7.0.218 U2/1.0.0 Mobile",
    featurePhone,
  ],
  [
    "a Nokia of Series 40",
    "Mozilla/5.0 (Series40; Nokia311/03.81; Profile/MIDP-2.1 Configuration/CLDC-1.1) Gecko/20100401 S40OviBrowser/2.2.0.0.31",
    featurePhone,
  ],
  ["a MAUI phone", "MAUI_WAP_Browser", featurePhone],
  ["a phone of Spreadtrum's", "Mozilla/5.0 (SpreadTrum; SC6531) Dorado WAP-Browser/1.0.0", featurePhone],
  [
    "a BlackBerry",
    "Mozilla/5.0 (BlackBerry; U; BlackBerry 9900; en) AppleWebKit/534.11+ (KHTML, like Gecko) Version/7.1.0.346 Mobile Safari/534.11+",
    featurePhone,
  ],
  [
    "a Windows phone, which names all others",
    "Mozilla/5.0 (Windows Phone 10.0; Android 6.0.1; Microsoft; Lumia 950) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/52.0.2743.116 Mobile Safari/537.36 Edge/15.15254",
    featurePhone,
  ],
];

/** User-Agents of link previews, scanners, crawlers and programs. */
export const bots: readonly (readonly [name: string, agent: string])[] = [
  ["nothing at all", ""],
  ["blanks", "  "],
  ["WhatsApp's preview, Android", "WhatsApp/2.23.20.0 A"],
  ["WhatsApp's preview, iPhone", "WhatsApp/2.23.18.78 i"],
  ["WhatsApp's preview, old", "WhatsApp/2.12.16/i"],
  ["Facebook's preview", "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)"],
  ["Meta's fetcher", "meta-externalfetcher/1.1"],
  [
    "iMessage's preview",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_11_1) AppleWebKit/601.2.4 (KHTML, like Gecko) Version/9.0.1 Safari/601.2.4 facebookexternalhit/1.1 Facebot Twitterbot/1.0",
  ],
  ["X's preview", "Twitterbot/1.0"],
  ["Telegram's preview", "TelegramBot (like TwitterBot)"],
  ["Slack's preview", "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)"],
  ["Slack's pictures", "Slack-ImgProxy (+https://api.slack.com/robots)"],
  ["Discord's preview", "Mozilla/5.0 (compatible; Discordbot/2.0; +https://discordapp.com)"],
  ["LinkedIn's preview", "LinkedInBot/1.0 (compatible; Mozilla/5.0; Apache-HttpClient +http://www.linkedin.com)"],
  [
    "Skype's preview",
    "Mozilla/5.0 (Windows NT 6.1; WOW64) SkypeUriPreview Preview/0.5 skype-url-preview@microsoft.com",
  ],
  [
    "Snapchat's preview",
    "Mozilla/5.0 (compatible; Snap URL Preview Service; bot; snapchat; https://developers.snap.com/robots)",
  ],
  ["Viber's preview", "Viber/15.2.0.1 CFNetwork/1197 Darwin/20.0.0"],
  ["Google's crawler", "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"],
  [
    "Google's crawler as a phone",
    `${pixel} ${chrome} Mobile Safari/537.36 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)`,
  ],
  ["Google's safety check", "Google-Safety; +http://www.google.com/bot.html"],
  [
    "Google's reader",
    `${pixel} ${chrome} Mobile Safari/537.36 (compatible; Google-Read-Aloud; +https://support.google.com/webmasters/answer/1061943)`,
  ],
  ["Gmail's pictures", "Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)"],
  ["Yahoo's mail", "YahooMailProxy; https://help.yahoo.com/kb/yahoo-mail-proxy-SLN28749.html"],
  ["Bing's crawler", "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)"],
  ["Bing's preview", `${windows} BingPreview/1.0b`],
  [
    "Apple's crawler",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_5) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/13.1.1 Safari/605.1.15 (Applebot/0.1; +http://www.apple.com/go/applebot)",
  ],
  [
    "a model's crawler",
    "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko); compatible; GPTBot/1.2; +https://openai.com/gptbot",
  ],
  ["Barracuda", "Mozilla/5.0 (compatible; BarracudaCentral; http://www.barracudacentral.org/)"],
  ["Proofpoint", `${windows} Proofpoint-URLDefense/1.0`],
  ["Mimecast", "Mimecast URL Protect/2.0"],
  ["Microsoft Safe Links", `${windows} SafeLinks/1.0`],
  ["Outlook", "Microsoft Office/16.0 (Windows NT 10.0; Microsoft Outlook 16.0.17928; Pro)"],
  ["Outlook, older", "Mozilla/4.0 (compatible; ms-office; MSOffice 16)"],
  ["Cisco's mail gateway", "CiscoSecureEmail/15.0"],
  ["urlscan.io", `${windows} urlscan`],
  ["a web scanner", "Mozilla/5.0 (compatible; CensysInspect/1.1; +https://about.censys.io/)"],
  [
    "Chrome without a screen",
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/141.0.0.0 Safari/537.36",
  ],
  ["Lighthouse", `${pixel} ${chrome} Mobile Safari/537.36 Chrome-Lighthouse`],
  ["curl", "curl/8.9.1"],
  ["wget", "Wget/1.21.4"],
  ["Python's requests", "python-requests/2.32.3"],
  ["Python's asyncio", "Python/3.12 aiohttp/3.10.5"],
  ["Go", "Go-http-client/2.0"],
  ["Java", "Java/17.0.12"],
  ["Apache's client", "Apache-HttpClient/4.5.14 (Java/17.0.12)"],
  ["Node", "node"],
  ["axios", "axios/1.7.7"],
  ["an Android program", "Dalvik/2.1.0 (Linux; U; Android 14; SM-A146B Build/UP1A.231005.007)"],
  ["OkHttp", "okhttp/4.12.0"],
  ["a program on an iPhone", "Example/1 CFNetwork/1568.200.51 Darwin/24.1.0"],
  ["who says no more than Mozilla", "Mozilla/5.0"],
  ["who says no more than compatible", "Mozilla/5.0 (compatible; ExampleThing/1.0)"],
];
