import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "pure",
          include: ["tests/{architecture,domain,connectors,simulators,shared}/**/*.test.ts"],
        },
      },
    ],
  },
});
