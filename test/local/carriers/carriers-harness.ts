import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { PinpointSMSVoiceV2Client } from "@aws-sdk/client-pinpoint-sms-voice-v2";
import { SESv2Client } from "@aws-sdk/client-sesv2";
import { SNSClient } from "@aws-sdk/client-sns";
import { SocialMessagingClient } from "@aws-sdk/client-socialmessaging";
import type { CarrierReport, CarrierRequest } from "../../../local/carriers/carrier.ts";
import { createCarriers } from "../../../local/carriers/carriers.ts";
import { MessageStore } from "../../../local/carriers/message-store.ts";

/** The virtual time at which every test begins. */
export const start = Date.parse("2026-11-21T10:15:30.123Z");

/** Carriers on a clock that only `advance` moves, with everything they reported. */
export const aHouseOfCarriers = () => {
  let nowMs = start;
  const due: { atMs: number; run: () => Promise<void> }[] = [];
  const reports: CarrierReport[] = [];
  const store = new MessageStore();
  const carriers = createCarriers({
    now: () => nowMs,
    schedule: (atMs, run) => void due.push({ atMs, run }),
    store,
    publish: async (report) => void reports.push(report),
  });
  const advance = async (seconds: number): Promise<void> => {
    const until = nowMs + seconds * 1000;
    for (;;) {
      const [next] = due.toSorted((a, b) => a.atMs - b.atMs);
      if (next === undefined || next.atMs > until) break;
      due.splice(due.indexOf(next), 1);
      nowMs = next.atMs;
      await next.run();
    }
    nowMs = until;
  };
  return { carriers, store, reports, advance };
};

type House = ReturnType<typeof aHouseOfCarriers>;

const serviceOf = (path: string, target: unknown): CarrierRequest["service"] => {
  if (path === "/") return target === undefined ? "sns" : "sms-voice";
  if (path === "/v1/whatsapp/send") return "social-messaging";
  return path.startsWith("/v2/email") ? "ses" : "whatsapp";
};

const bodyOf = async (incoming: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  return Buffer.concat(chunks);
};

/** A loopback server in front of the carriers, and the clients that talk to it; ends with `await using`. */
export const serve = async (carriers: House["carriers"]) => {
  const server = createServer(async (incoming, outgoing) => {
    const url = new URL(incoming.url ?? "/", "http://carrier.test");
    const answer = await carriers.handle({
      service: serviceOf(url.pathname, incoming.headers["x-amz-target"]),
      method: incoming.method ?? "GET",
      path: url.pathname,
      query: url.searchParams,
      headers: incoming.headers,
      body: await bodyOf(incoming),
    });
    if (answer !== "hang") outgoing.writeHead(answer.status, answer.headers).end(answer.body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const settings = {
    endpoint,
    region: "ap-south-1",
    credentials: { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "example" },
    maxAttempts: 1,
  };
  const sns = new SNSClient(settings);
  const ses = new SESv2Client(settings);
  const smsVoice = new PinpointSMSVoiceV2Client(settings);
  const social = new SocialMessagingClient(settings);
  return {
    endpoint,
    sns,
    ses,
    smsVoice,
    social,
    async [Symbol.asyncDispose]() {
      for (const client of [sns, ses, smsVoice, social]) client.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};

/** The error that a promise rejects with; fails when it resolves. */
export const rejectionOf = async (
  promise: Promise<unknown>,
): Promise<Error & { readonly fields?: readonly { readonly path: string }[]; readonly Reason?: string }> => {
  try {
    await promise;
  } catch (error) {
    return error as Error;
  }
  throw new Error("It was accepted");
};
