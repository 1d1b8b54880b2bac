import { defineConfig } from "vitest/config";

/** The tests that Stryker judges: domain and use cases, in memory. */
export default defineConfig({
  test: {
    include: ["test/functions/domain/**/*.test.ts", "test/functions/use-cases/**/*.test.ts"],
    exclude: ["**/import-on-dynalite.test.ts", "**/import-large-file.test.ts"],
    testTimeout: 60_000,
  },
});
