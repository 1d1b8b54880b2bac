import { describe, expect, it } from "vitest";
import { environment, type HandlerName, needs } from "../../functions/config.ts";

const good: Readonly<Record<string, string>> = {
  STAGE: "test",
  TABLE_NAME: "duebell-test",
  LANES: "4",
  BUS_NAME: "duebell-test",
  LINK_BASE_URL: "https://pay.example.com",
  LINK_KEYS_SECRET: "duebell/test/link-keys",
  SECRETS_PREFIX: "duebell/test",
  SMS_QUEUE_URL: "https://sqs.example.com/sms",
  EMAIL_QUEUE_URL: "https://sqs.example.com/email",
  WHATSAPP_QUEUE_URL: "https://sqs.example.com/whatsapp",
  IMPORT_BUCKET: "duebell-test-imports",
  IMPORT_ROWS_QUEUE_URL: "https://sqs.example.com/import-rows",
  DELIVERIES_QUEUE_URL: "https://sqs.example.com/deliveries",
  PAYMENTS_QUEUE_URL: "https://sqs.example.com/payments",
  LOOK_UPS_QUEUE_URL: "https://sqs.example.com/look-ups",
  RECONCILIATIONS_QUEUE_URL: "https://sqs.example.com/reconciliations",
  SES_CONFIGURATION_SET: "duebell-test",
  WHATSAPP_BASE_URL: "https://graph.facebook.com",
  WHATSAPP_API_VERSION: "v24.0",
  SEND_TIMEOUT_SECONDS: "30",
  SMS_CONFIGURATION_SET: "duebell-test",
  QUEUE_URL: "https://sqs.example.com/own",
  DEAD_LETTERS_QUEUE_URL: "https://sqs.example.com/dead-letters",
  MAX_RECEIVES: "5",
  SNS_PARTS_PER_SECOND: "20",
  SES_MESSAGES_PER_SECOND: "0.5",
  OUTBOUND: "public",
  RAZORPAY_BASE_URL: "https://api.razorpay.com/v1",
  STRIPE_BASE_URL: "https://api.stripe.com/v1",
  MERCADO_PAGO_BASE_URL: "https://api.mercadopago.com/v1",
  FRAME_ANCESTORS: "'none'",
};

const handlers = Object.keys(needs) as HandlerName[];

describe("the environment of a Lambda", () => {
  it.each(handlers)("of %s is what its handler needs and nothing more", (handler) => {
    expect(Object.keys(environment(handler, good)).toSorted()).toEqual([...needs[handler]].toSorted());
  });

  it("is parsed: numbers are numbers", () => {
    expect(environment("send-notification-sms", good)).toMatchObject({
      LANES: 4,
      SEND_TIMEOUT_SECONDS: 30,
      MAX_RECEIVES: 5,
      SNS_PARTS_PER_SECOND: 20,
    });
    expect(environment("send-notification-email", good)).toMatchObject({ SES_MESSAGES_PER_SECOND: 0.5 });
  });

  it.each(["http://127.0.0.1:4100", "http://127.0.0.1:4100/sandbox/outbound", "public"])(
    "lets calls to billers go to %s",
    (OUTBOUND) => {
      expect(environment("start-payment", { ...good, OUTBOUND })).toMatchObject({ OUTBOUND });
    },
  );

  it.each([
    "",
    "anywhere",
    "http://10.0.0.1:80",
    "http://127.0.0.1",
    "http://127.0.0.1:80@example.com",
    "https://example.com",
  ])("lets no call to billers go to '%s'", (OUTBOUND) => {
    expect(() => environment("start-payment", { ...good, OUTBOUND })).toThrow(/OUTBOUND must be public/);
  });

  it.each(handlers)("of %s names each variable that is missing", (handler) => {
    for (const missing of needs[handler]) {
      const { [missing]: _gone, ...rest } = good;
      expect(() => environment(handler, rest)).toThrow(`${handler} cannot start: ${missing} is missing`);
    }
  });

  it("that is wrong in several ways is told whole", () => {
    const bad = { ...good, LANES: "many", TABLE_NAME: undefined, LINK_BASE_URL: "https://pay.example.com/" };
    const message = (() => {
      try {
        environment("register-bill", bad);
      } catch (error) {
        return error instanceof Error ? error.message : "";
      }
      return "";
    })();
    expect(message).toMatch(/^register-bill cannot start: /);
    expect(message.split(": ").slice(1).join(": ").split("; ")).toEqual([
      "TABLE_NAME is missing",
      "LANES must be a positive whole number",
      expect.stringMatching(/^LINK_BASE_URL must be an http\(s\) URL/),
    ]);
  });

  it.each([
    ["LANES", "0"],
    ["LANES", "1.5"],
    ["LANES", "-1"],
    ["LANES", ""],
    ["TABLE_NAME", ""],
    ["LINK_BASE_URL", "pay.example.com"],
    ["LINK_BASE_URL", "ftp://pay.example.com"],
    ["LINK_BASE_URL", "https://pay.example.com/ "],
  ])("does not take %s=%o", (name, value) => {
    expect(() => environment("register-bill", { ...good, [name]: value })).toThrow(new RegExp(`${name} `));
  });

  it.each(["0", "0.0", "-1", "20/s", "1e3", "", ".5", "1.", "0.0001"])("does not take %o for a rate", (rate) => {
    expect(() => environment("send-notification-sms", { ...good, SNS_PARTS_PER_SECOND: rate })).toThrow(
      "SNS_PARTS_PER_SECOND must be a positive number such as 20 or 0.5",
    );
  });

  it("shows no value in its complaint", () => {
    const bad = { ...good, LINK_BASE_URL: "my-secret", LANES: "my-secret" };
    expect(() => environment("register-bill", bad)).toThrow(/^(?!.*my-secret)/s);
  });
});
