import { DeleteItemCommand, GetItemCommand, PutItemCommand } from "@aws-sdk/client-dynamodb";
import type { BillerId } from "../../domain/ids.ts";
import { isSettled, type Proposal, type ProposalId } from "../../domain/proposal.ts";
import type { ProposalStore } from "../../money-ports.ts";
import { type Key, proposalKey, proposalPrefixes } from "./keys.ts";
import { takeStarting } from "./starting.ts";
import { asked, askedUnlessRefused, fromItem, inVersion, type Place, toItem } from "./table.ts";

type Among = keyof typeof proposalPrefixes;

/** A proposal as the table keeps it; biller and id are in its key. */
type ProposalRow = Key & Omit<Proposal, "id" | "biller" | "version"> & { readonly b: BillerId; readonly v: number };

/**
 * Proposals in DynamoDB, in the partition of their biller, apart when they are decided, so that the list of the open ones stays short.
 * A decision is one conditional write on the open one. Once it is carried out the proposal is moved, and what a crash leaves behind is
 * listed no more.
 */
export function dynamoProposalStore(place: Place): ProposalStore {
  const { client, table } = place;
  async function read(biller: BillerId, id: ProposalId, among: Among): Promise<Proposal | undefined> {
    const key = proposalKey(biller, id, among);
    const command = new GetItemCommand({ TableName: table, Key: toItem(key), ConsistentRead: true });
    const { Item: item } = await asked("reading a proposal", client.send(command));
    return item && decode(fromItem<ProposalRow>(item));
  }
  async function write(proposal: Proposal, among: Among, readVersion: number): Promise<boolean> {
    const row = { ...proposalKey(proposal.biller, proposal.id, among), ...encode(proposal) };
    const command = new PutItemCommand({ TableName: table, Item: toItem(row), ...inVersion(readVersion) });
    return (await askedUnlessRefused("keeping a proposal", client.send(command))) !== undefined;
  }
  async function removeOpen(biller: BillerId, id: ProposalId): Promise<void> {
    const key = proposalKey(biller, id, "open");
    await asked("moving a proposal", client.send(new DeleteItemCommand({ TableName: table, Key: toItem(key) })));
  }
  return {
    async add(proposal) {
      const { biller, id } = proposal;
      if (await read(biller, id, "decided")) return;
      if (!(await write(proposal, "open", 0))) return;
      // It may have been decided, and moved, between the two calls above.
      if (await read(biller, id, "decided")) await removeOpen(biller, id);
    },
    // One that is in neither place may have been moved between the first two looks.
    get: async (biller, id) =>
      (await read(biller, id, "decided")) ?? (await read(biller, id, "open")) ?? (await read(biller, id, "decided")),
    async save(proposal, readVersion) {
      const { biller, id } = proposal;
      if (readVersion > 0 && (await read(biller, id, "decided"))) return await write(proposal, "decided", readVersion);
      if (!(await write(proposal, "open", readVersion))) return false;
      const isMoved = isSettled(proposal) && (await write(proposal, "decided", 0));
      // What is there already was decided by others before this open one was added anew.
      const isFirst = isMoved || (await read(biller, id, "decided")) === undefined;
      if (isMoved || !isFirst) await removeOpen(biller, id);
      return isFirst;
    },
    async find(biller, range) {
      const start = { pk: `BILLER#${biller}`, sk: proposalPrefixes.open };
      const wanted = (row: Key & Pick<Proposal, "decided">): boolean => !isSettled(row);
      const items = await takeStarting(place, start, { ...range, wanted });
      return items.map((item) => decode(fromItem<ProposalRow>(item)));
    },
  };
}

const encode = ({ id: _id, biller, version, ...rest }: Proposal): Omit<ProposalRow, "pk" | "sk"> => ({
  ...rest,
  b: biller,
  v: version,
});

function decode({ pk: _pk, sk, b, v, ...rest }: ProposalRow): Proposal {
  return { ...rest, id: sk.slice(sk.indexOf("#") + 1) as ProposalId, biller: b, version: v };
}
