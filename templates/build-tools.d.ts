// mjml ships no types, and those of @messageformat/core name a default export that its CommonJS build does not have.
declare module "mjml" {
  function mjml2html(source: string, options: { validationLevel: "strict"; fonts: object }): Promise<{ html: string }>;
  export = mjml2html;
}

declare module "@messageformat/core" {
  class MessageFormat {
    constructor(locale: string, options: { returnType: "string" });
    compile(message: string): (values: Readonly<Record<string, string>>) => string;
  }
  export = MessageFormat;
}
