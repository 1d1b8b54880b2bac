import { type App, CfnOutput, Duration, RemovalPolicy, Stack, type StackProps } from "aws-cdk-lib";
import { AttributeType, BillingMode, ProjectionType, Table, TableEncryption } from "aws-cdk-lib/aws-dynamodb";
import { BlockPublicAccess, Bucket, BucketEncryption, type CfnBucket, ObjectOwnership } from "aws-cdk-lib/aws-s3";
import { Secret } from "aws-cdk-lib/aws-secretsmanager";
import { acknowledge } from "./acknowledgements.ts";
import type { StageSettings } from "./config.ts";

const webhookRetentionDays = 30;

/** What must survive every deployment: the table, the import bucket and the link keys, protected as the stage asks. */
export class DataStack extends Stack {
  readonly table: Table;
  readonly importBucket: Bucket;
  /** The bucket's ARN as another stack imports it. */
  readonly importBucketArn: string;
  readonly linkKeys: Secret;

  constructor(app: App, settings: StageSettings, props: StackProps) {
    super(app, `DuebellData-${settings.stage}`, { ...props, terminationProtection: settings.protectData });
    this.table = this.#table(settings);
    this.importBucket = this.#importBucket(settings);
    this.importBucketArn = this.exportValue(this.importBucket.bucketArn);
    this.linkKeys = this.#linkKeys(settings);
    new CfnOutput(this, "TableName", { value: this.table.tableName });
    new CfnOutput(this, "ImportBucketName", { value: this.importBucket.bucketName });
    new CfnOutput(this, "LinkKeysSecretName", { value: `duebell/${settings.stage}/link-keys` });
  }

  #table(settings: StageSettings): Table {
    const table = new Table(this, "Table", {
      partitionKey: { name: "pk", type: AttributeType.STRING },
      sortKey: { name: "sk", type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      // What is only looked at for some days: references of SMS, caps, spend. Nothing that anybody waits for.
      timeToLiveAttribute: "ttl",
      encryption: TableEncryption.AWS_MANAGED,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: settings.protectData,
      removalPolicy: removalPolicy(settings),
    });
    table.addGlobalSecondaryIndex({
      indexName: "due",
      partitionKey: { name: "lane", type: AttributeType.STRING },
      sortKey: { name: "due", type: AttributeType.STRING },
      projectionType: ProjectionType.KEYS_ONLY,
    });
    return table;
  }

  #importBucket(settings: StageSettings): Bucket {
    const bucket = new Bucket(this, "ImportBucket", {
      versioned: true,
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      removalPolicy: removalPolicy(settings),
      lifecycleRules: [
        {
          expiration: Duration.days(settings.importRetentionDays),
          noncurrentVersionExpiration: Duration.days(settings.importRetentionDays),
          abortIncompleteMultipartUploadAfter: Duration.days(1),
        },
        { expiredObjectDeleteMarker: true },
        // Bodies of webhooks: as long as operators may want to look, whatever uploads are kept for.
        {
          prefix: "webhooks/",
          expiration: Duration.days(webhookRetentionDays),
          noncurrentVersionExpiration: Duration.days(1),
        },
      ],
    });
    // The construct's own switch for this adds a custom resource; the plain property does the same.
    (bucket.node.defaultChild as CfnBucket).notificationConfiguration = {
      eventBridgeConfiguration: { eventBridgeEnabled: true },
    };
    acknowledge(
      bucket,
      "AwsSolutions-S1",
      "Server access logs write the request line, and ours holds the signature of a live upload URL, a secret.",
    );
    return bucket;
  }

  #linkKeys(settings: StageSettings): Secret {
    const secret = new Secret(this, "LinkKeys", {
      secretName: `duebell/${settings.stage}/link-keys`,
      description: "Keys of the payment links' codes: only ever added to, never replaced.",
      generateSecretString: {
        secretStringTemplate: JSON.stringify({ id: "1", activeFrom: "1970-01-01T00:00:00Z" }),
        generateStringKey: "key",
        passwordLength: 64,
        excludePunctuation: true,
      },
      removalPolicy: removalPolicy(settings),
    });
    acknowledge(
      secret,
      "AwsSolutions-SMG4",
      "A rotated key would end every payment link already sent; keys are only added, by hand, as the runbook says.",
    );
    return secret;
  }
}

function removalPolicy(settings: StageSettings): RemovalPolicy {
  return settings.protectData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY;
}
