/** `T` with every member named: one that is optional in `T` may be undefined, but not forgotten. */
export type Complete<T> = {
  readonly [K in keyof T]-?: Record<never, never> extends Pick<T, K> ? T[K] | undefined : T[K];
};

/** The members that are not undefined; a codec that forgets a member of `T` does not compile. */
export const present = <T extends object>(members: Complete<T>): T =>
  Object.fromEntries(Object.entries(members).filter(([, member]) => member !== undefined)) as T;
