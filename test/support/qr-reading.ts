import { inflateSync } from "node:zlib";
import jsqr from "jsqr";
import { elementsOf } from "./html-structure.ts";

// It is published as CommonJS: what is imported holds the function as `default`.
const decode = jsqr.default;

/** A picture of one bit for each pixel: true is white. */
type Picture = { readonly side: number; readonly isWhite: (x: number, y: number) => boolean };

/** Reads a square PNG of one gray bit for each pixel, with lines that are plain or like the one above; throws for any other. */
function readPng(png: Buffer): Picture {
  const chunks = new Map<string, Buffer>();
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at)) {
    chunks.set(png.toString("latin1", at + 4, at + 8), png.subarray(at + 8, at + 8 + png.readUInt32BE(at)));
  }
  const header = chunks.get("IHDR") ?? Buffer.alloc(13);
  const side = header.readUInt32BE(0);
  if (header.readUInt32BE(4) !== side || header.readUInt32BE(8) !== 0x01_00_00_00)
    throw new Error("another kind of PNG");
  const bytes = 1 + Math.ceil(side / 8);
  const lines = inflateSync(chunks.get("IDAT") ?? Buffer.alloc(0));
  if (lines.length !== bytes * side) throw new Error("lines are missing");
  for (let line = 0; line < side; line++) {
    const filter = lines[line * bytes];
    if (filter !== 0 && filter !== 2) throw new Error(`filter ${filter}`);
    if (filter === 0) continue;
    for (let at = line * bytes + 1; at < (line + 1) * bytes; at++)
      lines[at] = (lines[at] ?? 0) + (lines[at - bytes] ?? 0);
  }
  return { side, isWhite: (x, y) => (((lines[y * bytes + 1 + (x >> 3)] ?? 0) >> (7 - (x & 7))) & 1) === 1 };
}

/** What a scanner reads in a picture; undefined where it finds no code. */
export function scanned({ side, isWhite }: Picture): string | undefined {
  const pixels = new Uint8ClampedArray(side * side * 4).fill(255);
  for (let pixel = 0; pixel < side * side; pixel++) {
    if (!isWhite(pixel % side, Math.floor(pixel / side))) pixels.fill(0, pixel * 4, pixel * 4 + 3);
  }
  return decode(pixels, side, side)?.data;
}

/** The pictures of a page's QR codes, with what their names are. */
export const codesIn = (html: string): readonly { readonly label: string; readonly picture: Picture }[] =>
  elementsOf(html)
    .filter(({ attributes }) => attributes["class"] === "qr")
    .map(({ attributes: { alt = "", src = "" } }) => ({
      label: alt,
      picture: readPng(Buffer.from(src.replace("data:image/png;base64,", ""), "base64")),
    }));

/** What a scanner reads in each QR code of a page. */
export const scannedIn = (html: string): readonly (string | undefined)[] =>
  codesIn(html).map(({ picture }) => scanned(picture));
