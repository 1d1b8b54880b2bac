import type { MediaHeader, WhatsAppButton, WhatsAppTemplate } from "./whatsapp-template-registry.ts";

type DefinedButton =
  | { readonly type: "URL"; readonly text: string; readonly url: string }
  | { readonly type: "QUICK_REPLY" | "ORDER_DETAILS"; readonly text: string }
  | { readonly type: "PHONE_NUMBER"; readonly text: string; readonly phone_number: string };

type DefinedComponent =
  | { readonly type: "HEADER"; readonly format: "TEXT"; readonly text: string }
  | { readonly type: "HEADER"; readonly format: MediaHeader["format"] }
  | { readonly type: "BODY"; readonly text: string }
  | { readonly type: "FOOTER"; readonly text: string }
  | { readonly type: "BUTTONS"; readonly buttons: readonly DefinedButton[] };

/** A template as Meta's `POST /{WABA_ID}/message_templates` takes it. */
export type WhatsAppTemplateDefinition = {
  readonly phoneNumberId?: string;
  readonly name: string;
  readonly language: string;
  readonly category: "UTILITY" | "MARKETING" | "AUTHENTICATION";
  readonly components: readonly DefinedComponent[];
};

const categories = { UTILITY: "utility", MARKETING: "marketing", AUTHENTICATION: "authentication" } as const;

const buttonOf = (button: DefinedButton): WhatsAppButton => {
  if (button.type === "URL") return { type: "URL", text: button.text, url: button.url };
  if (button.type !== "PHONE_NUMBER") return { type: button.type, text: button.text };
  return { type: "PHONE_NUMBER", text: button.text, phoneNumber: button.phone_number };
};

const partOf = (component: DefinedComponent): Partial<WhatsAppTemplate> => {
  switch (component.type) {
    case "HEADER":
      return { header: component.format === "TEXT" ? component.text : { format: component.format } };
    case "BODY":
      return { body: component.text };
    case "FOOTER":
      return { footer: component.text };
    case "BUTTONS":
      return { buttons: component.buttons.map(buttonOf) };
  }
};

/** The approved template that a definition becomes; an absent body stays empty, which no registry approves. */
export const templateOfDefinition = (definition: WhatsAppTemplateDefinition): WhatsAppTemplate => {
  const { phoneNumberId, name, language, category, components } = definition;
  const parts: Partial<WhatsAppTemplate> = Object.assign({}, ...components.map(partOf));
  return {
    ...(phoneNumberId === undefined ? {} : { phoneNumberId }),
    name,
    language,
    category: categories[category],
    body: "",
    buttons: [],
    ...parts,
  };
};
