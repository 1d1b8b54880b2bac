import type { Caps, ComplianceRule } from "./compliance.ts";
import { complianceRules } from "./compliance-rules.ts";
import { intersection, type SendWindow } from "./send-window.ts";

/** What of a biller's settings says when its customers may be reminded. */
export type Governed = {
  readonly country: string;
  readonly window?: SendWindow;
  readonly caps?: Caps;
  readonly rules?: readonly ComplianceRule[];
};

/** When and how often customers are reminded of the bills of one category: the biller's wish within every rule. */
export type SendTerms = {
  readonly window?: SendWindow;
  readonly caps?: Caps;
  readonly consent?: "explicit";
  /** The settings and the rules leave no time in common: what the law allows counts, and no such bill is registered. */
  readonly clash?: WindowClash;
};

/** A setting that leaves nothing of the window before it. */
export type WindowClash = { readonly path: (string | number)[]; readonly message: string };

/** One window among those that must all be open, and the setting it comes from. */
type Layer = { readonly window: SendWindow | undefined; readonly path: WindowClash["path"] };

const known = new WeakMap<Governed, Map<string, SendTerms>>();

/**
 * The terms for bills of a category: the windows' and the weekdays' intersection, all holidays, the smaller caps. Worked out once for
 * each settings object and category.
 */
export function sendTermsOf(settings: Governed, category: string | undefined): SendTerms {
  const terms = known.get(settings) ?? new Map<string, SendTerms>();
  known.set(settings, terms);
  // What no rule names is all one category, so that what is kept stays as small as the rules.
  const name = category !== undefined && isNamed(settings, category) ? category : "";
  const found = terms.get(name) ?? termsFor(settings, name);
  terms.set(name, found);
  return found;
}

const lawsOf = ({ country }: Governed, category: string): readonly ComplianceRule[] =>
  complianceRules.filter((law) => law.country === country && law.categories.includes(category));

const isNamed = (settings: Governed, category: string): boolean =>
  lawsOf(settings, category).length > 0 ||
  (settings.rules ?? []).some(({ categories }) => categories.includes(category));

function termsFor(settings: Governed, category: string): SendTerms {
  const laws = lawsOf(settings, category);
  const own = (settings.rules ?? [])
    .map((rule, n) => ({ rule, n }))
    .filter(({ rule }) => rule.categories.includes(category));
  const rules = [...laws, ...own.map(({ rule }) => rule)];
  const caps = [settings.caps, ...rules.map((rule) => rule.caps)].reduce(smaller, undefined);
  return {
    // The law first: where nothing is left in common, it is the law that stays.
    ...common([
      ...laws.map(({ window }) => ({ window, path: ["country"] })),
      { window: settings.window, path: ["window"] },
      ...own.map(({ rule: { window }, n }) => ({ window, path: ["rules", n, "window"] })),
    ]),
    ...(caps && { caps }),
    ...(rules.some(({ consent }) => consent === "explicit") && { consent: "explicit" }),
  };
}

/** The time that all the layers have in common; one that leaves nothing of those before it is left out and named. */
function common(layers: readonly Layer[]): Pick<SendTerms, "window" | "clash"> {
  let window: SendWindow | undefined;
  let clash: WindowClash | undefined;
  for (const layer of layers) {
    const both = window && layer.window ? intersection(window, layer.window) : (layer.window ?? window);
    if (!both && window) clash ??= { path: layer.path, message: `has too little in common with ${inWords(window)}` };
    window = both ?? window;
  }
  return { ...(window && { window }), ...(clash && { clash }) };
}

const inWords = ({ start, end, days }: SendWindow): string => [`${start}-${end}`, ...(days ?? [])].join(" ");

/** The smaller of two limits; one that is not set limits nothing. */
const least = (a: number | undefined, b: number | undefined): number | undefined =>
  a !== undefined && b !== undefined ? Math.min(a, b) : (a ?? b);

function smaller(a: Caps | undefined, b: Caps | undefined): Caps | undefined {
  const [perDay, perWeek] = [least(a?.perDay, b?.perDay), least(a?.perWeek, b?.perWeek)];
  if (perDay === undefined && perWeek === undefined) return undefined;
  return { ...(perDay !== undefined && { perDay }), ...(perWeek !== undefined && { perWeek }) };
}

/** The settings that leave no time for bills of the categories that the biller has rules for, each named once. */
export function windowClashes(settings: Governed): readonly WindowClash[] {
  const categories = new Set((settings.rules ?? []).flatMap(({ categories }) => categories));
  const clashes = [...categories].flatMap((category) => termsFor(settings, category).clash ?? []);
  return [...new Map(clashes.map((clash) => [clash.path.join("."), clash])).values()];
}
