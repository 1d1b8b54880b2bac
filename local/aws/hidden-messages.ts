import type { JsonObject } from "../json.ts";
import { awsError } from "./errors.ts";
import { type HttpAnswer, jsonAnswer } from "./http-message.ts";

/** `ChangeMessageVisibility` in virtual time: until when received messages are hidden at their function's own wish. */
export interface HiddenMessages {
  /** Answers the call for a queue that exists; undefined for every other call. */
  readonly take: (action: string, input: JsonObject) => HttpAnswer | undefined;
  /** Until when a message is hidden, in milliseconds since 1970; undefined where nobody asked. Asked once: the receipt handle ends with it. */
  readonly until: (receiptHandle: string) => number | undefined;
}

/** API reference, `ChangeMessageVisibility`. */
const longestSeconds = 43_200;

const type = "application/x-amz-json-1.0";

/** What functions asked for; the poller, which alone ends visibility, goes by it. */
export function hiddenMessages(now: () => number): HiddenMessages {
  const wishes = new Map<string, number>();
  return {
    take: (action, { ReceiptHandle, VisibilityTimeout }) => {
      if (action !== "ChangeMessageVisibility") return undefined;
      if (typeof ReceiptHandle !== "string" || ReceiptHandle === "")
        return awsError("sqs", { code: "ReceiptHandleIsInvalid", status: 400, message: "It is no receipt handle." });
      const seconds = Number(VisibilityTimeout);
      if (!Number.isInteger(seconds) || seconds < 0 || seconds > longestSeconds) {
        const message = `Value ${String(VisibilityTimeout)} for parameter VisibilityTimeout is invalid. Reason: Must be between 0 and ${longestSeconds}, if provided.`;
        return awsError("sqs", { code: "InvalidParameterValue", status: 400, message });
      }
      wishes.set(ReceiptHandle, now() + seconds * 1000);
      return jsonAnswer(200, {}, type);
    },
    until: (receiptHandle) => {
      const until = wishes.get(receiptHandle);
      wishes.delete(receiptHandle);
      return until;
    },
  };
}
