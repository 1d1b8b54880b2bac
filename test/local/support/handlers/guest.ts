import { handler as caller } from "./caller.ts";

/** The same deeds, with the rights of another role. */
export const handler = caller;
