import { describe, expect, it } from "vitest";
import { synthesized } from "./synthesized.ts";

const prod = synthesized("prod");

function only(type: string) {
  const found = prod.data.filter((resource) => resource.Type === type);
  expect(found).toHaveLength(1);
  return found[0];
}

describe("the data stack", () => {
  it("keeps its stateful resources under the logical ids they were deployed with: another id is another, empty resource", () => {
    const stateful = prod.data
      .filter((resource) => resource.DeletionPolicy !== undefined)
      .map((resource) => resource.id);
    expect(stateful.sort()).toEqual(["ImportBucketBAF3A8E9", "LinkKeys5F500E84", "TableCD117FA1"]);
  });

  it("keeps data when the stack goes, and refuses to delete the table", () => {
    for (const type of ["AWS::DynamoDB::Table", "AWS::S3::Bucket", "AWS::SecretsManager::Secret"]) {
      expect(only(type)?.DeletionPolicy).toBe("Retain");
    }
    expect(only("AWS::DynamoDB::Table")?.Properties).toMatchObject({ DeletionProtectionEnabled: true });
  });

  it("has one table, encrypted and restorable to any second, with the due index holding keys only", () => {
    expect(only("AWS::DynamoDB::Table")?.Properties).toMatchObject({
      BillingMode: "PAY_PER_REQUEST",
      KeySchema: [
        { AttributeName: "pk", KeyType: "HASH" },
        { AttributeName: "sk", KeyType: "RANGE" },
      ],
      GlobalSecondaryIndexes: [
        {
          IndexName: "due",
          KeySchema: [
            { AttributeName: "lane", KeyType: "HASH" },
            { AttributeName: "due", KeyType: "RANGE" },
          ],
          Projection: { ProjectionType: "KEYS_ONLY" },
        },
      ],
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      SSESpecification: { SSEEnabled: true },
    });
  });

  it("has an import bucket that is private, versioned and encrypted, tells the default bus, and forgets files", () => {
    expect(only("AWS::S3::Bucket")?.Properties).toMatchObject({
      VersioningConfiguration: { Status: "Enabled" },
      NotificationConfiguration: { EventBridgeConfiguration: { EventBridgeEnabled: true } },
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" } }],
      },
      LifecycleConfiguration: {
        Rules: [
          { ExpirationInDays: 30, NoncurrentVersionExpiration: { NoncurrentDays: 30 } },
          {},
          { Prefix: "webhooks/", ExpirationInDays: 30, NoncurrentVersionExpiration: { NoncurrentDays: 1 } },
        ],
      },
    });
    expect(JSON.stringify(only("AWS::S3::BucketPolicy")?.Properties)).toContain(
      '{"Bool":{"aws:SecureTransport":"false"}},"Effect":"Deny"',
    );
  });

  it("generates the first link key exactly as it always did: other parameters would replace the key, and end every link", () => {
    expect(only("AWS::SecretsManager::Secret")?.Properties).toMatchObject({
      Name: "duebell/prod/link-keys",
      GenerateSecretString: {
        ExcludePunctuation: true,
        GenerateStringKey: "key",
        PasswordLength: 64,
        SecretStringTemplate: '{"id":"1","activeFrom":"1970-01-01T00:00:00Z"}',
      },
    });
  });
});
