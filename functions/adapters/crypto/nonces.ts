import { randomBytes } from "node:crypto";
import type { Nonces } from "../../ports.ts";

/** Nonces of 96 random bits, as 16 characters of base64url. */
export const cryptoNonces: Nonces = { next: () => randomBytes(12).toString("base64url") };
