import { mkdirSync } from "node:fs";
import { type Browser, chromium as playwright } from "@playwright/test";
import { DEMO_AGENT } from "../server/demo/demo-accounts.ts";
import { fillBigCommerce, fillDynamics, fillHighLevel, fillHubSpot } from "../server/demo/simulator-records.ts";
import { connectOnly, signIn } from "../tests/e2e/support/console-api.ts";
import { startCrms } from "../tests/e2e/support/crms.ts";
import { startRolodesk } from "../tests/e2e/support/rolodesk-process.ts";
import { chromium } from "./chromium.mjs";
import {
  DESK,
  FOLDER,
  photograph,
  photographHome,
  photographMobile,
  photographReconnect,
  photographRecords,
  photographRightToLeft,
  photographSettings,
  playAna,
  playHotel,
  playMorning,
  type Stage,
} from "./screenshot-scenes.ts";

/** Plays the demo's scenes on a throwaway server and photographs them into `docs/screenshots`. */
async function play(browser: Browser): Promise<void> {
  const [rolodesk, crms] = await Promise.all([startRolodesk(), startCrms()]);
  try {
    fillHubSpot(crms.hubspot);
    fillDynamics(crms.dynamics);
    fillHighLevel(crms.highlevel);
    fillBigCommerce(crms.bigcommerce);
    const admin = await signIn(rolodesk.url);
    await connectOnly(admin, crms.access);
    const agent = await signIn(rolodesk.url, DEMO_AGENT);
    const stage: Stage = {
      rolodesk,
      crms,
      admin,
      agent,
      async open(options = {}) {
        const context = await browser.newContext({
          baseURL: rolodesk.url,
          viewport: { width: 1280, height: 820 },
          reducedMotion: "reduce",
          ...options,
        });
        return await context.newPage();
      },
    };
    const desk = await stage.open({ storageState: agent.state, viewport: DESK });
    await desk.goto("/app/inbox");
    await desk.getByText("No open conversations.").waitFor();
    await photograph(desk, "inbox-empty");
    await photographHome(stage);
    await playMorning(stage);
    await playHotel(stage, desk);
    await playAna(stage, desk);
    await photographMobile(stage);
    await photographRightToLeft(stage);
    await photographSettings(stage);
    await photographRecords(stage);
    await photographReconnect(stage, desk);
  } finally {
    await rolodesk.destroy();
    await crms.close();
  }
}

mkdirSync(FOLDER, { recursive: true });
const { executablePath, args, env } = await chromium();
const browser = await playwright.launch({
  executablePath,
  args,
  env: Object.fromEntries(Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined)),
});
try {
  await play(browser);
} finally {
  await browser.close();
}
