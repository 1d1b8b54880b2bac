import type { APIGatewayProxyEvent, APIGatewayProxyResult } from "aws-lambda";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { aBill, aBiller } from "../../support/builders.ts";
import { clientFor, createTable, databases } from "../../support/dynamodb.ts";
import { dynamoStores } from "../../support/dynamodb-stores.ts";
import { aContext, aRequest, logOf } from "../../support/lambda-calls.ts";

const table = "duebell-pages";
const variables = {
  TABLE_NAME: table,
  LANES: "1",
  LINK_BASE_URL: "https://pay.example.com",
  FRAME_ANCESTORS: "'none'",
  SECRETS_PREFIX: "duebell/test",
  OUTBOUND: "public",
  LINK_KEYS_SECRET: "link-keys",
  AWS_REGION: "ap-south-1",
  AWS_ACCESS_KEY_ID: "test",
  AWS_SECRET_ACCESS_KEY: "test",
};
const phone =
  "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Mobile Safari/537.36";
const bill = aBill();
/** Of a biller whose Pix key was stored before keys had to be ASCII, which is all that a Pix code holds. */
const brazilian = aBill({
  biller: "luz",
  billId: "LUZ-1",
  code: "2bB2cD3eF4gH5",
  amountDue: { value: 12_990, currency: "BRL" },
});
const rails = {
  pix: { key: "joão@example.org", merchantName: "Luz Exemplo", merchantCity: "São Paulo" },
  external: { url: "https://portal.example.com/pay" },
};

const handlers = {
  "open-payment-link": () => import("../../../functions/handlers/open-payment-link.ts"),
  "verify-link": () => import("../../../functions/handlers/verify-link.ts"),
  "get-associations": () => import("../../../functions/handlers/get-associations.ts"),
};

/** Answers a request by the handler as Lambda starts it, with the lines it logged. */
async function answered(name: keyof typeof handlers, request: Partial<APIGatewayProxyEvent>) {
  for (const [variable, value] of Object.entries(variables)) vi.stubEnv(variable, value);
  vi.stubEnv("AWS_ENDPOINT_URL_DYNAMODB", url);
  vi.stubEnv("POWERTOOLS_SERVICE_NAME", name);
  vi.resetModules();
  const { handler } = await handlers[name]();
  const answers: APIGatewayProxyResult[] = [];
  const lines = await logOf(async () =>
    answers.push(await handler(aRequest({ httpMethod: "GET", ...request }), aContext)),
  );
  return { answer: answers[0] as APIGatewayProxyResult, lines };
}

let url = "";
let stop: () => Promise<void>;

beforeAll(async () => {
  const [database] = databases;
  ({ url, stop } = await (database as NonNullable<typeof database>).start());
  const client = clientFor(url);
  await createTable(client, table);
  const stores = dynamoStores({ client, table });
  await stores.billers.put(aBiller({ apps: { ios: [{ appId: "ABCDE12345.in.example.power" }] } }));
  await stores.bills.save(bill, 0);
  await stores.billers.put({ ...aBiller({ id: "luz", header: "LUZEXM", country: "BR" }), rails });
  await stores.bills.save(brazilian, 0);
  client.destroy();
});
afterAll(() => stop());
afterEach(() => {
  vi.unstubAllEnvs();
});

const link = (header: string, code: string, more: Partial<APIGatewayProxyEvent> = {}) => ({
  resource: "/{header}/{code}",
  pathParameters: { header, code },
  headers: { "User-Agent": phone },
  ...more,
});

describe("open-payment-link", () => {
  it("leaves out a rail whose offer fails, counts it, and logs which of whose", async () => {
    const { answer, lines } = await answered("open-payment-link", link("LUZEXM", brazilian.code));
    expect(answer.statusCode).toBe(200);
    expect(answer.body).toContain("https://portal.example.com/pay");
    expect(answer.body).not.toContain("Pix");
    const event = "open-payment-link.rail-offer-failed";
    expect(lines.filter((line) => line["event"] === event)).toEqual([
      { level: "warn", event, at: expect.any(String), biller: "luz", rail: "pix" },
    ]);
    expect(lines).toContainEqual(expect.objectContaining({ "rail-offer-failed": 1 }));
  });

  it("shows the page and logs one line that an opened page is counted by, with ids only", async () => {
    const request = link("EXPOWR", bill.code, { queryStringParameters: { s7Q: "" } });
    const { answer, lines } = await answered("open-payment-link", request);
    expect(answer.statusCode).toBe(200);
    expect(answer.body).toContain("Electricity, November 2026");
    const told = lines.filter(({ event }) => event === "open-payment-link.link-opened");
    const { biller, billId } = bill;
    expect(told).toEqual([
      {
        level: "info",
        event: "open-payment-link.link-opened",
        at: expect.any(String),
        biller,
        billId,
        by: "human",
        mark: "s7Q",
      },
    ]);
    expect(JSON.stringify(lines)).not.toContain(bill.code);
  });

  it("tells no open where the page asks for its facts again", async () => {
    const headers = { "User-Agent": phone, Accept: "application/json" };
    const { answer, lines } = await answered("open-payment-link", link("EXPOWR", bill.code, { headers }));
    expect(JSON.parse(answer.body)).toMatchObject({ state: "due" });
    expect(lines.map(({ event }) => event)).toEqual(["open-payment-link.answered"]);
  });

  it("answers every link without a bill with the same bytes and headers, and logs no open", async () => {
    const misses = [
      link("EXPOWR", "1AbCdEfGhJkLm"),
      link("NOBODY", bill.code),
      link("EXPOWR", "%2e%2e%2f"),
      link("E".repeat(5_000), "1".repeat(5_000)),
      { resource: "/{header}/{code}", pathParameters: null, headers: { "User-Agent": phone } },
    ];
    const answers = [];
    for (const miss of misses) {
      const { answer, lines } = await answered("open-payment-link", miss);
      expect(lines.map(({ event }) => event)).toEqual(["open-payment-link.answered"]);
      answers.push(answer);
    }
    expect(answers[0]?.statusCode).toBe(404);
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
  });
});

describe("verify-link", () => {
  it("says whose a link is, and logs neither link nor code", async () => {
    const code = `Your bill: https://pay.example.com/EXPOWR/${bill.code}?s7Q`;
    const { answer, lines } = await answered("verify-link", { resource: "/verify", queryStringParameters: { code } });
    expect(answer.statusCode).toBe(200);
    expect(answer.body).toContain("Yes: this link is from Example Power.");
    expect(JSON.stringify(lines)).not.toContain(bill.code);
  });

  it("shows its form to who asks nothing", async () => {
    const { answer } = await answered("verify-link", { resource: "/verify", queryStringParameters: null });
    expect(answer.body).toContain('<form action="/verify"');
    expect(answer.body).not.toContain('role="status"');
  });
});

describe("get-associations", () => {
  it.each([
    ["assetlinks.json", []],
    [
      "apple-app-site-association",
      {
        applinks: {
          details: [
            { appIDs: ["ABCDE12345.in.example.power"], components: [{ "/": "/EXPOWR/*", comment: "bill pages" }] },
          ],
        },
      },
    ],
  ])("answers %s as JSON that may be kept for an hour", async (file, content) => {
    const { answer } = await answered("get-associations", { resource: `/.well-known/${file}` });
    expect(answer).toMatchObject({
      statusCode: 200,
      headers: { "content-type": "application/json", "cache-control": "public, max-age=3600" },
    });
    expect(JSON.parse(answer.body)).toEqual(content);
  });
});
