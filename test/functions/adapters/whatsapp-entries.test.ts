import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readWhatsAppEntries } from "../../../functions/adapters/whatsapp-entries.ts";
import { BillerId } from "../../../functions/domain/ids.ts";
import { notificationReference } from "../../../functions/domain/notification.ts";
import { DeliveryMessage } from "../../../functions/messages.ts";
import { anInbound, aPreference, aStatus, change, entry, key, reference } from "./whatsapp-webhooks.ts";

const biller = BillerId.parse("example-power");
const read = (...changes: unknown[]) => readWhatsAppEntries([entry(...changes)], { biller });
const messages = (...inbound: object[]) => read(change({ messages: inbound }));
const preferences = (...items: object[]) => read(change({ user_preferences: items }, "user_preferences"));

describe("WhatsApp's statuses", () => {
  it.each([
    ["sent", "accepted"],
    ["delivered", "delivered"],
    ["read", "read"],
    ["played", "read"],
  ])("say with %s that the message is %s", (status, expected) => {
    expect(read(change({ statuses: [aStatus({ status })] }))).toEqual({
      messages: [
        {
          kind: "delivery",
          ...key,
          biller,
          channel: "whatsapp",
          status: expected,
          at: 1795000123000,
          providerReference: "wamid.EXAMPLE1",
        },
      ],
      skipped: {},
    });
  });

  it.each([
    [131026, "permanent-failure", "undeliverable"],
    [131049, "temporary-failure", "held-back-by-meta"],
    [131050, "permanent-failure", "marketing-stopped"],
    [131000, "technical-failure", "something-went-wrong"],
    [777777, "technical-failure", "code-777777"],
  ])("say why a message failed with the code %i, and suppress nobody for it", (code, kind, reason) => {
    const errors = [{ code, title: "no", message: "no", error_data: { details: "no" } }];
    const [report] = read(change({ statuses: [aStatus({ status: "failed", errors })] })).messages;
    expect(report).toMatchObject({ status: "failed", failure: { kind, reason } });
    expect(report).not.toHaveProperty("suppress");
  });

  it("tell a failure also without its reason, or with one that cannot be read", () => {
    const statuses = [aStatus({ status: "failed" }), aStatus({ status: "failed", errors: "no" })];
    const unexplained = { status: "failed", failure: { kind: "technical-failure", reason: "unexplained" } };
    expect(read(change({ statuses })).messages).toMatchObject([unexplained, unexplained]);
  });

  it("bring back the key of a receipt", () => {
    const receipt = { ...key, step: "receipt.1a2b3c4d" };
    const status = aStatus({ biz_opaque_callback_data: notificationReference(receipt) });
    expect(read(change({ statuses: [status] })).messages).toMatchObject([receipt]);
  });

  it("come a thousand at a time, and are read in their order", () => {
    const at = (n: number) => 1_795_000_000 + n;
    const statuses = Array.from({ length: 1_000 }, (_, n) => aStatus({ timestamp: `${at(n)}` }));
    const chunk = (n: number) => statuses.slice(n * 100, (n + 1) * 100);
    const entries = [0, 2, 4, 6, 8].map((n) =>
      entry(change({ statuses: chunk(n) }), change({ statuses: chunk(n + 1) })),
    );
    const reading = readWhatsAppEntries(entries, { biller });
    expect(reading.messages.map((message) => message.at)).toEqual(statuses.map((_, n) => at(n) * 1_000));
    expect(reading.skipped).toEqual({});
  });
});

describe("a customer's answer on WhatsApp", () => {
  const wish = { kind: "wish", biller, channel: "whatsapp", reason: "stop-reply", at: 1795000300000 };

  it("of STOP is the wish to get no more messages at this address", () => {
    const stop = { ...wish, wish: "stop", address: "+919830012345" };
    expect(messages(anInbound())).toEqual({ messages: [stop], skipped: {} });
  });

  it("of START is the wish to get messages again", () => {
    expect(messages(anInbound({ text: { body: " start. " } })).messages).toMatchObject([{ wish: "resume" }]);
  });

  it.each([
    ["a template's button by its label", { type: "button", button: { text: "Unsubscribe", payload: "x" } }],
    ["a template's button by what it carries", { type: "button", button: { text: "No, thanks", payload: "STOP" } }],
    [
      "a button",
      { type: "interactive", interactive: { type: "button_reply", button_reply: { id: "1", title: "Stop" } } },
    ],
    [
      "a row",
      { type: "interactive", interactive: { type: "list_reply", list_reply: { id: "STOP", title: "Enough" } } },
    ],
  ])("may be given by tapping %s", (_, tapped) => {
    expect(messages(anInbound({ text: undefined, ...tapped })).messages).toMatchObject([{ wish: "stop" }]);
  });

  it.each([
    ["a sentence with the word", { text: { body: "Please don't stop the supply" } }],
    ["Already paid", { type: "button", button: { text: "Already paid", payload: "PAID:7Yq2" } }],
    ["Cancel on a button", { type: "interactive", interactive: { button_reply: { id: "cancel", title: "Cancel" } } }],
    ["a picture", { type: "image", image: { caption: "STOP" } }],
    ["nothing", { text: {} }],
    ["a number", { text: { body: 7 } }],
  ])("of %s wishes nothing", (_, overrides) => {
    expect(messages(anInbound(overrides))).toEqual({ messages: [], skipped: { "other-message": 1 } });
  });

  it("from Brazil counts for the number with its ninth digit and without", () => {
    const { messages: wishes } = messages(anInbound({ from: "553187654321" }));
    expect(wishes).toMatchObject([
      { wish: "stop", address: "+5531987654321" },
      { wish: "stop", address: "+553187654321" },
    ]);
  });

  it.each([
    ["shows no number", undefined],
    ["shows what is none", "<WHATSAPP_USER_PHONE_NUMBER>"],
  ])("of somebody who %s is counted, since there is no address to suppress", (_, from) => {
    const bsuid = anInbound({ from, from_user_id: "IN.1349000000000001" });
    expect(messages(bsuid)).toEqual({ messages: [], skipped: { "no-address": 1 } });
  });
});

