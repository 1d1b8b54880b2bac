import jsQR from "jsqr";
import type { Page } from "playwright-core";
import { inPage } from "./tab.ts";

type Picture = { readonly data: readonly number[]; readonly width: number; readonly height: number };

/** What a camera would read from the first QR code of a page, by its picture on the screen. */
export async function scanned(page: Page): Promise<string | undefined> {
  const png = (await page.locator(".qr").first().screenshot()).toString("base64");
  const blank = await page.context().newPage();
  const { data, width, height } = await inPage<Picture>(
    blank,
    `(async () => {
      const image = new Image();
      image.src = "data:image/png;base64,${png}";
      await image.decode();
      const context = new OffscreenCanvas(image.width, image.height).getContext("2d");
      context.drawImage(image, 0, 0);
      return { data: [...context.getImageData(0, 0, image.width, image.height).data], width: image.width, height: image.height };
    })()`,
  );
  await blank.close();
  return jsQR.default(Uint8ClampedArray.from(data), width, height)?.data;
}
