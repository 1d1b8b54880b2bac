import { createRequire } from "node:module";

const { resolve } = createRequire(import.meta.url);

/** What shapes the letters of receipts, as WebAssembly: it is looked for beside the bundle itself. */
export const receiptShaper: string = resolve("harfbuzzjs/dist/harfbuzz.wasm");

/** The fonts of receipts as files, each with the scripts that functions/adapters/pdf/fonts.ts writes by it. */
export const receiptFonts: readonly string[] = ["Bengali", "Devanagari", "Tamil"].map((script) =>
  resolve(`@expo-google-fonts/noto-sans-${script.toLowerCase()}/400Regular/NotoSans${script}_400Regular.ttf`),
);
