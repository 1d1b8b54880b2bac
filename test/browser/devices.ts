import type { BrowserContextOptions } from "playwright-core";

const phone = { viewport: { width: 360, height: 740 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true } as const;
const chrome = "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36";
const safari = "AppleWebKit/605.1.15 (KHTML, like Gecko)";

/** What a browser says of itself and how it looks, for each kind of device that the page tells apart. */
export const devices = {
  desktop: {
    userAgent: "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36",
    viewport: { width: 1280, height: 800 },
  },
  android: { ...phone, userAgent: `Mozilla/5.0 (Linux; Android 10; K) ${chrome}` },
  iphone: {
    ...phone,
    userAgent: `Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) ${safari} Version/18.6 Mobile/15E148 Safari/604.1`,
  },
  "android-instagram": {
    ...phone,
    userAgent: `Mozilla/5.0 (Linux; Android 14; Pixel 8 Build/UD1A; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/142.0.0.0 Mobile Safari/537.36 Instagram 350.0.0.0 Android`,
  },
  "iphone-facebook": {
    ...phone,
    userAgent: `Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) ${safari} Mobile/15E148 [FBAN/FBIOS;FBAV/500.0.0]`,
  },
  "feature-phone": {
    viewport: { width: 240, height: 320 },
    userAgent: "Mozilla/5.0 (Mobile; LYF/F220B; Android; rv:48.0) Gecko/48.0 Firefox/48.0 KAIOS/2.5",
  },
} as const satisfies Readonly<Record<string, BrowserContextOptions>>;

/** The name of such a device. */
export type DeviceName = keyof typeof devices;

/** Their names. */
export const deviceNames = Object.keys(devices) as readonly DeviceName[];
