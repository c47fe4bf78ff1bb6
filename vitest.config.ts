import { defineConfig } from "vitest/config";

const preactJsx = { oxc: { jsx: { runtime: "automatic", importSource: "preact" } } } as const;

export default defineConfig({
  test: {
    // the database works beside the tests: a core left idle for it would be idle most of the time
    maxWorkers: "100%",
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
