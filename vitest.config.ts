import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

/** A machine may be busy: these end what hangs, and say nothing of how long a test may take. */
const deadlines = { testTimeout: 600_000, hookTimeout: 120_000, expect: { poll: { timeout: 60_000 } } } as const;

const preactJsx = { oxc: { jsx: { runtime: "automatic", importSource: "preact" } } } as const;

export default defineConfig({
  test: {
    // tests wait for the database and for clocks most of the time
    maxWorkers: availableParallelism() + 1,
    projects: [
      {
        test: {
          ...deadlines,
          name: "pure",
          include: ["tests/{architecture,domain,connectors,simulators,shared,platform}/**/*.test.ts"],
        },
      },
      {
        test: {
          ...deadlines,
          name: "database",
          include: ["tests/{db,usecases,jobs,http,realtime,views,regression,settings}/**/*.test.ts"],
          globalSetup: ["tests/support/postgres.setup.ts"],
        },
      },
      {
        ...preactJsx,
        test: { ...deadlines, name: "widget", include: ["tests/widget/**/*.test.{ts,tsx}"], environment: "happy-dom" },
      },
      {
        ...preactJsx,
        test: {
          ...deadlines,
          name: "sidebar",
          include: ["tests/sidebar/**/*.test.{ts,tsx}"],
          environment: "happy-dom",
        },
      },
    ],
  },
});
