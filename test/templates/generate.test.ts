import { spawnSync } from "node:child_process";
import {
  appendFileSync,
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { compileLayout } from "../../templates/compile-layout.ts";
import { generatedFiles } from "../../templates/generated-files.ts";
import { staleFiles, writeGenerated } from "../../templates/write-generated.ts";

const project = fileURLToPath(new URL("../../", import.meta.url));
const templates = new URL("../../templates/", import.meta.url);

describe("npm run generate", () => {
  let copy = "";
  const places = () => ({
    sources: pathToFileURL(join(copy, "templates/")),
    output: pathToFileURL(join(copy, "functions/adapters/wording/generated/")),
  });
  const staleNames = async () => [...(await staleFiles(places())).keys()];

  beforeEach(() => {
    copy = mkdtempSync(join(tmpdir(), "duebell-templates-"));
    for (const path of ["package.json", "templates", "functions/adapters/wording", "functions/domain/sms-segments.ts"])
      cpSync(join(project, path), join(copy, path), { recursive: true });
  });

  afterEach(() => rmSync(copy, { recursive: true, force: true }));

  it("has nothing to do in the project as committed", async () => {
    expect(await staleNames()).toEqual([]);
  });

  it("makes what depends on a changed text anew", async () => {
    const path = join(copy, "templates/en.json");
    const heading = '"heading": "You have a new bill"';
    writeFileSync(path, readFileSync(path, "utf8").replace(heading, '"heading": "A new bill for you"'));
    expect(await staleNames()).toEqual(["email.ts"]);
    expect(await writeGenerated(places())).toEqual(["email.ts"]);
    expect(await staleNames()).toEqual([]);
  });

  it("restores what was edited or deleted and removes what it did not make", async () => {
    const folder = join(copy, "functions/adapters/wording/generated");
    appendFileSync(join(folder, "sms.ts"), "// edited\n");
    rmSync(join(folder, "email.ts"));
    writeFileSync(join(folder, "old.ts"), "");
    expect(await writeGenerated(places())).toEqual(["email.ts", "old.ts", "sms.ts"]);
    expect(readdirSync(folder)).not.toContain("old.ts");
    expect(await staleNames()).toEqual([]);
  });

  it("says which field of which catalogue is missing", async () => {
    const path = join(copy, "templates/bn.json");
    const catalogue = JSON.parse(readFileSync(path, "utf8")) as { messages: { overdue: { sms?: string } } };
    delete catalogue.messages.overdue.sms;
    writeFileSync(path, JSON.stringify(catalogue));
    await expect(staleFiles(places())).rejects.toThrow(/bn\.json:[\s\S]*messages\.overdue\.sms/);
  });

  it("exits 1 with --check, naming the file, when the committed output is stale", { timeout: 60_000 }, () => {
    symlinkSync(join(project, "node_modules"), join(copy, "node_modules"));
    appendFileSync(join(copy, "functions/adapters/wording/generated/sms.ts"), "// edited\n");
    const checked = spawnSync(process.execPath, [join(copy, "templates/generate.ts"), "--check"], { encoding: "utf8" });
    expect(checked.status).toBe(1);
    expect(checked.stderr).toBe("stale: functions/adapters/wording/generated/sms.ts (npm run generate)\n");
  });

  it("exits 0 with --check in the project as committed", { timeout: 60_000 }, () => {
    const checked = spawnSync(process.execPath, [join(project, "templates/generate.ts"), "--check"], {
      encoding: "utf8",
    });
    expect(checked).toMatchObject({ status: 0, stderr: "" });
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
