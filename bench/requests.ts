import { SQSClient } from "@aws-sdk/client-sqs";
import { sesEmailSender } from "../functions/adapters/ses/email-sender.ts";
import { snsSmsSender } from "../functions/adapters/sns/sms-sender.ts";
import { sqsDueQueues } from "../functions/adapters/sqs/due-queues.ts";
import type { Channel } from "../functions/domain/ids.ts";
import type { DueMessage } from "../functions/messages.ts";
import type { Benchmark, Result } from "./benchmark.ts";
import { acceptingCarrier, billIn, billWorld } from "./bill-world.ts";
import { countedTable } from "./counted-table.ts";
import { exampleBiller, exampleBills } from "./example-data.ts";
import { someDynamo } from "./local-table.ts";
import { type StubAws, startStubAws } from "./stub-aws.ts";

/** SQS hands a Lambda at most ten messages at a time here (lib/notifications.ts). */
const batch = 10;
/** What the event source mapping asks of SQS for one batch: a receive and a delete. */
const pollerRequests = 2;
const target = 4.5;
/** What each channel takes today: lowered when it takes less, never raised. */
const ceilings: Readonly<Record<Channel, number>> = { whatsapp: 4.3, email: 5.3, sms: 6.3 };

/** Requests per notification of one full batch, by where they go. */
type Counted = { readonly dynamo: number; readonly carrier: number; readonly queue: number };

async function oneBatch(channel: Channel, stub: StubAws, endpoint: string): Promise<Counted> {
  const connection = {
    endpoint: stub.endpoint,
    region: "ap-south-1",
    credentials: { accessKeyId: "bench", secretAccessKey: "bench" },
  };
  const timeoutMs = 5_000;
  const queues = sqsDueQueues({
    urls: { sms: stub.endpoint, email: stub.endpoint, whatsapp: stub.endpoint },
    client: new SQSClient({ ...connection, md5: false }),
  });
  const queued: DueMessage[] = [];
  const table = await countedTable(endpoint);
  const world = await billWorld(table, exampleBiller(channel), {
    carriers: {
      sms: snsSmsSender({ timeoutMs, connection }),
      email: sesEmailSender({ configurationSet: "bench", timeoutMs, connection }),
      whatsapp: acceptingCarrier(),
    },
    dueQueues: {
      async send(messages) {
        queued.push(...messages);
        await queues.send(messages);
      },
    },
  });
  const given = exampleBills()
    .filter(({ bill: { customer } }) => customer.addresses[channel] !== undefined)
    .slice(0, batch);
  const bills = [];
  for (const each of given) bills.push(await billIn(world, each));
  for (const bill of bills) await bill.nextDue();
  await bills[0]?.sweep();
  table.take();
  const { sqs } = stub.take();
  const outcomes = await Promise.all(queued.map((message) => world.send(message)));
  if (outcomes.length !== batch || outcomes.some((outcome) => outcome !== "accepted")) {
    throw new Error(`The batch ended as ${outcomes.join(", ")}`);
  }
  const sent = stub.take();
  return {
    dynamo: table.take().requests / batch,
    carrier: (sent.sns + sent.ses) / batch,
    queue: (sqs + pollerRequests) / batch,
  };
}

async function run(): Promise<Result> {
  const [stub, dynamo] = await Promise.all([startStubAws(), someDynamo()]);
  try {
    const rows: (string | number)[][] = [];
    const breaches: string[] = [];
    for (const channel of ["whatsapp", "email", "sms"] as const) {
      const { dynamo: table, carrier, queue } = await oneBatch(channel, stub, dynamo.endpoint);
      const sum = table + carrier + queue;
      const ceiling = ceilings[channel];
      if (sum > ceiling + 0.001)
        breaches.push(`${channel}: ${sum.toFixed(1)} requests, at most ${ceiling.toFixed(1)}.`);
      const above = Math.max(0, sum - target).toFixed(1);
      rows.push([channel, table, carrier, queue, sum.toFixed(1), target.toFixed(1), above, ceiling.toFixed(1)]);
    }
    return {
      tables: [
        {
          title: `Requests to AWS per notification, in a batch of ${batch}`,
          columns: ["channel", "DynamoDB", "carrier", "SQS", "sum", "to reach", "too many", "ceiling"],
          rows,
        },
      ],
      remarks: [
        "WhatsApp's carrier is not AWS: its one call is not counted. SMS takes one write more, to find the notification by SNS's own id.",
        "SQS is the send, the receive and the delete of ten messages; the receive and the delete are made by Lambda and are taken as one each.",
        "Bill and suppression are two reads: the suppression's key holds a hash of the address, which only the bill tells. Reading the suppressions of a whole batch at once would take 0.9 off.",
        "Not counted, since they do not grow with the messages: the sweep (3 requests per lane and minute), the biller's settings (once a minute per container), the link keys (every five minutes per container).",
      ],
      breaches,
    };
  } finally {
    await Promise.all([stub.stop(), dynamo.stop()]);
  }
}

/** Requests to AWS for one notification. */
export const requests: Benchmark = {
  name: "requests",
  title: "AWS requests per notification",
  method: [
    `${batch} bills due in the same minute are swept, queued and sent by the use cases over the real adapters; DynamoDB is AWS's DynamoDB Local where DYNAMODB_LOCAL_URL names one, else dynalite; SQS, SNS and SES are answered by a server that counts.`,
    "Each bill has one hop and a step behind it.",
  ],
  run,
};
