import { type FieldError, invalidInput } from "../../domain/errors.ts";
import { cleanValue, isPlainUrl } from "./clean.ts";
import { isMessage, type Message, type Values, variablesOf } from "./messages.ts";
import type { MessageVariables } from "./wording.ts";

/** Narrows to a built-in message or throws `invalid-input` that names it. */
export function builtinMessage(name: string): Message {
  if (isMessage(name)) return name;
  const message = `there is no built-in wording for the message ${cleanValue(name, 40)}`;
  throw invalidInput(message, [{ path: "message", message }]);
}

/** Every variable cleaned and at most `maxLength` long (links are checked, never cut), or `invalid-input` naming all that are missing or malformed. */
export function valuesFor(message: Message, variables: MessageVariables, maxLength: number): Values {
  const clean = (value: string | undefined): string => cleanValue(value ?? "", maxLength);
  const customerName = clean(variables.customerName);
  const remaining = clean(variables.remaining);
  const values: Values = {
    billerName: clean(variables.billerName),
    customerName,
    title: clean(variables.title),
    amount: clean(variables.amount),
    dueDate: clean(variables.dueDate),
    link: variables.link,
    unsubscribeUrl: variables.unsubscribeUrl ?? "",
    paidAmount: clean(variables.paidAmount),
    paidOn: clean(variables.paidOn),
    receiptReference: clean(variables.receiptReference),
    remaining,
    hasCustomerName: customerName === "" ? "no" : "yes",
    hasRemaining: remaining === "" ? "no" : "yes",
  };
  const errors: FieldError[] = variablesOf(message)
    .filter((name) => values[name] === "")
    .map((name) => ({ path: name, message: "is missing" }));
  if (!isPlainUrl(values.link)) errors.push({ path: "link", message: "is no http(s) URL" });
  if (errors.length === 0) return values;
  throw invalidInput(
    `the message ${message} cannot be written: ${errors.map(({ path, message: m }) => `${path} ${m}`).join(", ")}`,
    errors,
  );
}
