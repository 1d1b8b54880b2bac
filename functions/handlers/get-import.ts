import { importFiles, imports } from "../compose.ts";
import { environment } from "../config.ts";
import { ImportPath } from "../domain/ids.ts";
import { httpHandler, json } from "../middleware/http.ts";
import { parseInput } from "../middleware/parse-input.ts";
import { getImport } from "../use-cases/get-import.ts";

const env = environment("get-import");
const ports = { imports: imports(env), importFiles: importFiles(env) };

export const handler = httpHandler(async ({ params }) => {
  const path = parseInput(ImportPath, params, "The path");
  return json(200, await getImport(ports, { biller: path.biller, importId: path.import }));
});
