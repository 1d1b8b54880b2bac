import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    exclude: ["test/fixtures-run/**", "test/browser/**", "test/long/**", "node_modules/**"],
    // Generous: machines are shared; what is slow by itself is bounded in its own test.
    setupFiles: ["test/support/property-seed.ts"],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    coverage: {
      provider: "v8",
      include: ["functions/**"],
      exclude: ["functions/adapters/wording/generated/**"],
      reporter: ["text-summary", "html"],
    },
  },
});
