/** Mutation testing of what decides: `npm run mutate`. */
export default {
  testRunner: "vitest",
  vitest: { configFile: "vitest.mutation.config.ts" },
  mutate: ["functions/domain/**/*.ts", "functions/use-cases/**/*.ts"],
  ignorePatterns: ["cdk.out", "coverage", "docs", "examples", "node_modules"],
  reporters: ["clear-text", "progress"],
  coverageAnalysis: "perTest",
  concurrency: 2,
  thresholds: { high: 95, low: 90, break: null },
  tempDirName: ".stryker-tmp",
};
