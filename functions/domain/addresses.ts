import * as z from "zod/mini";
import type { Channel } from "./ids.ts";

/** A value that shows itself masked wherever it is printed, logged or serialized; only `reveal` gives it. */
abstract class Masked {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  abstract mask(value: string): string;

  /** The value itself: for the store, the carrier and the biller who gave it. */
  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return this.mask(this.#value);
  }

  toJSON(): string {
    return this.toString();
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }
}

/** A phone number in E.164 form, shown as `+91••••••2345`. */
export class PhoneNumber extends Masked {
  override mask(value: string): string {
    return `${value.slice(0, 3)}${"•".repeat(Math.max(0, value.length - 7))}${value.slice(-4)}`;
  }
}

/** An e-mail address, shown as `a•••@e•••.org`. */
export class EmailAddress extends Masked {
  override mask(value: string): string {
    const [local = "", domain = ""] = value.split("@");
    const ending = domain.slice(domain.lastIndexOf("."));
    return `${local.slice(0, 1)}•••@${domain.slice(0, 1)}•••${ending}`;
  }
}

export type Address = PhoneNumber | EmailAddress;

/** E.164: a plus, then 7 to 15 digits that do not start with zero. */
export const PhoneNumberText = z.pipe(
  z.string().check(z.regex(/^\+[1-9]\d{6,14}$/, "must be a phone number in E.164 form, such as +919830012345")),
  z.transform((text) => new PhoneNumber(text)),
);

const emailShape =
  /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?=.{4,190}$)(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}$/;

/** An address as mailbox providers accept it (the HTML standard's shape, with a dotted domain), at most 255 characters. */
export const EmailText = z.string().check(z.regex(emailShape, "must be an e-mail address"));

/** The same as a value that shows itself masked. */
export const EmailAddressText = z.pipe(
  EmailText,
  z.transform((text) => new EmailAddress(text)),
);

/** Where a customer can be reached, by channel. */
export type Addresses = { readonly [C in Channel]?: C extends "email" ? EmailAddress : PhoneNumber };

/** An address as a carrier writes it; undefined for what cannot be an address of the channel. */
export const addressOf = (channel: Channel, text: string): Address | undefined =>
  (channel === "email" ? EmailAddressText : PhoneNumberText).safeParse(text).data;

/** The same address written one way, so that a suppression is found again: mailboxes are told apart without regard to case. */
export function canonicalAddress(channel: Channel, address: Address): string {
  const value = address.reveal();
  return channel === "email" ? value.toLowerCase() : value;
}
