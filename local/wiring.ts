import { join } from "node:path";
import { asyncInvocations } from "./async-invocations.ts";
import { buckets } from "./aws/buckets.ts";
import { type Dynamo, startDynamo } from "./aws/dynamodb.ts";
import { type Gateway, gateway } from "./aws/gateway.ts";
import { repairIndexes } from "./aws/index-repair.ts";
import { type ObjectStore, objectStore, type StoredObject } from "./aws/object-store.ts";
import { handleMessaging } from "./aws/phone-and-mail.ts";
import { type Queues, startQueues } from "./aws/queues.ts";
import { type Secrets, secrets as secretsOf } from "./aws/secrets.ts";
import { type BillerAccounts, hasAccount } from "./biller-accounts.ts";
import { type BillerSystem, billerSystem } from "./biller-system.ts";
import { type CarrierSide, carrierSide } from "./carrier-side.ts";
import { type ClockRunner, clockRunner } from "./clock-runner.ts";
import { dueMoments } from "./due-moments.ts";
import { type EventBus, eventBus } from "./event-bus.ts";
import { gatewaySide } from "./gateways/gateway-side.ts";
import type { Gateways } from "./gateways/gateways.ts";
import { logGroups } from "./log-groups.ts";
import type { Parts } from "./parts.ts";
import { queuePoller } from "./queue-poller.ts";
import { type RestApiServer, restApi } from "./rest-api.ts";
import { scheduler } from "./scheduler.ts";
import { storedBills } from "./stored-bills.ts";
import { type Deliver, targetDelivery } from "./target-delivery.ts";

interface Stores {
  readonly dynamo: Dynamo;
  readonly queues: Queues;
  readonly objects: ObjectStore;
  readonly secrets: Secrets;
}

/** Everything of a running laptop, wired together. */
export interface Wired extends Stores, CarrierSide {
  readonly bus: EventBus;
  readonly gateway: Gateway;
  readonly api: RestApiServer;
  readonly accounts: BillerAccounts;
  readonly gateways: Gateways;
  readonly billerSystem: BillerSystem;
  readonly runner: ClockRunner;
  readonly stop: () => Promise<void>;
}

async function openStores({ deployment, stage, clock, agenda, kept, dataDir }: Parts): Promise<Stores> {
  const folder = (name: string): string | undefined => (dataDir === undefined ? undefined : join(dataDir, name));
  const { place } = deployment;
  const tables = folder("dynamodb");
  if (tables !== undefined && !kept.endedWell) await repairIndexes(tables);
  const dynamo = await startDynamo(deployment.tables, tables);
  // The tables' store lets only one process in, so that from here on the folder is ours.
  kept.begin();
  return {
    dynamo,
    queues: await startQueues({
      queues: deployment.queues,
      region: place.region,
      kept: kept.section("queues"),
      delayed: kept.section("delayed"),
      agenda,
      now: clock.now,
    }),
    objects: objectStore(folder("objects")),
    secrets: secretsOf({
      ...{ declared: deployment.secrets, place, stage, kept: kept.section("secrets"), now: clock.now },
      hasAccount: (biller, kind) => hasAccount(kept.section("billers").entries().get(biller), kind),
    }),
  };
}

function startPollers(parts: Parts, queues: Queues): void {
  const { deployment, host, clock, agenda, activity, calls, log } = parts;
  const pollers = deployment.mappings.map((mapping) => {
    const queue = deployment.queues.find(({ arn }) => arn === mapping.queueArn);
    const target = host.find(mapping.functionName);
    if (queue === undefined || target === undefined)
      throw new Error(`${mapping.functionName}: no queue has the ARN ${mapping.queueArn}`);
    const role = deployment.roles.get(target.roleArn) ?? [];
    const region = deployment.place.region;
    return queuePoller({ mapping, queue, role, queues, host, clock, agenda, activity, calls, log, region });
  });
  queues.onMessage((name) => {
    for (const poller of pollers) if (poller.queueName === name) poller.wake();
  });
  // What was kept from the run before lies there already.
  for (const poller of pollers) poller.wake();
}

