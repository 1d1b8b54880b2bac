import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

/** Answers like SNS, SES v2 and SQS where all goes well, and counts the requests by service. */
export type StubAws = {
  readonly endpoint: string;
  /** Requests since it was last asked. */
  take(): Readonly<Record<"sns" | "ses" | "sqs", number>>;
  stop(): Promise<void>;
};

type Answer = { readonly service: "sns" | "ses" | "sqs"; readonly type: string; readonly body: string };

const id = "00000000-0000-4000-8000-000000000000";

function answerTo(request: IncomingMessage, body: string): Answer {
  const target = String(request.headers["x-amz-target"] ?? "");
  if (target.startsWith("AmazonSQS.")) {
    const { Entries = [] } = JSON.parse(body) as { readonly Entries?: readonly { readonly Id: string }[] };
    const Successful = Entries.map(({ Id }) => ({ Id, MessageId: id, MD5OfMessageBody: "" }));
    return { service: "sqs", type: "application/x-amz-json-1.0", body: JSON.stringify({ Successful, Failed: [] }) };
  }
  if (request.url?.startsWith("/v2/email/")) {
    return { service: "ses", type: "application/json", body: JSON.stringify({ MessageId: id }) };
  }
  const result = `<PublishResult><MessageId>${id}</MessageId></PublishResult>`;
  const xml = `<PublishResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/">${result}</PublishResponse>`;
  return { service: "sns", type: "text/xml", body: xml };
}

/** Starts it on a free port of this machine. */
export async function startStubAws(): Promise<StubAws> {
  const counts = { sns: 0, ses: 0, sqs: 0 };
  const server = createServer(async (request, response) => {
    const { service, type, body } = answerTo(request, await text(request));
    counts[service]++;
    response.writeHead(200, { "content-type": type, "x-amzn-requestid": id }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    take() {
      const taken = { ...counts };
      Object.assign(counts, { sns: 0, ses: 0, sqs: 0 });
      return taken;
    },
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
