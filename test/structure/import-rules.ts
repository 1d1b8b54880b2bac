/** The direction of imports: handlers -> use-cases -> domain; adapters implement ports; only compose.ts knows both. */
const inDomain = "^functions/domain/";
const never = (name: string, from: object, to: object, comment: string) => ({
  name,
  severity: "error" as const,
  comment,
  from,
  to,
});

/** What a folder of functions/ may import of functions/; everything else of it is refused. */
const onlyWithin = (name: string, from: string, allowed: readonly string[]) =>
  never(
    name,
    { path: from },
    { path: "^functions/", pathNot: allowed },
    `${name}: see docs/decisions/0002-one-direction-of-imports.md`,
  );

export const importRules = [
  never("no-cycles", {}, { circular: true }, "a cycle is one module in two files"),
  never(
    "no-unresolved",
    {},
    { couldNotResolve: true, pathNot: "^aws-lambda$" },
    "an import must resolve (aws-lambda is types only, by @types)",
  ),
  never(
    "no-dev-dependency-deployed",
    { path: "^functions/" },
    { dependencyTypes: ["npm-dev", "npm-no-pkg", "npm-unknown"], dependencyTypesNot: ["type-only"] },
    "what is deployed needs a dependency",
  ),
  onlyWithin("domain", inDomain, [inDomain]),
  never(
    "domain-libraries",
    { path: inDomain },
    { dependencyTypes: ["npm", "core"], pathNot: ["node_modules/zod/", "node_modules/temporal-polyfill/"] },
    "the domain is pure: zod and the time-zone library only",
  ),
  onlyWithin("use-cases", "^functions/use-cases/", [
    inDomain,
    "^functions/use-cases/",
    "^functions/(money-)?ports\\.ts$",
    "^functions/messages\\.ts$",
  ]),
  never(
    "use-cases-libraries",
    { path: "^functions/use-cases/" },
    { dependencyTypes: ["npm", "core"] },
    "a use case knows no technology",
  ),
  onlyWithin("ports", "^functions/(money-)?ports\\.ts$", [
    inDomain,
    "^functions/money-ports\\.ts$",
    "^functions/messages\\.ts$",
  ]),
  onlyWithin("messages", "^functions/messages\\.ts$", [inDomain]),
  never(
    "ports-libraries",
    { path: "^functions/(ports|money-ports|messages)\\.ts$" },
    { dependencyTypes: ["npm", "core"], pathNot: ["node_modules/zod/"] },
    "ports and messages are types and schemas",
  ),
  onlyWithin("pages", "^functions/pages/", [inDomain, "^functions/pages/"]),
  never(
    "pages-libraries",
    { path: "^functions/pages/" },
    { dependencyTypes: ["npm"], pathNot: ["node_modules/hono/", "node_modules/uqr/"] },
    "a page is a function of what the domain says",
  ),
  onlyWithin("adapters", "^functions/adapters/", [
    inDomain,
    "^functions/adapters/",
    "^functions/(money-)?ports\\.ts$",
    "^functions/messages\\.ts$",
  ]),
  never(
    "one-technology",
    { path: "^functions/adapters/([^/]+)/" },
    { path: "^functions/adapters/[^/]+/", pathNot: ["^functions/adapters/$1/"] },
    "an adapter never imports another technology's folder",
  ),
  onlyWithin("middleware", "^functions/middleware/", [
    "^functions/domain/(errors|field-errors)\\.ts$",
    "^functions/middleware/",
  ]),
  onlyWithin("config", "^functions/config\\.ts$", ["^functions/config\\.ts$"]),
  onlyWithin("handlers", "^functions/handlers/", [
    inDomain,
    "^functions/(middleware|use-cases|pages)/",
    "^functions/(compose|messages|config)\\.ts$",
  ]),
  never(
    "handlers-libraries",
    { path: "^functions/handlers/" },
    { dependencyTypes: ["npm"], pathNot: ["node_modules/zod/", "node_modules/@types/"] },
    "a handler is parse, use case, reply",
  ),
  never(
    "nobody-imports-handlers",
    { pathNot: ["^local/", "^test/"] },
    { path: "^functions/handlers/" },
    "only AWS, the laptop and tests invoke a handler",
  ),
  never(
    "only-compose-knows-adapters",
    {
      pathNot: [
        "^functions/compose\\.ts$",
        "^functions/adapters/",
        "^local/",
        "^test/",
        "^cli/",
        "^bench/",
        "^templates/",
      ],
    },
    { path: "^functions/adapters/" },
    "the composition root is the only importer of adapters",
  ),
  never(
    "functions-stand-alone",
    { path: "^functions/" },
    { path: "^(lib|bin|local|cli|bench|test|templates)/" },
    "what is deployed knows nothing of how it is deployed or tried",
  ),
  never(
    "lib-of-functions",
    { path: "^(lib/|bin/app\\.ts)" },
    { path: "^functions/", pathNot: ["^functions/config\\.ts$"] },
    "of functions/ the stacks see the environment contract only",
  ),
  never("lib-apart", { path: "^lib/" }, { path: "^(bin|local|cli|bench|test)/" }, "the stacks stand alone"),
  never(
    "nothing-imports-tools",
    { path: "^(lib|functions|templates)/" },
    { path: "^(local|cli|bench)/" },
    "nothing but test/ and bin/ imports the tools",
  ),
  never("no-test-imports", { pathNot: "^test/" }, { path: "^test/" }, "nothing imports a test"),
  never("no-orphans-of-types", { path: "^functions/" }, { path: "node_modules/aws-cdk" }, "no CDK in what is deployed"),
];
