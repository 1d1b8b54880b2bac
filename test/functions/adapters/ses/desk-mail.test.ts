import { describe, expect, it } from "vitest";
import { sesDeskMail } from "../../../../functions/adapters/ses/desk-mail.ts";
import { aBiller } from "../../../support/builders.ts";
import { answering, connectionTo, loopback } from "../loopback.ts";

const mail = { id: "payment.late/1", subject: "A payment came late: EP-1", text: "Bill: EP-1\n" };
const biller = aBiller({ desk: { email: "desk@example.com" } });
const mailAt = (url: string) => sesDeskMail({ configurationSet: "duebell-test", connection: connectionTo(url) });

describe("an e-mail to a biller's desk", () => {
  it("goes out as plain text from the biller's own address", async () => {
    await using server = await loopback(answering(200, JSON.stringify({ MessageId: "id" })));
    await mailAt(server.url).send(biller, mail);
    expect(server.seen).toHaveLength(1);
    expect(JSON.parse(server.seen[0]?.body ?? "")).toEqual({
      FromEmailAddress: "Example Power <bills@mail.example.com>",
      Destination: { ToAddresses: ["desk@example.com"] },
      Content: {
        Simple: {
          Subject: { Data: "A payment came late: EP-1", Charset: "UTF-8" },
          Body: { Text: { Data: "Bill: EP-1\n", Charset: "UTF-8" } },
        },
      },
      ConfigurationSetName: "duebell-test",
    });
  });

  it("that SES does not take is tried once, and an error of the provider that names nobody", async () => {
    await using server = await loopback(answering(500, "{}"));
    const failed = mailAt(server.url).send(biller, mail);
    await expect(failed).rejects.toMatchObject({ code: "provider-error" });
    await failed.catch((error: unknown) => expect(String(error)).not.toMatch(/example\.com/));
    expect(server.seen).toHaveLength(1);
  });

  it("is refused for a biller without a desk or without e-mail", async () => {
    await using server = await loopback(answering(200, "{}"));
    const { email: _, ...silent } = biller;
    for (const one of [aBiller(), silent])
      await expect(mailAt(server.url).send(one, mail)).rejects.toMatchObject({ code: "provider-error" });
    expect(server.seen).toEqual([]);
  });
});
