import { ResponseType, type RestApi } from "aws-cdk-lib/aws-apigateway";

/** API Gateway's own refusals in the words of ours: problem details; a path without a route is as unknown as a link without a bill. */
export function answerInProblems(rest: RestApi): void {
  const problem = (status: string, code: string, title: string, detail: string) => ({
    statusCode: status,
    templates: {
      "application/json": JSON.stringify({ type: "about:blank", title, status: Number(status), detail, code }),
    },
    responseHeaders: { "Content-Type": "'application/problem+json'", "Cache-Control": "'no-store'" },
  });
  const answers = {
    MissingRoute: [
      ResponseType.MISSING_AUTHENTICATION_TOKEN,
      problem("404", "not-found", "Not Found", "There is nothing here."),
    ],
    AccessDenied: [ResponseType.ACCESS_DENIED, problem("403", "forbidden", "Forbidden", "The caller may not do this.")],
    Throttled: [
      ResponseType.THROTTLED,
      problem("429", "too-many-requests", "Too Many Requests", "Slow down and try again."),
    ],
    TooLarge: [
      ResponseType.REQUEST_TOO_LARGE,
      problem("413", "too-large", "Content Too Large", "The body is too large."),
    ],
    Unavailable: [ResponseType.DEFAULT_5XX, problem("503", "unavailable", "Service Unavailable", "Try again later.")],
  } as const;
  for (const [id, [type, answer]] of Object.entries(answers)) rest.addGatewayResponse(id, { type, ...answer });
}