describe("a customer's preferences in the app", () => {
  it.each(["stop", "resume"])("to %s marketing are wishes of their own", (value) => {
    expect(preferences(aPreference({ value }))).toEqual({
      messages: [
        {
          kind: "wish",
          biller,
          wish: value,
          channel: "whatsapp",
          address: "+919830012345",
          reason: "user-preferences",
          at: 1795000400000,
        },
      ],
      skipped: {},
    });
  });

  it("of another kind, or of nobody with a number, are counted and left", () => {
    const others = [aPreference({ value: "signup" }), aPreference({ wa_id: undefined }), aPreference({ value: 7 }), 7];
    expect(preferences(...(others as object[]))).toEqual({
      messages: [],
      skipped: { "other-preference": 1, "no-address": 1, malformed: 2 },
    });
  });
});

describe("a webhook of WhatsApp", () => {
  it("may hold anything among what is ours, which is counted", () => {
    const { messages: found, skipped } = read(
      change({ statuses: [aStatus({ status: "sent" }), aStatus({ biz_opaque_callback_data: "of another program" })] }),
      change({ statuses: [aStatus({ type: "payment", status: "captured" }), aStatus({ status: "deleted" }), 7] }),
      change({ statuses: [aStatus()], messages: [anInbound(), anInbound({ text: { body: "Thanks" } })] }),
      change({ statuses: [aStatus()], messages: [anInbound()] }, "calls"),
      change({ message_echoes: [anInbound()] }, "smb_message_echoes"),
      change({ errors: [{ code: 130429 }] }),
      7,
      { field: "messages" },
    );
    expect(found.map((one) => ("status" in one ? one.status : one.kind))).toEqual(["accepted", "delivered", "wish"]);
    expect(skipped).toEqual({
      "no-reference": 1,
      "other-status": 2,
      "other-message": 1,
      "other-field": 3,
      malformed: 3,
    });
  });

  it("is read past an entry that cannot be", () => {
    const reading = readWhatsAppEntries([null, { changes: 7 }, entry(change({ statuses: [aStatus()] }))], { biller });
    expect(reading).toMatchObject({ messages: [{ status: "delivered" }], skipped: { malformed: 2 } });
  });

  it("that names no biller lets its reports stand for themselves, and its wishes name who was written to", () => {
    const both = change({ statuses: [aStatus()], messages: [anInbound()] });
    const known = readWhatsAppEntries([entry(both)], { senderOf: (id) => `number-${id}` });
    expect(known.messages).toMatchObject([{ kind: "delivery" }, { kind: "wish", sender: "number-200000000000001" }]);
    for (const message of known.messages) expect(message).not.toHaveProperty("biller");
    const foreign = readWhatsAppEntries([entry(both)], { senderOf: () => undefined });
    expect(foreign).toMatchObject({ messages: [{ kind: "delivery" }], skipped: { "unknown-sender": 1 } });
  });

  it("of any shape is read without an error, into messages such as the queue takes", () => {
    const maybe = <T>(...values: T[]) => fc.oneof(fc.constantFrom(...values), fc.anything());
    const time = maybe<unknown>("1795000123", 1795000123, "soon", "-1", -1, "9".repeat(40), 1e300, Number.NaN);
    const anyStatus = fc.record(
      {
        id: maybe("wamid.EXAMPLE1"),
        status: maybe("sent", "delivered", "read", "failed", "odd"),
        timestamp: time,
        biz_opaque_callback_data: maybe(reference),
        errors: maybe([{ code: 131026 }]),
      },
      { requiredKeys: [] },
    );
    const label = maybe("STOP", "Start", "Thanks");
    const anyMessage = fc.record(
      {
        from: maybe("919830012345", "553187654321", "0"),
        timestamp: time,
        type: maybe("text", "button", "interactive"),
        text: fc.record({ body: label }),
        button: fc.record({ text: label, payload: label }, { requiredKeys: [] }),
        interactive: fc.record({ button_reply: fc.record({ id: label, title: label }, { requiredKeys: [] }) }),
      },
      { requiredKeys: [] },
    );
    const anyPreference = fc.record(
      { wa_id: maybe("919830012345"), value: maybe("stop", "resume", "signup"), timestamp: time },
      { requiredKeys: [] },
    );
    const listOf = <T>(item: fc.Arbitrary<T>) => fc.oneof(fc.array(fc.oneof(item, fc.anything())), fc.anything());
    const anyChange = fc.oneof(
      fc.anything(),
      fc
        .record(
          { statuses: listOf(anyStatus), messages: listOf(anyMessage), metadata: fc.anything() },
          { requiredKeys: [] },
        )
        .map((value) => change(value)),
      fc.record({ user_preferences: listOf(anyPreference) }).map((value) => change(value, "user_preferences")),
    );
    const anyEntry = fc.oneof(
      fc.anything(),
      fc.array(anyChange).map((changes) => entry(...changes)),
    );
    fc.assert(
      fc.property(fc.array(anyEntry), (entries) => {
        for (const origin of [{ biller }, { senderOf: (id: string) => id }]) {
          for (const message of readWhatsAppEntries(entries, origin).messages) {
            expect(DeliveryMessage.safeParse(message).error).toBeUndefined();
          }
        }
      }),
    );
  });
});
