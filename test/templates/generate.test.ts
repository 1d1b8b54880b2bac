import { spawnSync } from "node:child_process";
import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { compileLayout } from "../../templates/compile-layout.ts";
import { generatedFiles } from "../../templates/generated-files.ts";

const project = fileURLToPath(new URL("../../", import.meta.url));
const templates = new URL("../../templates/", import.meta.url);

describe("npm run generate", () => {
  let copy = "";

  beforeEach(() => {
    copy = mkdtempSync(join(tmpdir(), "duebell-templates-"));
    for (const path of ["package.json", "templates", "functions/adapters/wording", "functions/domain/sms-segments.ts"])
      cpSync(join(project, path), join(copy, path), { recursive: true });
    symlinkSync(join(project, "node_modules"), join(copy, "node_modules"));
  });

  afterEach(() => rmSync(copy, { recursive: true, force: true }));

  const generate = (...args: readonly string[]) =>
    spawnSync(process.execPath, [join(copy, "templates/generate.ts"), ...args], { encoding: "utf8" });

  it("has nothing to do in the project as committed", () => {
    expect(generate("--check")).toMatchObject({ status: 0, stderr: "" });
  });

  it("is missed by --check when a text changed, and makes it right", () => {
    const path = join(copy, "templates/en.json");
    writeFileSync(
      path,
      readFileSync(path, "utf8").replace('"heading": "You have a new bill"', '"heading": "A new bill for you"'),
    );
    const stale = generate("--check");
    expect(stale.status).toBe(1);
    expect(stale.stderr).toContain("stale: functions/adapters/wording/generated/email.ts");
    expect(generate().status).toBe(0);
    expect(generate("--check").status).toBe(0);
  });

  it("is missed by --check when generated files were edited or added, and removes what it did not make", () => {
    const folder = join(copy, "functions/adapters/wording/generated");
    appendFileSync(join(folder, "sms.ts"), "// edited\n");
    writeFileSync(join(folder, "old.ts"), "");
    expect(generate("--check").stderr.trim().split("\n")).toHaveLength(2);
    expect(generate().stdout).toContain("removed functions/adapters/wording/generated/old.ts");
    expect(generate("--check").status).toBe(0);
  });

  it("says which field of which catalogue is missing", () => {
    const path = join(copy, "templates/bn.json");
    const catalogue = JSON.parse(readFileSync(path, "utf8")) as { messages: { overdue: { sms?: string } } };
    delete catalogue.messages.overdue.sms;
    writeFileSync(path, JSON.stringify(catalogue));
    const failed = generate();
    expect(failed.status).toBe(1);
    expect(failed.stderr).toMatch(/bn\.json:[\s\S]*messages\.overdue\.sms/);
  });
});

describe("what is generated", () => {
  it("is the same each time", async () => {
    expect(await generatedFiles(templates)).toEqual(await generatedFiles(templates));
  });

  it("needs no library at run time", async () => {
    for (const [name, source] of await generatedFiles(templates)) {
      const imports = [...source.matchAll(/^import .* from "(.*)";$/gm)].map(([line]) => line);
      expect(
        imports.filter((line) => !line.startsWith("import type")),
        name,
      ).toEqual([]);
    }
  });
});

describe("a compiled layout", () => {
  const around = (inner: string): string =>
    `<mjml><mj-body><mj-section><mj-column>${inner}<mj-table>{{#facts}}<tr><td>{{label}}</td></tr>{{/facts}}</mj-table></mj-column></mj-section></mj-body></mjml>`;

  it("keeps back-quotes and dollar signs of the layout as text", async () => {
    const source = await compileLayout(around("<mj-text>`$" + "{x}` {{lead}}</mj-text>"));
    expect(source).toContain("\\`\\$" + "{x}\\` $" + "{v.lead}");
  });

  it("may load nothing from elsewhere", async () => {
    await expect(compileLayout(around('<mj-image src="https://cdn.example.com/a.png" />'))).rejects.toThrow(
      /load nothing from elsewhere/,
    );
  });

  it("must say where the facts go", async () => {
    await expect(compileLayout("<mjml><mj-body></mj-body></mjml>")).rejects.toThrow(/exactly one/);
  });
});
