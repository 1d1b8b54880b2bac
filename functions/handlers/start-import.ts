import * as z from "zod/mini";
import { billers, clock, importFiles, imports, nonces } from "../compose.ts";
import { environment } from "../config.ts";
import { BillerPath } from "../domain/ids.ts";
import { httpHandler, json } from "../middleware/http.ts";
import { parseInput, parseJson } from "../middleware/parse-input.ts";
import { startImport } from "../use-cases/start-import.ts";

const env = environment("start-import");
const ports = { billers: billers(env), imports: imports(env), importFiles: importFiles(env), clock, nonces };
const Body = z.strictObject({ format: z.enum(["csv", "ndjson"]) });

export const handler = httpHandler(async ({ params, body }) => {
  const { biller } = parseInput(BillerPath, params, "The path");
  const { format } = parseJson(Body, body, "The import");
  return json(201, await startImport(ports, { biller, format }));
});
