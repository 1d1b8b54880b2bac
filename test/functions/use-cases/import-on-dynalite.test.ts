import { describe } from "vitest";
import { importOnDynalite } from "../../support/import-on-dynalite.ts";

// The whole hundred thousand run in CI (test/long), and in memory beside this file.
describe("a file of two thousand rows", () => importOnDynalite(2_000));
