/** What messages beside the cadence are called: the step their cursor stands at. */
export const sideNames = ["receipt", "failed", "pending"] as const;
export type SideName = (typeof sideNames)[number];
