import { clock, importFiles, importRanges, imports, lastReceive } from "../compose.ts";
import { environment } from "../config.ts";
import { FileUploaded } from "../messages.ts";
import { parseJson } from "../middleware/parse-input.ts";
import { queueHandler } from "../middleware/queue.ts";
import { importFile } from "../use-cases/import-file.ts";

const env = environment("import-file");
const ports = { imports: imports(env), importFiles: importFiles(env), importRanges: importRanges(env), clock };

export const handler = queueHandler(async (body) => {
  const { object } = parseJson(FileUploaded, body, "The event Object Created").detail;
  return await importFile(ports, { key: object.key, versionId: object["version-id"] });
}, lastReceive(env));
