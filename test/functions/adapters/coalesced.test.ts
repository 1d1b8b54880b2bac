import { describe, expect, it } from "vitest";
import { coalesced } from "../../../functions/adapters/coalesced.ts";

describe("coalesced", () => {
  it("has what is asked before the pause ends answered together, each its own", async () => {
    const asked: (readonly number[])[] = [];
    let end = (): void => undefined;
    const ask = coalesced<number, string>(
      async (numbers) => {
        asked.push(numbers);
        return numbers.map((n) => `answer ${n}`);
      },
      () =>
        new Promise((resolve) => {
          end = resolve;
        }),
    );
    const first = Promise.all([ask(1), ask(2), ask(3)]);
    end();
    expect(await first).toEqual(["answer 1", "answer 2", "answer 3"]);
    const second = ask(4);
    end();
    expect(await second).toBe("answer 4");
    expect(asked).toEqual([[1, 2, 3], [4]]);
  });

  it("gives everybody the error, and goes on with the next question", async () => {
    let broken = true;
    const ask = coalesced<number, number>(
      async (numbers) => {
        if (broken) throw new Error("unreachable");
        return numbers;
      },
      async () => undefined,
    );
    const failed = await Promise.allSettled([ask(1), ask(2)]);
    expect(failed.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    broken = false;
    expect(await ask(3)).toBe(3);
  });
});
