/** The messages of the built-in wording; a cadence step uses the one of its name unless it says otherwise. */
export const messages = [
  "issued",
  "due-soon",
  "due-today",
  "overdue",
  "receipt",
  "payment-failed",
  "payment-pending",
] as const;

/** One of the built-in messages. */
export type MessageName = (typeof messages)[number];

/** Tells a built-in message from a biller's own. */
export const isMessage = (name: string): name is MessageName => (messages as readonly string[]).includes(name);

/** Every variable a text may use; the `has…` tell `select` whether an optional one was given (`yes` or `no`). */
export const variableNames = [
  "billerName",
  "customerName",
  "title",
  "amount",
  "dueDate",
  "link",
  "unsubscribeUrl",
  "paymentAmount",
  "paidAmount",
  "paidOn",
  "receiptReference",
  "remaining",
  "excess",
  "hasCustomerName",
  "hasRemaining",
  "hasExcess",
] as const;

/** The name of a variable as catalogues write it. */
export type VariableName = (typeof variableNames)[number];

/** Cleaned values for one rendering: a variable that was not given is the empty text. */
export type Values = Readonly<Record<VariableName, string>>;

/** One compiled text. */
export type Text = (values: Values) => string;

const reminder = ["billerName", "title", "amount", "dueDate"] as const;
const receipt = ["billerName", "title", "paidAmount", "paidOn"] as const;
const notice = ["billerName", "title", "paymentAmount"] as const;

/** A variable that some message cannot do without. */
type NeededVariable = (typeof reminder | typeof receipt | typeof notice)[number];

/** What kind of message it is: what it is about, and so what it says. */
export const kindOf = (message: MessageName): "reminder" | "receipt" | "notice" => {
  if (message === "receipt") return "receipt";
  return message === "payment-failed" || message === "payment-pending" ? "notice" : "reminder";
};

const needed: Readonly<Record<ReturnType<typeof kindOf>, readonly NeededVariable[]>> = { reminder, receipt, notice };

/** What a message cannot do without besides its link, in the order in which WhatsApp takes them as body parameters. */
export const variablesOf = (message: MessageName): readonly NeededVariable[] => needed[kindOf(message)];
