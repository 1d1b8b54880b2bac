import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bundleSources } from "../../../../bench/bundling.ts";
import { receiptFonts, receiptShaper } from "../../../../lib/receipt-fonts.ts";

const printed = {
  language: "bn",
  billerName: "Example Power",
  heading: "রসিদ",
  state: "পরিশোধিত",
  title: "বিদ্যুৎ শক্তি",
  total: { name: "পরিশোধিত", value: "₹1,249.00" },
  sentence: "",
  notes: [],
  sections: [],
  footer: "Page:",
  link: "https://pay.example.com/EXPOWR/1AbCdEfGhJkLm",
};
const source = `
import { pdfReceiptFiles } from "./functions/adapters/pdf/receipt-files.ts";
process.stdout.write(await pdfReceiptFiles().pdf(${JSON.stringify(printed)}));`;

let folder: string;
let bytes: number;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "duebell-receipt-"));
  const { code } = (await bundleSources(new Map([["receipt", source]]))).get("receipt") ?? {};
  bytes = code?.length ?? 0;
  await mkdir(join(folder, "fonts"));
  await writeFile(join(folder, "index.mjs"), code ?? "");
  for (const font of receiptFonts) await cp(font, join(folder, "fonts", basename(font)));
  await cp(receiptShaper, join(folder, basename(receiptShaper)));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

const pdf = async (): Promise<string> => {
  const run = promisify(execFile);
  const { stdout } = await run(process.execPath, ["index.mjs"], { cwd: folder, encoding: "latin1" });
  return stdout;
};

describe("a receipt made by what is deployed", () => {
  it("has its fonts and its shaper beside the bundle, and nothing that only other fonts need in it", async () => {
    const file = await pdf();
    expect(file.startsWith("%PDF-1.")).toBe(true);
    expect(file).toMatch(/\/FontName \/[A-Z]{6}\+NotoSansBengali/);
    // The dictionary of brotli alone would be as much again.
    expect(bytes).toBeLessThan(650_000);
  });

  it("is none without the shaper's file", async () => {
    await rm(join(folder, basename(receiptShaper)));
    await expect(pdf()).rejects.toThrow("harfbuzz.wasm");
  });
});
