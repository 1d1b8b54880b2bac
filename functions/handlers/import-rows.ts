import { couponPool, importFiles, imports, lastReceive, recordingPayments } from "../compose.ts";
import { environment } from "../config.ts";
import { ImportRange } from "../messages.ts";
import { parseJson } from "../middleware/parse-input.ts";
import { queueHandler } from "../middleware/queue.ts";
import { importRows } from "../use-cases/import-rows.ts";
import { registerBill } from "../use-cases/register-bill.ts";

const env = environment("import-rows");
const files = { imports: imports(env), importFiles: importFiles(env), couponPool: couponPool(env) };
const ports = { ...recordingPayments(env), ...files };

export const handler = queueHandler(async (body) => {
  const range = parseJson(ImportRange, body, "The range of rows");
  return await importRows(ports, range, (command) => registerBill(ports, command));
}, lastReceive(env));
