import { billers, bills, clock, payments, receiptFiles } from "../compose.ts";
import { environment } from "../config.ts";
import { httpHandler } from "../middleware/http.ts";
import { receiptDocument } from "../pages/receipt-document.ts";
import { pdfHeaders, receiptReply } from "../pages/receipt-reply.ts";
import { getReceipt } from "../use-cases/get-receipt.ts";

const env = environment("get-receipt");
const ports = { bills: bills(env), billers: billers(env), payments: payments(env), clock };

export const handler = httpHandler(async ({ params, headers, route }) => {
  const link = { header: params["header"] ?? "", code: params["code"] ?? "" };
  const visit = { linkBaseUrl: env.LINK_BASE_URL, userAgent: headers["user-agent"] };
  const found = await getReceipt(ports, link, visit);
  if (found.outcome === "found" && route.endsWith(".pdf")) {
    const pdf = await receiptFiles().pdf(receiptDocument(found.view));
    if (pdf) return { status: 200, headers: pdfHeaders, bodyBase64: Buffer.from(pdf).toString("base64") };
  }
  const { accept, "accept-language": acceptLanguage } = headers;
  return receiptReply(found, { accept, acceptLanguage, frameAncestors: env.FRAME_ANCESTORS });
});