function tellCreated(bus: EventBus): (object: StoredObject) => void {
  return ({ bucket, key, body, etag, versionId }) => {
    const object = { key, size: body.length, etag: etag.replaceAll('"', ""), "version-id": versionId, sequencer: "0" };
    bus.put({
      bus: "default",
      source: "aws.s3",
      detailType: "Object Created",
      resources: [`arn:aws:s3:::${bucket}`],
      detail: {
        version: "0",
        bucket: { name: bucket },
        object,
        "request-id": "local",
        requester: "local",
        reason: "PutObject",
      },
    });
  };
}

function awsGateway(
  parts: Parts,
  stores: Stores,
  { carriers, bus }: { carriers: CarrierSide["carriers"]; bus: EventBus },
): Gateway {
  const { deployment, clock, host, calls } = parts;
  const s3 = buckets({
    buckets: deployment.buckets,
    objects: stores.objects,
    now: clock.now,
    onCreated: tellCreated(bus),
  });
  return gateway({
    place: deployment.place,
    host,
    roles: deployment.roles,
    calls,
    now: clock.now,
    backends: {
      dynamodb: ({ http }) => stores.dynamo.forward(http),
      sqs: stores.queues.handle,
      events: bus.handle,
      secretsmanager: stores.secrets.handle,
      s3: s3.handle,
      sns: (request) => handleMessaging(carriers, request),
      ses: (request) => handleMessaging(carriers, request),
      "sms-voice": (request) => handleMessaging(carriers, request),
      "social-messaging": (request) => handleMessaging(carriers, request),
    },
  });
}

function delivery(parts: Parts, { queues }: Stores): Deliver {
  const { deployment, host, agenda, activity, clock, calls, log, kept } = parts;
  const queueResources = deployment.queues;
  const invocations = asyncInvocations({
    host,
    queues,
    queueResources,
    roles: deployment.roles,
    agenda,
    activity,
    clock,
    calls,
    log,
    owed: kept.section("invocations"),
  });
  return targetDelivery({
    host,
    queues,
    queueResources,
    invocations,
    calls,
    activity,
    agenda,
    now: clock.now,
    owed: kept.section("deliveries"),
    account: deployment.place.account,
  });
}

/** Starts the emulators and wires everything the stacks say. */
export async function wire(parts: Parts): Promise<Wired> {
  const { deployment, host, clock, calls, log, activity, agenda, reports, kept } = parts;
  const stores = await openStores(parts);
  const deliver = delivery(parts, stores);
  const buses = deployment.buses.map(({ name }) => name);
  const bus = eventBus({ buses, rules: deployment.rules, place: deployment.place, now: clock.now, deliver });
  const api = restApi({ deployment, host, calls, now: clock.now, log });
  const { logSubscriptions: subscriptions, place } = deployment;
  const logs = logGroups({ subscriptions, account: place.account, now: clock.now, deliver });
  host.onLine(({ logGroup }, text) => logs.write(logGroup, text));
  const side = carrierSide(parts, { ...stores, bus, api, logs, deliver });
  const due = dueMoments(stores.dynamo, deployment);
  // What came due while the laptop was down is looked for at once.
  const schedules = scheduler(deployment.schedules, deployment.roles, { now: kept.found ? 0 : clock.now(), deliver });
  startPollers(parts, stores.queues);
  return {
    ...stores,
    ...side,
    bus,
    api,
    gateway: awsGateway(parts, stores, { carriers: side.carriers, bus }),
    gateways: gatewaySide(parts, { secrets: stores.secrets, api, accounts: side.accounts }),
    billerSystem: billerSystem({
      bills: storedBills(stores.dynamo, deployment.tables[0]?.name ?? "", clock.now),
      settings: side.accounts.settings,
      secrets: stores.secrets,
      now: clock.now,
    }),
    runner: clockRunner({ clock, activity, scheduler: schedules, agenda, reports, due }),
    stop: async () => {
      await stores.queues.stop();
      await stores.dynamo.stop();
    },
  };
}
