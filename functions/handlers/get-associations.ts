import { billers } from "../compose.ts";
import { environment } from "../config.ts";
import { httpHandler } from "../middleware/http.ts";
import { getAssociations } from "../use-cases/get-associations.ts";

const env = environment("get-associations");
const ports = { billers: billers(env) };

const headers = {
  "content-type": "application/json",
  "cache-control": "public, max-age=3600",
  "x-content-type-options": "nosniff",
};

export const handler = httpHandler(async ({ route }) => {
  const file = route.endsWith("/assetlinks.json") ? "assetlinks.json" : "apple-app-site-association";
  return { status: 200, headers, body: JSON.stringify(await getAssociations(ports, file)) };
});
