import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { rails } from "../../functions/adapters/rails.ts";
import { answerReply } from "../../functions/pages/answer-reply.ts";
import { receiptReply } from "../../functions/pages/receipt-reply.ts";
import { linkReply, notFoundReply, type PageReply, paymentReply } from "../../functions/pages/replies.ts";
import { verifyReply } from "../../functions/pages/verify-page.ts";
import { answerBill, askAnswer } from "../../functions/use-cases/answer-bill.ts";
import { getReceipt } from "../../functions/use-cases/get-receipt.ts";
import { openPaymentLink } from "../../functions/use-cases/open-payment-link.ts";
import { startPayment } from "../../functions/use-cases/start-payment.ts";
import { verifyLink } from "../../functions/use-cases/verify-link.ts";
import type { Scene } from "../functions/pages/page-states.ts";
import { onDay } from "../functions/pages/page-states.ts";
import { aBill, aBiller } from "../support/builders.ts";
import { memoryPorts } from "../support/memory-ports.ts";

/** A server of one bill's public pages, the path of its page, and every request it was sent. */
export type PageServer = AsyncDisposable & {
  readonly origin: string;
  readonly path: string;
  readonly requests: readonly string[];
  /** Puts another scene behind the same link. */
  show(scene: Scene): Promise<void>;
};

/** Serves the pages of a scene on a free port of this machine, through the real use cases over memory. */
export async function servePages(): Promise<PageServer> {
  const ports = memoryPorts();
  const requests: string[] = [];
  const { code } = aBill();
  const origins: string[] = [];
  const pagePorts = { ...ports, rails: rails() };
  const answer = async (request: IncomingMessage): Promise<PageReply> => {
    const { pathname, searchParams } = new URL(request.url ?? "/", "http://127.0.0.1");
    const [, header = "", link = "", action] = pathname.split("/");
    const { accept, "accept-language": acceptLanguage, "user-agent": userAgent } = request.headers;
    const visit = { linkBaseUrl: origins[0] ?? "", userAgent, query: Object.fromEntries(searchParams) };
    const parts = { header, code: link };
    const from = { accept, acceptLanguage };
    const form = new URLSearchParams(request.method === "POST" ? await text(request) : "");
    if (action === "answer") {
      const { say, m, ...said } = Object.fromEntries(request.method === "POST" ? form : searchParams);
      const told = { ...parts, answer: said["answer"] ?? say, payOn: said["payOn"], mark: m };
      return answerReply(await (request.method === "POST" ? answerBill : askAnswer)(pagePorts, told), from);
    }
    if (header === "verify") {
      const question = { text: searchParams.get("code") ?? "", linkBaseUrl: visit.linkBaseUrl };
      return verifyReply(await verifyLink(pagePorts, question), from);
    }
    if (request.method === "GET" && !action) return linkReply(await openPaymentLink(pagePorts, parts, visit), from);
    if (action === "receipt") return receiptReply(await getReceipt(pagePorts, parts, visit), from);
    if (request.method !== "POST" || action !== "pay") return notFoundReply(from);
    const typed = { rail: form.get("rail") ?? undefined, amount: form.get("amount") ?? undefined };
    return paymentReply(await startPayment(pagePorts, { ...parts, ...typed }, visit), from);
  };
  const server = createServer(async (request, response) => {
    requests.push(`${request.method} ${request.url}`);
    const { status, headers, body } = await answer(request);
    response.writeHead(status, headers).end(body);
  });
  const origin = await listen(server);
  origins.push(origin);
  return {
    origin,
    path: `/EXPOWR/${code}`,
    requests,
    async show({ bill, biller = aBiller(), detail, now = onDay("2026-11-21") }) {
      const known = await ports.bills.get(code);
      const readVersion = known?.version ?? 0;
      ports.clock.set(now);
      await ports.billers.put(biller);
      await ports.bills.saveDetail(code, "shown", detail ?? {});
      await ports.bills.save(
        aBill({ ...bill, version: readVersion + 1, ...(detail && { detailDigest: "shown" }) }),
        readVersion,
      );
    },
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
