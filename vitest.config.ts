import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

const preactJsx = { oxc: { jsx: { runtime: "automatic", importSource: "preact" } } } as const;

export default defineConfig({
  test: {
    // tests wait for the database and for clocks most of the time
    maxWorkers: availableParallelism() + 1,
    projects: [
      {
        test: {
          name: "pure",
          include: ["tests/{architecture,domain,connectors,simulators,shared,platform}/**/*.test.ts"],
        },
      },
      {
        test: {
          name: "database",
          include: ["tests/{db,usecases,jobs,http,realtime,views,regression,settings}/**/*.test.ts"],
          globalSetup: ["tests/support/postgres.setup.ts"],
          testTimeout: 20_000,
          hookTimeout: 30_000,
        },
      },
      {
        ...preactJsx,
        test: { name: "widget", include: ["tests/widget/**/*.test.{ts,tsx}"], environment: "happy-dom" },
      },
      {
        ...preactJsx,
        test: { name: "sidebar", include: ["tests/sidebar/**/*.test.{ts,tsx}"], environment: "happy-dom" },
      },
    ],
  },
});
