import { describe, expect, it } from "vitest";
import { activity } from "../../local/activity.ts";
import { agenda as emptyAgenda } from "../../local/agenda.ts";
import { openKeptState } from "../../local/kept-state.ts";
import { whatsAppWebhooks } from "../../local/whatsapp-webhooks.ts";
import { controlledClock } from "../support/memory-clock.ts";

type Options = Parameters<typeof whatsAppWebhooks>[0];

/** The played WhatsApp, whose posts wait until they are let go; `open` are under way, `most` were so at once. */
function posting(status = 200) {
  const clock = controlledClock();
  const counted = activity(() => undefined);
  const agenda = emptyAgenda(counted);
  const lines: string[] = [];
  const open: (() => void)[] = [];
  const seen = { most: 0, bodies: [] as string[] };
  const options: Options = {
    secrets: { ofBiller: () => ({ whatsapp: { appSecret: "app-secret" } }) },
    post: async ({ body }) => {
      seen.bodies.push(body.toString());
      await new Promise<void>((resolve) => {
        open.push(resolve);
        seen.most = Math.max(seen.most, open.length);
      });
      return { status, headers: {}, body: "" };
    },
    ...{ agenda, owed: openKeptState().section("webhooks"), now: clock.now, log: ({ text }) => void lines.push(text) },
  };
  const post = whatsAppWebhooks(options);
  /** Ends the posts that are under way, one by one, until none is left. */
  async function answerAll(): Promise<void> {
    for (let end = open.shift(); end; end = open.shift()) {
      end();
      for (let turn = 0; turn < 20; turn++) await Promise.resolve();
    }
  }
  return { seen, lines, owed: options.owed, answerAll, post };
}

describe("the played WhatsApp", () => {
  it("posts at most twenty webhooks at once, and all of them in the end, in their order", async () => {
    const { seen, post, answerAll, owed } = posting();
    const bodies = Array.from({ length: 263 }, (_, n) => `{"n":${n}}`);
    const posted = bodies.map((body) => post("example-power", body));
    expect([seen.bodies.length, owed.entries().size]).toEqual([20, 263]);
    await answerAll();
    await Promise.all(posted);
    expect(seen).toEqual({ most: 20, bodies });
    expect(owed.entries().size).toBe(0);
  });

  it("goes on when one is refused, and owes it still", async () => {
    const { post, answerAll, lines, owed } = posting(502);
    const posted = Array.from({ length: 21 }, () => post("example-power", "{}"));
    await answerAll();
    await Promise.all(posted);
    expect(lines).toEqual(Array.from({ length: 21 }, () => "webhook answered 502"));
    expect(owed.entries().size).toBe(21);
  });
});
