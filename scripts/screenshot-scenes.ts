import { join } from "node:path";
import { type BrowserContextOptions, expect, type Page } from "@playwright/test";
import { EXAMPLE_VISITORS } from "../server/demo/example-visitors.ts";
import { expectResult, openConversation, reply, showTab } from "../tests/e2e/support/console.ts";
import { type ConsoleApi, connectionNamed, conversationsWith } from "../tests/e2e/support/console-api.ts";
import type { Crms } from "../tests/e2e/support/crms.ts";
import type { RolodeskProcess } from "../tests/e2e/support/rolodesk-process.ts";
import { chatOf, composerOf, fillCard, launcherOf, openChat, say } from "../tests/e2e/support/visitor.ts";

export const FOLDER = join(import.meta.dirname, "../docs/screenshots");
export const DESK = { width: 1440, height: 900 };
/** The panel with the launcher below it, in the corner of the page. */
const CORNER = { width: 460, height: 790 };

export interface Stage {
  readonly rolodesk: RolodeskProcess;
  readonly crms: Crms;
  readonly admin: ConsoleApi;
  readonly agent: ConsoleApi;
  open(options?: BrowserContextOptions): Promise<Page>;
}

export async function photograph(
  page: Page,
  name: string,
  clip?: { x: number; y: number; width: number; height: number },
) {
  await page.mouse.move(0, 0);
  await page.screenshot({ path: join(FOLDER, `${name}.png`), clip, animations: "disabled", caret: "initial" });
}

async function photographChat(page: Page, name: string): Promise<void> {
  const { width, height } = page.viewportSize() ?? DESK;
  const right = (await page.evaluate("document.documentElement.dir")) !== "rtl";
  const x = right ? width - CORNER.width : 0;
  await photograph(page, name, { x, y: height - CORNER.height, ...CORNER });
}

function wordsOf(key: string): string {
  return EXAMPLE_VISITORS.find((visitor) => visitor.key === key)?.says ?? "";
}

function nameOf(key: string): string {
  return EXAMPLE_VISITORS.find((visitor) => visitor.key === key)?.name ?? "";
}

const EMAIL_OR_PHONE = /\S+@\S+|\+[\d ]{8,}/g;

/** The visitor says it, and lets each address and number in it be saved. */
async function sayAndSave(page: Page, words: string): Promise<void> {
  await say(page, words);
  for (const _ of words.matchAll(EMAIL_OR_PHONE)) {
    const question = await chatOf(page)
      .getByText(/^Save .+\?$/)
      .textContent();
    await chatOf(page).getByRole("button", { name: "Yes" }).click();
    await chatOf(page)
      .getByText(question ?? "", { exact: true })
      .waitFor({ state: "detached" });
  }
}

async function conversationOf({ admin }: Stage, words: string): Promise<string> {
  const [id] = await conversationsWith(admin, words);
  if (!id) throw new Error(`Nobody said "${words}".`);
  return id;
}

/** Several people write, so that the inbox is as on any morning. Ana's own chat is played later. */
export async function playMorning(stage: Stage): Promise<void> {
  for (const [key, answer] of [
    ["noor", "We do, within three days."],
    ["lena", null],
    ["tom", "They leave the workshop on Thursday."],
    ["sam", null],
  ] as const) {
    const page = await stage.open();
    await openChat(page);
    await sayAndSave(page, wordsOf(key));
    const [firstName, lastName] = nameOf(key).split(" ");
    await fillCard(page, { firstName, lastName });
    const id = await conversationOf(stage, wordsOf(key).slice(0, 20));
    if (answer === null) continue;
    const me = await stage.agent.get<{ id: string }>("/api/me");
    await stage.agent.send("POST", `/api/conversations/${id}/assign`, { userId: me.id });
    await stage.agent.send("POST", `/api/conversations/${id}/messages`, {
      clientId: crypto.randomUUID(),
      kind: "agent",
      text: answer,
    });
  }
}

export async function playHotel(stage: Stage, agent: Page): Promise<void> {
  const page = await stage.open();
  await openChat(page);
  await sayAndSave(page, wordsOf("hotel"));
  await openConversation(agent, await conversationOf(stage, "Harbour Hotel"));
  await reply(agent, "Sixty of the Moth: lovely. Somebody calls you within the hour.");
  const panel = await showTab(agent, "HubSpot");
  await panel.getByRole("button", { name: "Sync to HubSpot" }).click();
  await expectResult(agent, "HubSpot", "Several records fit");
  await agent.locator(".ui-spinner").waitFor({ state: "detached" });
  await photograph(agent, "picker");
}

