import { mkdir, writeFile } from "node:fs/promises";
import { arch, cpus } from "node:os";
import type { Benchmark, Result, Table } from "./benchmark.ts";

const results = new URL("results/", import.meta.url);

const isNumeric = (cell: string | number): boolean => typeof cell === "number" || /^[+-]?[\d,.]+( %)?$/.test(cell);
const shown = (cell: string | number): string => (typeof cell === "number" ? cell.toLocaleString("en-US") : cell);

/** A table as aligned Markdown, so that it reads the same in a terminal. */
function markdownTable({ columns, rows }: Table): string {
  const texts = rows.map((row) => row.map(shown));
  const widths = columns.map((column, n) => Math.max(column.length, ...texts.map((row) => (row[n] ?? "").length)));
  const right = columns.map(
    (_, n) => rows.length > 0 && rows.every((row) => isNumeric(row[n] ?? "") || row[n] === "–"),
  );
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, n) => (right[n] ? cell.padStart(widths[n] ?? 0) : cell.padEnd(widths[n] ?? 0))).join(" | ")} |`;
  const rule = `|${widths.map((width, n) => `${"-".repeat(width + 1)}${right[n] ? ":" : "-"}`).join("|")}|`;
  return [line(columns), rule, ...texts.map(line)].join("\n");
}

/** A result in Markdown, with date, Node version and method. */
export function reportOf({ title, name, method }: Benchmark, { tables, remarks, breaches }: Result): string {
  const taken = `${new Date().toISOString().slice(0, 10)}, Node ${process.version}, ${process.platform} ${arch()}, ${cpus().length} processors; \`npm run bench -- --only ${name}\``;
  const list = (lines: readonly string[]): string => lines.map((text) => `- ${text}`).join("\n");
  const parts = [
    `# ${title}`,
    taken,
    list(method),
    ...tables.flatMap((table) => [`## ${table.title}`, markdownTable(table)]),
    ...(remarks.length > 0 ? [list(remarks)] : []),
    ...(breaches.length > 0 ? ["## Bounds passed", list(breaches)] : []),
  ];
  return `${parts.join("\n\n")}\n`;
}

/** Keeps a report in `bench/results/`. */
export async function keepReport(name: string, report: string): Promise<void> {
  await mkdir(results, { recursive: true });
  await writeFile(new URL(`${name}.md`, results), report);
}
