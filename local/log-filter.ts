import { isJsonObject } from "./json.ts";

const equals = /^\{\s*\$\.([A-Za-z_][\w]*)\s*=\s*"([^"\\*%]*)"\s*\}$/;

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/**
 * Whether a log line fits a filter pattern of CloudWatch Logs: the empty one, which every line fits, or `{ $.field = "text" }`, which fits
 * lines of JSON. Any other pattern is an error that names it and where it stands (user guide, "Filter pattern syntax").
 */
export function logFilter(pattern: string, where: string): (line: string) => boolean {
  if (pattern.trim() === "") return () => true;
  const [, field, text] = equals.exec(pattern.trim()) ?? [];
  if (field === undefined) throw new Error(`${where}: the laptop does not understand the filter pattern ${pattern}`);
  return (line) => {
    const value = parsed(line);
    return isJsonObject(value) && value[field] === text;
  };
}
