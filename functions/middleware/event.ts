import middy from "@middy/core";
import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context, EventBridgeEvent } from "aws-lambda";
import { type HttpRequest, type HttpResponse, httpHandler } from "./http.ts";
import { errorIds, log } from "./log.ts";

type BusEvent = EventBridgeEvent<string, unknown>;

/** The shape of a behavior reached by the API and by the bus: one Lambda that takes both. A bus event that fails is retried, then dead-lettered. */
export function httpOrEventHandler(shapes: {
  readonly http: (request: HttpRequest, context: Context) => Promise<HttpResponse>;
  readonly event: (detail: unknown) => Promise<unknown>;
}) {
  const http = httpHandler(shapes.http);
  return middy<APIGatewayProxyEvent | BusEvent, APIGatewayProxyResult | undefined>(
    async (event: APIGatewayProxyEvent | BusEvent, context: Context) => {
      if ("httpMethod" in event) return await http(event, context);
      try {
        await shapes.event(event.detail);
        log("info", "taken", { type: event["detail-type"], event: event.id });
        return undefined;
      } catch (error) {
        log("error", "refused", { type: event["detail-type"], event: event.id, ...errorIds(error) });
        throw error;
      }
    },
  );
}
