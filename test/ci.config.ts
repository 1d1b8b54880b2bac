import { defineConfig } from "vitest/config";

/** What needs more than npm: third-party fixtures, a browser, long runs. A folder without a test fails. */
export default defineConfig({
  test: {
    root: new URL("..", import.meta.url).pathname,
    include: ["test/fixtures-run/**/*.test.ts", "test/browser/**/*.browser.ts", "test/long/**/*.test.ts"],
    testTimeout: 600_000,
    hookTimeout: 120_000,
    passWithNoTests: false,
  },
});