/** The story of the README: one person in four CRMs, and what differs is asked. */
export async function playAna(stage: Stage, agent: Page): Promise<void> {
  const page = await stage.open();
  await openChat(page);
  await sayAndSave(page, wordsOf("ana"));
  await fillCard(page, { firstName: "Ana", lastName: "Ruiz", phone: "+1 202 555 0148" });
  const id = await conversationOf(stage, "Arc desk lamp");
  await openConversation(agent, id);
  await reply(agent, "Good morning Ana! It is, since Monday.");
  await reply(agent, "Shall I put one aside for you?");
  await say(page, "Yes please. The number above is my new one.");
  await composerOf(page).fill("");
  await photographChat(page, "widget-light");
  await page.emulateMedia({ colorScheme: "dark" });
  await photographChat(page, "widget-dark");

  for (const crm of ["BigCommerce", "HubSpot", "HighLevel", "Dynamics 365"] as const) {
    const panel = await showTab(agent, crm);
    await panel.getByRole("button", { name: `Sync to ${crm}` }).click();
    await expectResult(agent, crm, /conflicts? queued|Updated|up to date/);
  }
  await agent.getByRole("region", { name: "Pending conflicts" }).waitFor();
  await expect(agent.locator(".rail-count")).toHaveText("3");
  await photograph(agent, "console");
  await agent.emulateMedia({ colorScheme: "dark" });
  await photograph(agent, "console-dark");
  await agent.emulateMedia({ colorScheme: "light" });
}

export async function photographHome(stage: Stage): Promise<void> {
  const page = await stage.open();
  await page.goto("/demo");
  await launcherOf(page).waitFor();
  await photograph(page, "shop");
  await launcherOf(page).click();
  await chatOf(page).getByText("Send us a message").waitFor();
  await photographChat(page, "widget-home");
}

export async function photographMobile(stage: Stage): Promise<void> {
  const page = await stage.open({
    viewport: { width: 390, height: 844 },
    deviceScaleFactor: 2,
    isMobile: true,
    hasTouch: true,
  });
  await openChat(page);
  await composerOf(page).fill("Do you ship the Halo in two parts?");
  await chatOf(page).getByRole("button", { name: "Send" }).click();
  await chatOf(page).locator("form.card").waitFor();
  await photograph(page, "widget-mobile");
}

/** The same page as an Arabic shop would have it. */
export async function photographRightToLeft(stage: Stage): Promise<void> {
  const page = await stage.open();
  await page.route("**/demo", async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: (await response.text()).replace('lang="en"', 'lang="ar" dir="rtl"') });
  });
  await page.goto("/demo");
  await launcherOf(page).click();
  await chatOf(page).locator(".home-card").click();
  const input = chatOf(page).locator("textarea");
  await input.fill("مرحبا، هل مصباح Arc متوفر بالنحاس؟");
  await input.press("Enter");
  await chatOf(page).locator(".bubble-sent").waitFor();
  await chatOf(page).locator("form.card").waitFor();
  await photographChat(page, "widget-rtl");
}

export async function photographSettings(stage: Stage): Promise<void> {
  const page = await stage.open({ storageState: stage.admin.state, viewport: DESK });
  await page.goto("/app/settings/connections");
  await page.getByText("last sync").first().waitFor();
  await photograph(page, "connections");
  const { id } = await connectionNamed(stage.admin, "Dynamics 365");
  await page.goto(`/app/settings/connections/${id}?tab=mapping`);
  await page.getByLabel("Policy for First name").first().waitFor();
  await page.getByText("Text, up to 50 characters").first().waitFor();
  for (const input of await page.getByLabel(/property for First name/).all()) {
    await expect(input).toHaveValue("First Name");
  }
  await photograph(page, "mapping");
}

/** HubSpot's key is withdrawn: what the agent sees, and what the admin does about it. */
export async function photographReconnect(stage: Stage, agent: Page): Promise<void> {
  stage.crms.hubspot.faults.play({
    fault: {
      kind: "status",
      status: 401,
      contentType: "application/json",
      body: '{"category":"INVALID_AUTHENTICATION"}',
    },
  });
  const panel = await showTab(agent, "HubSpot");
  await panel.getByRole("button", { name: "Sync to HubSpot" }).click();
  await panel.locator(".crm-banner-danger").waitFor();
  await photograph(agent, "reconnect");
}

export async function photographRecords(stage: Stage): Promise<void> {
  const page = await stage.open({ viewport: { width: 1280, height: 800 } });
  await page.goto(stage.crms.recordsUrl["Dynamics 365"]);
  await photograph(page, "simulator");
}
