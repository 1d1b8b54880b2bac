import * as z from "zod/mini";
import { EmailAddressText, PhoneNumberText } from "./addresses.ts";
import { Language } from "./biller.ts";
import { Channel, CustomerId } from "./ids.ts";
import { Instant, LocalDate, TimeZone } from "./local-time.ts";
import { Money } from "./money.ts";
import { boundedRecord, textField } from "./text-field.ts";

const InputAddresses = z
  .strictObject({
    whatsapp: z.exactOptional(PhoneNumberText),
    sms: z.exactOptional(PhoneNumberText),
    email: z.exactOptional(EmailAddressText),
  })
  .check(z.refine((addresses) => Object.keys(addresses).length > 0, "must hold at least one address"));

const InputCustomer = z.strictObject({
  id: CustomerId,
  name: z.exactOptional(textField(80)),
  language: z.exactOptional(Language),
  timeZone: z.exactOptional(TimeZone),
  addresses: InputAddresses,
  /** The channels for which the biller has recorded an explicit consent. */
  consents: z.exactOptional(z.array(Channel).check(z.maxLength(3))),
});

/** Whether the payer may change the amount, in BBPS terms: at most, at least, or any. */
export const Exactness = z.enum(["EXACT", "EXACT_DOWN", "EXACT_UP", "ANY"]);

const Item = z.strictObject({ name: textField(60), amount: Money });

const payable = Money.check(z.refine(({ value }) => value > 0, { path: ["value"], message: "must be more than zero" }));

/** A ClickPay link of Bharat BillPay: its host is `bbps.io` or below it, and nothing else may stand in the place of a host. */
const ClickPayUrl = z
  .string()
  .check(
    z.maxLength(300),
    z.regex(/^https:\/\/([a-z0-9-]+\.)*bbps\.io\/[\w!$&'()*+,;=:@%./?~-]*$/, "must be an https link to bbps.io"),
  );

/** A bill as a biller hands it over; what is left out is filled from the biller's settings. */
export const BillInput = z
  .strictObject({
    customer: InputCustomer,
    title: textField(80),
    category: z.exactOptional(
      z.string().check(z.regex(/^[a-z0-9-]{1,32}$/, "must be 1 to 32 characters of a-z 0-9 -")),
    ),
    amountDue: payable,
    exactness: z._default(Exactness, "EXACT"),
    minimum: z.exactOptional(payable),
    early: z.exactOptional(z.strictObject({ until: LocalDate, amount: payable })),
    late: z.exactOptional(z.strictObject({ from: LocalDate, amount: payable })),
    issuedOn: z.exactOptional(LocalDate),
    dueDate: LocalDate,
    expiresOn: z.exactOptional(LocalDate),
    asOf: z.exactOptional(Instant),
    items: z.exactOptional(z.array(Item).check(z.maxLength(50))),
    clickPayUrl: z.exactOptional(ClickPayUrl),
    metadata: z.exactOptional(
      z
        .record(
          z.string().check(z.regex(/^[A-Za-z0-9._-]{1,40}$/, "must be 1 to 40 characters of A-Z a-z 0-9 . _ -")),
          z.string().check(z.maxLength(200)),
        )
        .check(...boundedRecord(50)),
    ),
  })
  .check((context) => {
    // A field that is wrong by itself says enough; what it would mean for others is not known.
    if (context.issues.length > 0) return;
    const bill = context.value;
    const refuse = (path: string[], message: string): void => {
      context.issues.push({ code: "custom", path, message, input: bill });
    };
    for (const field of ["minimum", "early", "late"] as const) {
      const amount = field === "minimum" ? bill.minimum : bill[field]?.amount;
      const path = field === "minimum" ? ["minimum", "currency"] : [field, "amount", "currency"];
      if (amount && amount.currency !== bill.amountDue.currency) refuse(path, "must be the currency of amountDue");
    }
    bill.items?.forEach(({ amount }, n) => {
      if (amount.currency !== bill.amountDue.currency)
        refuse(["items", String(n), "amount", "currency"], "must be the currency of amountDue");
    });
    if (bill.minimum && bill.minimum.value > bill.amountDue.value)
      refuse(["minimum", "value"], "must not be more than amountDue");
    if (bill.early && bill.early.amount.value > bill.amountDue.value)
      refuse(["early", "amount", "value"], "must not be more than amountDue");
    if (bill.late && bill.late.amount.value < bill.amountDue.value)
      refuse(["late", "amount", "value"], "must not be less than amountDue");
    if (bill.early && bill.early.until > bill.dueDate) refuse(["early", "until"], "must not be after dueDate");
    if (bill.late && bill.late.from <= bill.dueDate) refuse(["late", "from"], "must be after dueDate");
    if (bill.issuedOn && bill.issuedOn > bill.dueDate) refuse(["issuedOn"], "must not be after dueDate");
    if (bill.expiresOn && bill.expiresOn < bill.dueDate) refuse(["expiresOn"], "must not be before dueDate");
  });
export type BillInput = z.output<typeof BillInput>;
