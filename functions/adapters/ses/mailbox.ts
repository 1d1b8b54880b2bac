// An encoded word may be 75 characters long (RFC 2047, section 2), of which `=?UTF-8?B?` and `?=` take 12: 63 of base64 hold 45 bytes.
const wordBytes = 45;

function encodedWords(name: string): string {
  const words: string[] = [];
  let part = "";
  for (const letter of name) {
    if (Buffer.byteLength(part + letter) > wordBytes) {
      words.push(part);
      part = "";
    }
    part += letter;
  }
  return [...words, part].map((word) => `=?UTF-8?B?${Buffer.from(word).toString("base64")}?=`).join(" ");
}

/** A mailbox as SES takes it: a name beyond ASCII as encoded words (RFC 2047), one with special characters in quotes (RFC 5322). */
export function mailbox(setting: string): string {
  const [, name, address] = /^(.*) <([^<>]*)>$/s.exec(setting) ?? [];
  if (name === undefined || address === undefined) return setting;
  const plain = /^".*"$/.test(name) ? name.slice(1, -1).replace(/\\(.)/g, "$1") : name;
  if (/[^\x20-\x7e]/.test(plain)) return `${encodedWords(plain)} <${address}>`;
  if (/[^A-Za-z0-9 !#$%&'*+/=?^_`{|}~-]/.test(plain)) return `"${plain.replace(/["\\]/g, "\\$&")}" <${address}>`;
  return `${plain} <${address}>`;
}
