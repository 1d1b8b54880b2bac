import { type MessageName, messages, type VariableName, variablesOf } from "../functions/adapters/wording/messages.ts";
import { smsSegments } from "../functions/domain/sms-segments.ts";
import type { Catalogue } from "./catalogue.ts";
import { type CompiledText, compileText } from "./compile-text.ts";

const gsm7Languages = ["en"];
const startsWithVariable = /^\s*[*_~]?\{/;
const endsWithVariable = /\}[*_~]?\s*$/;

/** What an SMS may cost with typical values: one segment in the GSM alphabet, two in a script outside it. */
const allowedSegments = (language: string): number => (gsm7Languages.includes(language) ? 1 : 2);

/** Values at the long end of what is usual, for counting: a name of 20, a title of 25, a link of 48 characters with its mark. */
const typicalValues = (language: string): Record<VariableName, string> => {
  const money = gsm7Languages.includes(language) ? "Rs 1,24,900.00" : "₹1,249.00";
  const date = gsm7Languages.includes(language) ? "30 Nov 2026" : "30/11/2026";
  const blank = Object.fromEntries(variablesOf("issued").map((name) => [name, ""])) as Record<VariableName, string>;
  return {
    ...blank,
    billerName: "n".repeat(20),
    title: "t".repeat(25),
    amount: money,
    paymentAmount: money,
    paidAmount: money,
    dueDate: date,
    paidOn: date,
    link: "l".repeat(48),
  };
};

/** Everything wrong with a catalogue's SMS and WhatsApp texts: registration, length and cost; empty when it may be used. */
export function findingsIn(catalogue: Catalogue): readonly string[] {
  const footer = catalogue.common.whatsApp.footer;
  return [
    ...(footer.length > 60 || footer.includes("{") ? ["whatsApp.footer: at most 60 characters, no variable"] : []),
    ...messages.flatMap((message) => [
      ...smsFindings(catalogue, message).map((finding) => `${message}.sms: ${finding}`),
      ...whatsAppFindings(catalogue, message).map((finding) => `${message}.whatsApp: ${finding}`),
    ]),
  ].map((finding) => `${catalogue.language}: ${finding}`);
}

function smsFindings({ language, messages: own }: Catalogue, message: MessageName): readonly string[] {
  const compiled = compileText(language, own[message].sms);
  const findings = fixedTextFindings(compiled, own[message].sms, [...variablesOf(message), "link"]);
  if (startsWithVariable.test(own[message].sms)) findings.push("begins with a variable");
  const { segments, encoding, units, outsideGsm7 } = smsSegments(compiled.run(typicalValues(language)));
  if (gsm7Languages.includes(language) && encoding !== "GSM-7")
    findings.push(`is not GSM-7 because of ${outsideGsm7.join(" ")}`);
  if (segments > allowedSegments(language))
    findings.push(`takes ${segments} segments (${units} units) with typical values`);
  if (/[\u09a1\u09a2\u09af]\u09bc/.test(own[message].sms))
    findings.push("spells a Bengali letter with two characters where one does");
  return findings;
}

function whatsAppFindings({ language, messages: own }: Catalogue, message: MessageName): readonly string[] {
  const { body, button } = own[message].whatsApp;
  const compiled = compileText(language, body);
  const findings = fixedTextFindings(compiled, body, variablesOf(message));
  if (startsWithVariable.test(body) || endsWithVariable.test(body)) findings.push("begins or ends with a variable");
  const longest = compiled.run(Object.fromEntries(compiled.variables.map((name) => [name, "x".repeat(100)])));
  if (longest.length > 1024) findings.push("the body can pass 1,024 characters");
  if (button.length > 25 || button.includes("{"))
    findings.push("the button's label has more than 25 characters or a variable");
  return findings;
}

/** A registered text is one text: each variable exactly once, and no choice between wordings. */
function fixedTextFindings(compiled: CompiledText, text: string, expected: readonly VariableName[]): string[] {
  const findings: string[] = [];
  if (compiled.selects) findings.push("has a select, but only one text can be registered");
  if ([...compiled.variables].sort().join() !== [...expected].sort().join())
    findings.push(`must use exactly ${expected.join(", ")}`);
  if ((text.match(/\{/g) ?? []).length !== expected.length) findings.push("uses a variable twice");
  return findings;
}
