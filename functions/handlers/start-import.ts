import * as z from "zod/mini";
import { billers, clock, importFiles, imports, nonces, offers } from "../compose.ts";
import { environment } from "../config.ts";
import { BillerPath } from "../domain/ids.ts";
import { ImportFormat, ImportOf } from "../domain/import.ts";
import { OfferId } from "../domain/offer.ts";
import { httpHandler, json } from "../middleware/http.ts";
import { parseInput, parseJson } from "../middleware/parse-input.ts";
import { startImport } from "../use-cases/start-import.ts";

const env = environment("start-import");
const files = { imports: imports(env), importFiles: importFiles(env) };
const ports = { billers: billers(env), offers: offers(env), ...files, clock, nonces };
const Body = z.strictObject({
  format: ImportFormat,
  of: z.exactOptional(ImportOf),
  offer: z.exactOptional(OfferId),
});

export const handler = httpHandler(async ({ params, body }) => {
  const { biller } = parseInput(BillerPath, params, "The path");
  return json(201, await startImport(ports, { biller, ...parseJson(Body, body, "The import") }));
});
