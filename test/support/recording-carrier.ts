import type { Message } from "../../functions/domain/message.ts";
import type { Carrier, SendResult } from "../../functions/ports.ts";

/**
 * How the carrier answers one message. `silent` accepts it and never answers: the call ends with its signal, as unknown; an error is
 * thrown, as if the Lambda had died in the call; a function decides by the message.
 */
export type ScriptedAnswer = SendResult | "silent" | Error | ((message: Message) => SendResult | Promise<SendResult>);

/** A carrier that keeps what it was given. */
export type RecordingCarrier = Carrier & {
  /** Every call, in order, whatever was answered. */
  readonly sent: readonly Message[];
  /** What a real carrier would deliver: the calls answered with an acceptance, and those that were accepted in silence. */
  readonly accepted: readonly Message[];
  /** Says how the next calls are answered, one each; after them every message is accepted again. */
  answerWith(...answers: readonly ScriptedAnswer[]): void;
};

const untilAborted = (signal: AbortSignal): Promise<SendResult> =>
  new Promise((resolve) => {
    const end = () => resolve({ outcome: "unknown", reason: "timed-out" });
    if (signal.aborted) end();
    else signal.addEventListener("abort", end, { once: true });
  });

/** A carrier that accepts everything as `provider-1`, `provider-2` and so on, unless told otherwise. */
export function recordingCarrier(...script: readonly ScriptedAnswer[]): RecordingCarrier {
  const answers: ScriptedAnswer[] = [...script];
  const sent: Message[] = [];
  const accepted: Message[] = [];
  return {
    sent,
    accepted,
    answerWith: (...more) => void answers.push(...more),
    async send(message, signal) {
      sent.push(message);
      const answer = answers.shift() ?? { outcome: "accepted", providerReference: `provider-${sent.length}` };
      if (answer instanceof Error) throw answer;
      if (answer === "silent") {
        accepted.push(message);
        return untilAborted(signal);
      }
      const result = typeof answer === "function" ? await answer(message) : answer;
      if (result.outcome === "accepted") accepted.push(message);
      return result;
    },
  };
}
