import * as z from "zod/mini";

const identifier = z
  .string()
  .check(
    z.regex(/^(?!\.{1,2}$)[A-Za-z0-9._-]{1,64}$/, "must be 1 to 64 characters of A-Z a-z 0-9 . _ - and not . or .."),
  );

/** The biller's name in this deployment, chosen by operations. */
export const BillerId = identifier.brand<"BillerId">();
export type BillerId = z.output<typeof BillerId>;

/** The biller's own id of a bill. */
export const BillId = identifier.brand<"BillId">();
export type BillId = z.output<typeof BillId>;

/** The biller's own id of a customer. */
export const CustomerId = identifier.brand<"CustomerId">();
export type CustomerId = z.output<typeof CustomerId>;

/** One import of a file, named by us. */
export const ImportId = identifier.brand<"ImportId">();
export type ImportId = z.output<typeof ImportId>;

/** The name of a step or a message: `issued`, `due-soon`. */
export const StepName = z
  .string()
  .check(z.regex(/^[a-z0-9-]{1,32}$/, "must be 1 to 32 characters of a-z 0-9 -"))
  .brand<"StepName">();
export type StepName = z.output<typeof StepName>;

/** The sender's registered short name: first path segment of its links. */
export const Header = z
  .string()
  .check(z.regex(/^[A-Z0-9]{3,11}$/, "must be 3 to 11 characters of A-Z 0-9"))
  .brand<"Header">();
export type Header = z.output<typeof Header>;

/** A way to carry a message to a customer. */
export const Channel = z.enum(["sms", "email", "whatsapp"]);
export type Channel = z.output<typeof Channel>;

/** Every channel, in the order they are shown. */
export const channels: readonly Channel[] = ["whatsapp", "sms", "email"];

/** What the path of a biller's call names. */
export const BillerPath = z.object({ biller: BillerId });

/** What the path of a bill's call names. */
export const BillPath = z.object({ biller: BillerId, bill: BillId });

/** What the path of an import's call names. */
export const ImportPath = z.object({ biller: BillerId, import: ImportId });
