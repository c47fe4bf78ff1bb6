import { test as base } from "@playwright/test";
import { type RolodeskProcess, startRolodesk } from "./rolodesk-process.ts";

interface Shared {
  /** One server for all tests of a worker; tests that kill it start their own with `startRolodesk`. */
  rolodesk: RolodeskProcess;
}

export const test = base.extend<{ baseURL: string }, Shared>({
  rolodesk: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the wanted fixtures from the pattern
    async ({}, use) => {
      const server = await startRolodesk();
      await use(server);
      await server.destroy();
    },
    { scope: "worker", timeout: 180_000 },
  ],
  baseURL: async ({ rolodesk }, use) => use(rolodesk.url),
});

export { expect } from "@playwright/test";
