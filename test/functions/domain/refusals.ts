type Parser = {
  safeParse(input: unknown): {
    readonly success: boolean;
    readonly error?: {
      readonly issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[];
    };
  };
};

/** What a schema refuses of an input, one `path: message` each in order of path; empty when it takes it. */
export const refusals = (schema: Parser, input: unknown): readonly string[] =>
  (schema.safeParse(input).error?.issues ?? []).map(({ path, message }) => `${path.join(".")}: ${message}`).toSorted();

/** The paths of what a schema refuses. */
export const refusedPaths = (schema: Parser, input: unknown): readonly string[] => [
  ...new Set((schema.safeParse(input).error?.issues ?? []).map(({ path }) => path.join("."))),
];

/** An object without the members that are undefined: as JSON would bring it. */
export const asSent = (object: object): object =>
  Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined));
