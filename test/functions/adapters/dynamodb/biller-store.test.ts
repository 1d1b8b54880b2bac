import { describe, expect, it } from "vitest";
import { dynamoBillerStore } from "../../../../functions/adapters/dynamodb/biller-store.ts";
import { aBiller } from "../../../support/builders.ts";
import { billerStoreContract } from "../../../support/contracts/biller-store-contract.ts";
import { databases, type TestTable, tablesOf } from "../../../support/dynamodb.ts";
import { dynamoStores } from "../../../support/dynamodb-stores.ts";
import { controlledClock } from "../../../support/memory-clock.ts";

/** A store whose client counts what it is asked. */
function watched({ client, table }: TestTable) {
  const asked: unknown[] = [];
  const counting = new Proxy(client, {
    get: (target, name) => {
      if (name !== "send") return Reflect.get(target, name);
      return (command: { readonly input: unknown }) => {
        asked.push(command.input);
        return target.send(command as Parameters<typeof client.send>[0]);
      };
    },
  });
  const clock = controlledClock();
  return { clock, asked, billers: dynamoBillerStore({ client: counting, table, clock }) };
}

describe.each(databases)("dynamoBillerStore on $name", (database) => {
  const table = tablesOf(database);
  billerStoreContract(async () => dynamoStores(await table()));

  it("asks whose a header is once a minute, also where it is nobody's", async () => {
    const place = await table();
    await dynamoStores(place).billers.put(aBiller());
    const { billers, asked, clock } = watched(place);
    for (const header of ["EXPOWR", "NOBODY", "EXPOWR", "NOBODY"]) await billers.findByHeader(header);
    expect(asked).toHaveLength(2);
    clock.advance(60_000);
    for (const header of ["EXPOWR", "NOBODY"]) await billers.findByHeader(header);
    expect(asked).toHaveLength(4);
  });

  it("looks all that is no header up under one name, which nobody can have", async () => {
    const { billers, asked } = watched(await table());
    for (const header of ["", "x".repeat(9_000), "expowr", "../..", "EXPOWR#OWNER"]) await billers.findByHeader(header);
    expect(asked).toMatchObject([{ Key: { pk: { S: "HEADER#-" } } }]);
  });

  it("finds the billers' apps by one query a minute", async () => {
    const { billers, asked, clock } = watched(await table());
    await billers.findWithApps();
    await billers.findWithApps();
    expect(asked).toHaveLength(1);
    clock.advance(60_000);
    await billers.findWithApps();
    expect(asked).toHaveLength(2);
  });
});
