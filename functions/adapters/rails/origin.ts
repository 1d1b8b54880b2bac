/** Scheme, host and port of an https URL as it is written, for a content security policy; empty for anything else. */
export const originOf = (url: string): string => /^https:\/\/[^/?#]+/.exec(url)?.[0] ?? "";
