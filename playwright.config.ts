import { defineConfig } from "@playwright/test";
import { chromium } from "./scripts/chromium.mjs";

const { executablePath, args, env } = await chromium();

export default defineConfig({
  testDir: "tests/e2e",
  testMatch: "**/*.test.ts",
  workers: 2,
  timeout: 180_000,
  expect: { timeout: 30_000 },
  reporter: [["list"]],
  use: {
    launchOptions: {
      executablePath,
      args,
      env: Object.fromEntries(Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined)),
    },
    trace: "retain-on-failure",
    viewport: { width: 1280, height: 800 },
    // animations would only be waited for
    contextOptions: { reducedMotion: "reduce" },
  },
});
