import type { APIGatewayProxyEvent, Context, SQSEvent } from "aws-lambda";
import { vi } from "vitest";

/** What Lambda tells a handler about its run: thirty seconds are left. */
export const aContext = {
  awsRequestId: "request-1",
  getRemainingTimeInMillis: () => 30_000,
} as Context;

/** A request as API Gateway's proxy integration hands it over. */
export const aRequest = (overrides: Partial<APIGatewayProxyEvent> = {}): APIGatewayProxyEvent =>
  ({
    httpMethod: "PUT",
    resource: "/v1/billers/{biller}/bills/{bill}",
    path: "/v1/billers/example-power/bills/EP-1",
    pathParameters: { biller: "example-power", bill: "EP-1" },
    queryStringParameters: null,
    headers: { "Content-Type": "application/json" },
    body: "{}",
    isBase64Encoded: false,
    ...overrides,
  }) as APIGatewayProxyEvent;

/** A batch of SQS messages with these bodies, named `message-1` and so on, received for the first time. */
export const aBatch = (...bodies: readonly string[]): SQSEvent =>
  ({
    Records: bodies.map((body, n) => ({
      messageId: `message-${n + 1}`,
      body,
      attributes: { ApproximateReceiveCount: "1" },
    })),
  }) as SQSEvent;

/** What a run wrote to standard output, where log lines go: each one a JSON object. */
export async function logOf(run: () => Promise<unknown>): Promise<readonly Record<string, unknown>[]> {
  const lines: string[] = [];
  const spy = vi.spyOn(process.stdout, "write").mockImplementation((chunk) => {
    lines.push(String(chunk));
    return true;
  });
  try {
    await run();
  } finally {
    spy.mockRestore();
  }
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
}
