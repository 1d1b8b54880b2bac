import { Duration } from "aws-cdk-lib";
import { Rule } from "aws-cdk-lib/aws-events";
import { Construct } from "constructs";
import { addSignedRoute } from "./constructs/api-route.ts";
import { QueueWorker } from "./constructs/queue-worker.ts";
import { ServiceFunction } from "./constructs/service-function.ts";
import { defaultBus, toQueue } from "./events.ts";
import { type Foundation, variables } from "./foundation.ts";

/** Bills, bank credits and coupons by file: an upload starts the reading of the whole file, whose good rows are then worked off in ranges. */
export class Imports extends Construct {
  constructor(scope: Construct, foundation: Foundation) {
    super(scope, "Imports");
    const { table, links, channels, bus, bucket, rows } = variables(foundation);
    const { api, importBucket, queues, settings } = foundation;
    const timeout = Duration.seconds(10);
    const environment = { ...table, ...bucket };

    const startImport = new ServiceFunction(this, foundation, { handler: "start-import", timeout, environment });
    addSignedRoute(api, { method: "POST", path: "/v1/billers/{biller}/imports", target: startImport });

    const getImport = new ServiceFunction(this, foundation, { handler: "get-import", timeout, environment });
    addSignedRoute(api, { method: "GET", path: "/v1/billers/{biller}/imports/{import}", target: getImport });

    new Rule(this, "OnUpload", {
      eventBus: defaultBus(this),
      eventPattern: {
        source: ["aws.s3"],
        detailType: ["Object Created"],
        detail: { bucket: { name: [importBucket.bucketName] }, object: { key: [{ prefix: "imports/" }] } },
      },
      targets: [toQueue(queues.get("import-files"))],
    });
    new QueueWorker(this, foundation, {
      handler: "import-file",
      from: "import-files",
      batchSize: 1,
      concurrency: settings.concurrency.imports,
      memoryMegabytes: 1024,
      environment: ({ deadLetters }) => ({ ...table, ...bucket, ...rows, ...deadLetters }),
    });
    new QueueWorker(this, foundation, {
      handler: "import-rows",
      from: "import-rows",
      batchSize: 1,
      concurrency: settings.concurrency.imports,
      environment: ({ deadLetters }) => ({ ...table, ...links, ...channels, ...bus, ...bucket, ...deadLetters }),
    });
  }
}
