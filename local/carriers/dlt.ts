/** A text registered on an Indian operator's DLT portal; `{#var#}` and typed tags are its holes. */
export type DltTemplate = {
  readonly templateId: string;
  readonly text: string;
  readonly entityId?: string;
  readonly header?: string;
};

const holes: Readonly<Record<string, string>> = {
  numeric: "(\\d{0,30})",
  alphanumeric: "([A-Za-z0-9]{0,40})",
  url: "(https?://\\S+)",
  urlott: "(https?://\\S+)",
  cbn: "(\\+?\\d{0,15})",
  email: "([^\\s@]+@[^\\s@]+)",
};

/** Whether an SMS is the registered text with its holes filled: exact in case, spaces and punctuation, 30 characters a hole (40 alphanumeric). */
const matchesDltTemplate = (template: DltTemplate, text: string): boolean => {
  const pattern = template.text
    .split(/(\{#[a-z]+#\})/)
    .map((part) => {
      const tag = /^\{#([a-z]+)#\}$/.exec(part)?.[1];
      return tag === undefined ? part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&") : (holes[tag] ?? "(.{0,30})");
    })
    .join("");
  return new RegExp(`^${pattern}$`, "u").test(text);
};

/** Whether operators let an SMS pass under the ids it names: template known, text matching, entity and header the registered ones. */
export const passesDlt = (
  templates: readonly DltTemplate[],
  sms: { templateId?: string | undefined; entityId?: string | undefined; senderId?: string | undefined; text: string },
): boolean => {
  const template = templates.find((candidate) => candidate.templateId === sms.templateId);
  if (template === undefined) return false;
  return (
    matchesDltTemplate(template, sms.text) &&
    (template.entityId === undefined || template.entityId === sms.entityId) &&
    (template.header === undefined || template.header === sms.senderId)
  );
};
