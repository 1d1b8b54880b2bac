import { describe } from "vitest";
import { importOnDynalite } from "../support/import-on-dynalite.ts";

describe("a file of a hundred thousand rows", () => importOnDynalite(100_000));
