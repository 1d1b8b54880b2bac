import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { linkReply, notFoundReply, type PageReply, paymentReply } from "../../functions/pages/replies.ts";
import { openPaymentLink } from "../../functions/use-cases/open-payment-link.ts";
import { startPayment } from "../../functions/use-cases/start-payment.ts";
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
  const answer = async (request: IncomingMessage): Promise<PageReply> => {
    const [, header = "", link = "", action] = (request.url ?? "").split("/");
    const { accept, "accept-language": acceptLanguage } = request.headers;
    if (request.method === "GET" && !action)
      return linkReply(await openPaymentLink(ports, { header, code: link }), { accept, acceptLanguage });
    if (request.method !== "POST" || action !== "pay") return notFoundReply({ accept, acceptLanguage });
    const form = new URLSearchParams(await text(request));
    const typed = { rail: form.get("rail") ?? undefined, amount: form.get("amount") ?? undefined };
    return paymentReply(await startPayment(ports, { header, code: link, ...typed }), { accept, acceptLanguage });
  };
  const server = createServer(async (request, response) => {
    requests.push(`${request.method} ${request.url}`);
    const { status, headers, body } = await answer(request);
    response.writeHead(status, headers).end(body);
  });
  const origin = await listen(server);
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
