import { describe, expect, it } from "vitest";
import type { ImportReject } from "../../../functions/domain/import.ts";
import type { ImportFiles } from "../../../functions/ports.ts";

/** The port with a way to put a file, as a biller would, and to know its version. */
export type ImportFilesUnderTest = {
  readonly files: ImportFiles;
  readonly upload: (key: string, content: string) => Promise<string>;
};

async function* listOf(rejects: readonly ImportReject[]): AsyncGenerator<ImportReject> {
  yield* rejects;
}

async function readAll(chunks: AsyncIterable<Uint8Array>): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of chunks) text += decoder.decode(chunk, { stream: true });
  return text + decoder.decode();
}

async function listAt(files: ImportFiles, key: string): Promise<ImportReject[]> {
  const rejects: ImportReject[] = [];
  for await (const reject of files.readRejects(key)) rejects.push(reject);
  return rejects;
}

/** What every `ImportFiles` does; `open` makes a fresh one. */
export function importFilesContract(name: string, open: () => Promise<ImportFilesUnderTest>): void {
  describe(`import files: ${name}`, () => {
    it("gives back the bytes of a file, whole or any part of them", async () => {
      const { files, upload } = await open();
      const content = `billId,title\n${'আশা,"x"\n'.repeat(20_000)}`;
      const file = {
        key: "imports/example-power/a.csv",
        versionId: await upload("imports/example-power/a.csv", content),
      };
      const size = new TextEncoder().encode(content).length;
      expect(await readAll(await files.read(file))).toBe(content);
      expect(await readAll(await files.read({ ...file, from: 0, to: 6 }))).toBe("billId");
      expect(await readAll(await files.read({ ...file, from: 7, to: 13 }))).toBe("title\n");
      expect(await readAll(await files.read({ ...file, from: size - 4 }))).toBe('"x"\n');
    });

    it("fails for a file that is not there", async () => {
      const { files } = await open();
      await expect(files.read({ key: "imports/example-power/none.csv", versionId: "v" })).rejects.toThrow();
    });

    it("gives back a list of rejects as it was written", async () => {
      const { files } = await open();
      const rejects = [
        { line: 2, column: "customer.addresses.sms", message: "must be a phone number, such as +919830012345" },
        { line: 7, column: "", message: 'the row has 3 cells, the "header" 9' },
      ];
      await files.writeRejects("rejects/example-power/a/refused.csv", listOf(rejects));
      expect(await listAt(files, "rejects/example-power/a/refused.csv")).toEqual(rejects);
    });

    it("writes nothing for an empty list", async () => {
      const { files } = await open();
      await files.writeRejects("rejects/example-power/empty.csv", listOf([]));
      await expect(listAt(files, "rejects/example-power/empty.csv")).rejects.toThrow();
    });

    it("writes nothing for a list that ends with an error, and lets the error through", async () => {
      const { files } = await open();
      const broken = (async function* () {
        yield { line: 2, column: "title", message: "is required" };
        throw new RangeError("the file ends here");
      })();
      await expect(files.writeRejects("rejects/example-power/broken.csv", broken)).rejects.toThrow(RangeError);
      await expect(listAt(files, "rejects/example-power/broken.csv")).rejects.toThrow();
    });
  });
}
