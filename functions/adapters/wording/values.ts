import type { MessageVariables } from "../../domain/message.ts";
import { cleanValue, isPlainUrl } from "./clean.ts";
import { type MessageName, type Values, variablesOf } from "./messages.ts";

/**
 * Every variable cleaned and at most `maxLength` long (links are checked, never cut); undefined when one the message needs is missing or
 * empty, or a link is no http(s) URL.
 */
export function valuesFor(message: MessageName, variables: MessageVariables, maxLength: number): Values | undefined {
  const clean = (value: string | undefined): string => cleanValue(value ?? "", maxLength);
  const customerName = clean(variables.customerName);
  const remaining = clean(variables.remaining);
  const excess = clean(variables.excess);
  const values: Values = {
    billerName: clean(variables.billerName),
    customerName,
    title: clean(variables.title),
    amount: clean(variables.amount),
    dueDate: clean(variables.dueDate),
    link: variables.link,
    unsubscribeUrl: variables.unsubscribeUrl ?? "",
    paymentAmount: clean(variables.paymentAmount),
    paidAmount: clean(variables.paidAmount),
    paidOn: clean(variables.paidOn),
    receiptReference: clean(variables.receiptReference),
    remaining,
    excess,
    hasCustomerName: customerName === "" ? "no" : "yes",
    hasRemaining: remaining === "" ? "no" : "yes",
    hasExcess: excess === "" ? "no" : "yes",
  };
  const isComplete = variablesOf(message).every((name) => values[name] !== "");
  return isComplete && isPlainUrl(values.link) ? values : undefined;
}
