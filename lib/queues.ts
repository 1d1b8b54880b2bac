import { Duration } from "aws-cdk-lib";
import { Queue, QueueEncryption } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import { acknowledge } from "./acknowledgements.ts";
import { type AlarmBoard, alarmOnDeadLetters, pascalCase, type Sentence } from "./constructs/service-alarm.ts";

/** One work queue: how long its Lambda may take, how often it may try, and what is at stake when its messages end as dead letters. */
interface WorkQueueFacts {
  readonly workSeconds: number;
  readonly receives: number;
  readonly impact: Sentence;
  readonly remedy: Sentence;
}

/** A send waits up to 2.5 s for its slot (5 s for its share of the index), calls for up to 15 s and keeps 4 s for the record; the rest is for reading, caps and the claim. */
const sendSeconds = 30;

/** Every work queue of the service; each has a dead-letter queue and an alarm on it. */
export const workQueues = {
  sms: {
    workSeconds: sendSeconds,
    receives: 5,
    impact: "Reminders or receipts due by SMS are not going out and are not recorded as non-sends.",
    remedy:
      "Read the error in the log of send-notification-sms, then redrive: what was sent already is not sent again.",
  },
  email: {
    workSeconds: sendSeconds,
    receives: 5,
    impact: "Reminders or receipts due by e-mail are not going out and are not recorded as non-sends.",
    remedy:
      "Read the error in the log of send-notification-email, then redrive: what was sent already is not sent again.",
  },
  whatsapp: {
    workSeconds: sendSeconds,
    receives: 5,
    impact: "Reminders or receipts due by WhatsApp are not going out and are not recorded as non-sends.",
    remedy:
      "Read the error in the log of send-notification-whatsapp, then redrive: what was sent already is not sent again.",
  },
  "import-files": {
    workSeconds: 900,
    receives: 5,
    impact: "An uploaded file was not read, so none of its bills, credits or coupon codes is taken.",
    remedy: "Read the error in the log of import-file, then redrive, or ask the biller to upload the file again.",
  },
  "import-rows": {
    workSeconds: 300,
    receives: 5,
    impact:
      "Some good rows of a file are not taken: bills not told of, credits not counted (customers who paid are reminded).",
    remedy: "Read the error in the log of import-rows, then redrive: rows taken already change nothing.",
  },
  deliveries: {
    workSeconds: 30,
    // Three minutes apart, so that the log of an SMS finds the record of its message within a quarter of an hour.
    receives: 6,
    impact: "Delivery receipts are lost, so later hops may go to customers whom a message has already reached.",
    remedy:
      "Read the error in the log of record-delivery, then redrive: receipts may come late, twice or in any order.",
  },
  payments: {
    workSeconds: 30,
    receives: 5,
    impact: "Money arrived that is on no bill: customers who paid are still reminded and get no receipt.",
    remedy:
      "Redrive at once after reading the error in the log of record-payment: a payment counts once however often it comes.",
  },
  "look-ups": {
    workSeconds: 30,
    receives: 6,
    impact: "A gateway told of money that could not be confirmed there: customers who paid may still be reminded.",
    remedy:
      "Read the error in the log of look-up-payment, then redrive; the daily reconciliation finds what stays behind.",
  },
  reconciliations: {
    workSeconds: 300,
    receives: 4,
    impact: "A day at a gateway was not compared with what is held here: payments that were missed stay missed.",
    remedy: "Read the error in the log of reconcile-payments, then redrive: a day may be compared any number of times.",
  },
  checkouts: {
    workSeconds: 30,
    receives: 5,
    impact: "Checkouts of bills that are settled stay open at their gateways: some customers may pay twice.",
    remedy: "Read the error in the log of end-checkouts, then redrive; checkouts also end by themselves.",
  },
  "biller-events": {
    workSeconds: 30,
    // Backing off from seconds to half a day, for three to four days; see post-event.
    receives: 14,
    impact: "A biller's own system does not take its events: it does not learn of payments.",
    remedy:
      "Find biller and reason in the log of post-event, settle it with the biller, then redrive: the event id tells repeats apart.",
  },
  "desk-events": {
    workSeconds: 30,
    receives: 5,
    impact: "The people at a biller are not told by e-mail of money that needs a look.",
    remedy: "Read the error in the log of tell-desk, then redrive; the proposals of the biller list the same.",
  },
} as const satisfies Record<string, WorkQueueFacts>;

/** The name of a work queue. */
export type QueueName = keyof typeof workQueues;

/** A queue with what its worker needs to know. */
export interface WorkQueue {
  readonly name: QueueName;
  readonly queue: Queue;
  readonly deadLetters: Queue;
  /** Time-out of the worker; the queue hides a message for six times as long. */
  readonly workTime: Duration;
  /** How often the queue hands a message out before it is a dead letter. */
  readonly receives: number;
}

/** All work queues, made before the features so that each can send to any. */
export class Queues extends Construct {
  readonly #queues: ReadonlyMap<QueueName, WorkQueue>;

  constructor(scope: Construct, board: AlarmBoard) {
    super(scope, "Queues");
    const names = Object.keys(workQueues) as QueueName[];
    this.#queues = new Map(names.map((name) => [name, this.#make(name, board)]));
  }

  /** The work queue called `name`. */
  get(name: QueueName): WorkQueue {
    const found = this.#queues.get(name);
    if (found === undefined) throw new Error(`There is no work queue "${name}"`);
    return found;
  }

  #make(name: QueueName, board: AlarmBoard): WorkQueue {
    const { workSeconds, receives, impact, remedy } = workQueues[name];
    const deadLetters = deadLetterQueue(this, `${pascalCase(name)}DeadLetters`);
    const queue = new Queue(this, pascalCase(name), {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      visibilityTimeout: Duration.seconds(6 * workSeconds),
      retentionPeriod: Duration.days(14),
      deadLetterQueue: { queue: deadLetters, maxReceiveCount: receives },
    });
    alarmOnDeadLetters(deadLetters, board, { name: `${name}-dead-letters`, impact, remedy });
    return { name, queue, deadLetters, workTime: Duration.seconds(workSeconds), receives };
  }
}

/** An encrypted queue that keeps what failed for two weeks, the longest SQS allows. */
export function deadLetterQueue(scope: Construct, id: string): Queue {
  const queue = new Queue(scope, id, {
    encryption: QueueEncryption.SQS_MANAGED,
    enforceSSL: true,
    retentionPeriod: Duration.days(14),
  });
  acknowledge(
    queue,
    "Serverless-SQSRedrivePolicy",
    "It is itself where failed messages end, with an alarm on the first.",
  );
  return queue;
}
