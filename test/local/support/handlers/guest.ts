export { handler } from "./caller.ts";
