import { isRecord, plainText } from "./carrier.ts";
import type { FilledTemplate } from "./message-store.ts";
import { refuseWhatsApp } from "./whatsapp-errors.ts";
import { holesOf, type WhatsAppButton, type WhatsAppTemplate } from "./whatsapp-template-registry.ts";

type Parameter = {
  readonly type?: unknown;
  readonly text?: unknown;
  readonly parameter_name?: unknown;
  readonly payload?: unknown;
  readonly currency?: unknown;
  readonly date_time?: unknown;
};
type Component = {
  readonly type: string;
  readonly subType: string;
  readonly index: number;
  readonly parameters: readonly Parameter[];
};

const readComponents = (value: unknown): readonly Component[] => {
  if (value === undefined) return [];
  if (!Array.isArray(value)) return refuseWhatsApp(100, "Param template['components'] must be an array.");
  return value.map((component: unknown, position): Component => {
    const path = `template['components'][${position}]`;
    if (!isRecord(component)) return refuseWhatsApp(100, `Param ${path} must be a JSON object.`);
    const { type: rawType, sub_type: subType, index: rawIndex, parameters = [] } = component;
    const type = plainText(rawType).toLowerCase();
    if (!["header", "body", "button"].includes(type)) {
      refuseWhatsApp(100, `Param ${path}['type'] must be one of {HEADER, BODY, BUTTON}.`);
    }
    if (!Array.isArray(parameters) || !parameters.every(isRecord)) {
      return refuseWhatsApp(100, `Param ${path}['parameters'] must be an array of objects.`);
    }
    const index = Number(plainText(rawIndex) || Number.NaN);
    if (type === "button" && !Number.isInteger(index)) refuseWhatsApp(131008, `${path}: button index is missing`);
    return { type, subType: plainText(subType).toLowerCase(), index, parameters };
  });
};

const textOf = (parameter: Parameter, where: string): string => {
  const type = plainText(parameter.type);
  if (type === "currency" || type === "date_time") {
    const value = parameter[type];
    const { fallback_value: fallback } = isRecord(value) ? value : {};
    return typeof fallback === "string" ? fallback : refuseWhatsApp(131008, `${where}: fallback_value is missing`);
  }
  if (type !== "text")
    refuseWhatsApp(132012, `${where}: Format mismatch, expected TEXT, received ${type.toUpperCase() || "UNKNOWN"}`);
  const { text } = parameter;
  if (typeof text !== "string" || text === "") {
    return refuseWhatsApp(131008, `${where}: Parameter of type text is missing text value`);
  }
  if (/[\n\t]| {5}/.test(text)) {
    refuseWhatsApp(
      132007,
      `${where}: Param text cannot have new-line/tab characters or more than 4 consecutive spaces`,
    );
  }
  return text;
};

const valuesOf = (
  holes: readonly string[],
  parameters: readonly Parameter[],
  where: string,
): ReadonlyMap<string, string> => {
  if (holes.length !== parameters.length) {
    const told = `number of localizable_params (${parameters.length}) does not match the expected number of params (${holes.length})`;
    refuseWhatsApp(132000, `${where}: ${told}`);
  }
  const isNamed = holes.some((hole) => !/^\d+$/.test(hole));
  return new Map(
    parameters.map((parameter, index) => {
      const name = isNamed ? plainText(parameter.parameter_name) : String(index + 1);
      if (!holes.includes(name)) refuseWhatsApp(100, `${where}: Invalid parameter name ${name || "(none)"}`);
      return [name, textOf(parameter, where)];
    }),
  );
};

const fillText = (text: string, values: ReadonlyMap<string, string>): string =>
  text.replace(/\{\{\s*(\w+)\s*\}\}/g, (_whole, hole: string) => values.get(hole) ?? "");

const fill = (part: { text: string; limit: number; where: string }, parameters: readonly Parameter[]): string => {
  const filled = fillText(part.text, valuesOf(holesOf(part.text), parameters, part.where));
  if (filled.length > part.limit)
    refuseWhatsApp(132005, `${part.where}: text is too long (${filled.length} of ${part.limit} characters)`);
  return filled;
};

const fillHeader = (template: WhatsAppTemplate, parameters: readonly Parameter[]): string | undefined => {
  const { header } = template;
  if (header === undefined) {
    if (parameters.length > 0) refuseWhatsApp(132000, "header: the template has no header");
    return undefined;
  }
  if (typeof header === "string") return fill({ text: header, limit: 60, where: "header" }, parameters);
  const received = plainText(parameters[0]?.type).toUpperCase() || "UNKNOWN";
  if (received !== header.format) {
    refuseWhatsApp(132012, `header: Format mismatch, expected ${header.format}, received ${received}`);
  }
  return `[${header.format.toLowerCase()}]`;
};

const fillUrl = (button: { text: string; url: string }, component: Component | undefined, index: number): string => {
  const parameters = component?.parameters ?? [];
  if (holesOf(button.url).length > 0 && parameters.length === 0) {
    refuseWhatsApp(131008, `buttons: Button at index ${index} of type Url requires a parameter`);
  }
  return fill({ text: button.url, limit: 2000, where: `buttons: Button at index ${index}` }, parameters);
};

const fillButton = (
  button: WhatsAppButton,
  index: number,
  components: readonly Component[],
): FilledTemplate["buttons"][number] => {
  const component = components.find((candidate) => candidate.index === index);
  if (component !== undefined && component.subType !== button.type.toLowerCase()) {
    refuseWhatsApp(
      132012,
      `buttons: Button at index ${index} is of type ${button.type}, received ${component.subType.toUpperCase() || "UNKNOWN"}`,
    );
  }
  if (button.type === "URL") return { type: "URL", text: button.text, url: fillUrl(button, component, index) };
  const payload = component?.parameters[0]?.payload;
  return { type: button.type, text: button.text, ...(typeof payload === "string" ? { payload } : {}) };
};

/** The template with the request's components put into its holes; throws the Cloud API's refusal where they do not fit. */
export const fillTemplate = (template: WhatsAppTemplate, requested: unknown): FilledTemplate => {
  const components = readComponents(requested);
  const parametersOf = (type: string) =>
    components.filter((component) => component.type === type).flatMap((component) => component.parameters);
  const buttons = components.filter((component) => component.type === "button");
  for (const { index } of buttons) {
    if (template.buttons[index] === undefined)
      refuseWhatsApp(132000, `buttons: the template has no button at index ${index}`);
  }
  const header = fillHeader(template, parametersOf("header"));
  return {
    name: template.name,
    language: template.language,
    category: template.category ?? "utility",
    ...(header === undefined ? {} : { header }),
    body: fill({ text: template.body, limit: 1024, where: "body" }, parametersOf("body")),
    ...(template.footer === undefined ? {} : { footer: template.footer }),
    buttons: template.buttons.map((button, index) => fillButton(button, index, buttons)),
  };
};

/** The filled template as plain text: header, body, footer, and the URLs of its buttons as the last lines. */
export const templateText = (template: FilledTemplate): string =>
  [template.header, template.body, template.footer, ...template.buttons.map((button) => button.url)]
    .filter((line) => line !== undefined)
    .join("\n");
