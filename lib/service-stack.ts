import { type App, CfnOutput, Stack, type StackProps } from "aws-cdk-lib";
import { EventBus } from "aws-cdk-lib/aws-events";
import { Api } from "./api.ts";
import { BillerEvents } from "./biller-events.ts";
import { Bills } from "./bills.ts";
import { Checkouts } from "./checkouts.ts";
import type { StageSettings } from "./config.ts";
import type { DataStack } from "./data-stack.ts";
import { DeliveryReceipts } from "./delivery-receipts.ts";
import type { Foundation } from "./foundation.ts";
import { Imports } from "./imports.ts";
import { Monitoring } from "./monitoring.ts";
import { Notifications } from "./notifications.ts";
import { Offers } from "./offers.ts";
import { PaymentLinks } from "./payment-links.ts";
import { Payments } from "./payments.ts";
import { Proposals } from "./proposals.ts";
import { Queues } from "./queues.ts";
import { Receipts } from "./receipts.ts";
import { Reconciliations } from "./reconciliation.ts";
import { Reminders } from "./reminders.ts";
import { Suppressions } from "./suppressions.ts";

/** The stage's settings, its data, and whether functions are bundled. */
export interface ServiceStackProps extends StackProps {
  readonly settings: StageSettings;
  readonly data: DataStack;
  readonly bundle: boolean;
}

/** Everything that can be thrown away and deployed again: the features, on one bus, one API and the data stack. */
export class ServiceStack extends Stack {
  constructor(app: App, { settings, data, bundle, ...props }: ServiceStackProps) {
    super(app, `DuebellService-${settings.stage}`, props);
    const monitoring = new Monitoring(this, settings);
    const bus = new EventBus(this, "Bus", { eventBusName: `duebell-${settings.stage}` });
    const api = new Api(this, settings).rest;
    const queues = new Queues(this, monitoring);
    const { table, importBucket, importBucketArn, linkKeys } = data;
    const foundation: Foundation = {
      ...{ settings, table, importBucket, importBucketArn, linkKeys },
      ...{ bus, api, queues, alarms: monitoring, bundle },
    };

    new Bills(this, foundation);
    new Imports(this, foundation);
    new Reminders(this, foundation);
    new Notifications(this, foundation);
    new DeliveryReceipts(this, foundation);
    new Suppressions(this, foundation);
    new Offers(this, foundation);
    new PaymentLinks(this, foundation);
    new Payments(this, foundation);
    new Receipts(this, foundation);
    new Proposals(this, foundation);
    new Reconciliations(this, foundation);
    new Checkouts(this, foundation);
    new BillerEvents(this, foundation);

    monitoring.watchApi(api);
    new CfnOutput(this, "BusName", { value: bus.eventBusName });
  }
}
