import { GetItemCommand, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { providerError } from "../../domain/errors.ts";
import type { CouponPool, CustomerOffer } from "../../money-ports.ts";
import { couponCodeKey, couponHeadKey, couponNumberKey, type Key } from "./keys.ts";
import { asked, askedUnlessRefused, fromItem, inVersion, type Place, toItem } from "./table.ts";

type Pool = Pick<CustomerOffer, "biller" | "offer">;

/** How many codes were numbered, and the last of them whose own items may still be missing: version by version. */
type Head = { readonly n: number; readonly v: number; readonly last: readonly string[] };

const empty: Head = { n: 0, v: 0, last: [] };

/** Codes numbered by one write: their items are written before the next ones are. */
const chunkSize = 50;
const atOnce = 10;
const attempts = 20;

/**
 * The codes of coupon offers in DynamoDB. The pool's head names the codes it numbered last: whoever comes next writes their items, should
 * the one who numbered them have died, and only then numbers more. So no number is left out, and no code has two.
 */
export function dynamoCouponPool(place: Place): CouponPool {
  return {
    async add(of, codes) {
      let added = 0;
      for (let i = 0; i < codes.length; i += chunkSize)
        added += await addChunk(place, of, [...new Set(codes.slice(i, i + chunkSize))]);
      return { added };
    },
    async get(of, n) {
      const row = await read<Key & { readonly c: string }>(place, couponNumberKey(of, n));
      return row?.c;
    },
    count: async (of) => (await readHead(place, of)).n,
  };
}

/** Numbers the codes of a chunk that have no number yet; answers how many those were. */
async function addChunk(place: Place, of: Pool, codes: readonly string[]): Promise<number> {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const head = await readHead(place, of);
    await writeLast(place, of, head);
    const isNew = await inTurns(codes, async (code) => (await read(place, couponCodeKey(of, code))) === undefined);
    const last = codes.filter((_, i) => isNew[i]);
    if (last.length === 0) return 0;
    const next: Head = { n: head.n + last.length, v: head.v + 1, last };
    if (await saveHead(place, of, next)) {
      await writeLast(place, of, next);
      // Done: nobody need write them again.
      await saveHead(place, of, { ...next, v: next.v + 1, last: [] });
      return last.length;
    }
  }
  throw providerError("the codes of the offer are being added to by others; these are tried again");
}

const readHead = async (place: Place, of: Pool): Promise<Head> =>
  (await read<Key & Head>(place, couponHeadKey(of))) ?? empty;

async function saveHead({ client, table }: Place, of: Pool, { n, v, last }: Head): Promise<boolean> {
  const command = new PutItemCommand({
    TableName: table,
    Item: toItem({ ...couponHeadKey(of), n, v, last }),
    ...inVersion(v - 1),
  });
  return (await askedUnlessRefused("numbering coupon codes", client.send(command))) !== undefined;
}

/** Writes the items of the codes that were numbered last; who does it again writes the same. */
async function writeLast(place: Place, of: Pool, { n, last }: Head): Promise<void> {
  const first = n - last.length + 1;
  await inTurns(last, async (code, i) => {
    await write(place, { ...couponNumberKey(of, first + i), c: code });
    await write(place, { ...couponCodeKey(of, code), n: first + i });
  });
}

/** Some at a time, in their order. */
async function inTurns<T, R>(all: readonly T[], each: (one: T, i: number) => Promise<R>): Promise<R[]> {
  const answers: R[] = [];
  for (let i = 0; i < all.length; i += atOnce)
    answers.push(...(await Promise.all(all.slice(i, i + atOnce).map((one, k) => each(one, i + k)))));
  return answers;
}

async function read<Row extends Key>({ client, table }: Place, key: Key): Promise<Row | undefined> {
  const command = new GetItemCommand({ TableName: table, Key: toItem(key), ConsistentRead: true });
  const { Item: item } = await asked("reading coupon codes", client.send(command));
  return item && fromItem<Row>(item);
}

async function write({ client, table }: Place, row: Key & { readonly c?: string; readonly n?: number }): Promise<void> {
  await asked("keeping a coupon code", client.send(new PutItemCommand({ TableName: table, Item: toItem(row) })));
}
