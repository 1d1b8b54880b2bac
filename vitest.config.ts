import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    exclude: ["test/fixtures-run/**", "test/browser/**", "node_modules/**"],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    coverage: {
      provider: "v8",
      include: ["functions/**"],
      exclude: ["functions/adapters/wording/generated/**"],
      reporter: ["text-summary", "html"],
    },
  },
});
