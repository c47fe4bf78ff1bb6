import type { Page } from "@playwright/test";
import { DEMO_ADMIN, DEMO_AGENT } from "../../../server/demo/demo-accounts.ts";
import { type ConsoleApi, connectOnly, conversationsWith, signIn } from "./console-api.ts";
import { type Crms, startCrms } from "./crms.ts";
import { test as base, expect } from "./rolodesk.ts";

interface Shared {
  /** CRMs of this worker, which its server is connected to instead of the demo's own. */
  crms: Crms;
  admin: ConsoleApi;
  agentApi: ConsoleApi;
}

interface Journey {
  /** A browser of its own, on the visitor's side. */
  newVisitor(): Promise<Page>;
  /** The console, signed in as an agent. */
  agentPage: Page;
  /** The console, signed in as an admin. */
  adminPage: Page;
  /** The id of the newest conversation in which this was said. */
  conversationWith(text: string): Promise<string>;
}

export const test = base.extend<Journey, Shared>({
  crms: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the wanted fixtures from the pattern
    async ({}, use) => {
      const crms = await startCrms();
      await use(crms);
      await crms.close();
    },
    { scope: "worker" },
  ],
  admin: [
    async ({ rolodesk, crms }, use) => {
      const admin = await signIn(rolodesk.url, DEMO_ADMIN);
      await connectOnly(admin, crms.access);
      await use(admin);
      await admin.dispose();
    },
    { scope: "worker", timeout: 180_000 },
  ],
  agentApi: [
    async ({ rolodesk }, use) => {
      const agent = await signIn(rolodesk.url, DEMO_AGENT);
      await use(agent);
      await agent.dispose();
    },
    { scope: "worker" },
  ],
  newVisitor: async ({ browser, baseURL, admin: _connected }, use) => {
    const opened: Page[] = [];
    await use(async () => {
      const context = await browser.newContext({ baseURL });
      const page = await context.newPage();
      opened.push(page);
      return page;
    });
    for (const page of opened) await page.context().close();
  },
  agentPage: async ({ browser, baseURL, agentApi, admin: _connected }, use) => {
    const context = await browser.newContext({ baseURL, storageState: agentApi.state });
    await use(await context.newPage());
    await context.close();
  },
  adminPage: async ({ browser, baseURL, admin }, use) => {
    const context = await browser.newContext({ baseURL, storageState: admin.state });
    await use(await context.newPage());
    await context.close();
  },
  conversationWith: async ({ admin }, use) => {
    await use(async (text) => {
      let id: string | undefined;
      await expect(async () => {
        [id] = await conversationsWith(admin, text);
        expect(id, `a conversation with "${text}"`).toBeDefined();
      }).toPass({ timeout: 30_000 });
      return id ?? "";
    });
  },
});

export { expect } from "./rolodesk.ts";
