import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { expect, it } from "vitest";

const folder = fileURLToPath(new URL("../../../../functions/adapters/wording/", import.meta.url));

/** Bytes of text and code each sender carries for its wording, and no other channel's: what the limits below leave is room for wording to grow. */
it.each([
  { file: "sms-wording.ts", name: "smsWording", limit: 6_000, layout: false },
  { file: "whatsapp-wording.ts", name: "whatsAppWording", limit: 4_000, layout: false },
  { file: "email-wording.ts", name: "emailWording", limit: 28_000, layout: true },
  { file: "inventory.ts", name: "hasBuiltinWording", limit: 500, layout: false },
])(
  "$name stays small and carries the e-mail layout only if it writes e-mails",
  async ({ file, name, limit, layout }) => {
    const { outputFiles } = await build({
      stdin: { contents: `import { ${name} } from "./${file}"; globalThis.kept = ${name};`, resolveDir: folder },
      bundle: true,
      minify: true,
      platform: "node",
      format: "esm",
      mainFields: ["module", "main"],
      write: false,
    });
    const code = outputFiles[0]?.text ?? "";
    expect(code.length).toBeGreaterThan(100);
    expect(code.length).toBeLessThan(limit);
    expect(code.includes("<!doctype html>")).toBe(layout);
  },
);
