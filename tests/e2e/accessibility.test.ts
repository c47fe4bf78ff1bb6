import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expectResult, openConversation, threadMessage } from "./support/console.ts";
import { connectionNamed, shopSite } from "./support/console-api.ts";
import { expect, test } from "./support/journey.ts";
import { mintPerson } from "./support/people.ts";
import { bubblesOf, chatOf, composerOf, endChat, fillCard, launcherOf, openChat, say } from "./support/visitor.ts";

/** The shop's own content: looked at once, not again at every state of the chat. */
const SHOP = ["body > .notice", "body > header", "body > main"];

/** What axe finds serious or critical, in light and in dark, frames included. */
async function barriers(page: Page, where: string, except: readonly string[] = []): Promise<string[]> {
  const found: string[] = [];
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    // a page hears of it a moment later, which may be between axe's looks at a text and at what is behind it
    for (const frame of page.frames()) {
      await frame.waitForFunction((wanted) => matchMedia(`(prefers-color-scheme: ${wanted})`).matches, colorScheme);
    }
    const axe = new AxeBuilder({ page }).options({ resultTypes: ["violations"] });
    for (const selector of except) axe.exclude(selector);
    const { violations } = await axe.analyze();
    for (const { id, impact, nodes } of violations) {
      if (impact !== "serious" && impact !== "critical") continue;
      const targets = nodes.map((node) => `${node.target.flat().join(" ")}: ${node.failureSummary}`);
      found.push(`${where}, ${colorScheme}: ${id} at ${targets.join("\n")}`);
    }
  }
  await page.emulateMedia({ colorScheme: "light" });
  return found;
}

test("the chat has no serious barriers, at home, in a conversation, at the card, at the end", async ({
  newVisitor,
  agentPage,
  conversationWith,
}) => {
  const { last, email } = mintPerson();
  const page = await newVisitor();
  await page.goto("/demo");
  await expect(launcherOf(page)).toBeVisible();
  const found = await barriers(page, "closed");
  await launcherOf(page).click();
  await chatOf(page).getByText("Send us a message").waitFor();
  found.push(...(await barriers(page, "home", SHOP)));
  await chatOf(page).getByText("Send us a message").click();
  found.push(...(await barriers(page, "empty conversation", SHOP)));
  await say(page, `Hello ${last}, see https://example.com/lamps`);
  await chatOf(page).locator("form.card").getByLabel("Email").fill("not an address");
  await chatOf(page).locator("form.card").getByRole("button", { name: "Save" }).click();
  found.push(...(await barriers(page, "card", SHOP)));
  await fillCard(page, { email });
  await openConversation(agentPage, await conversationWith(last));
  await agentPage.getByRole("textbox", { name: "Reply" }).fill("Good lamps.");
  await agentPage.keyboard.press("Enter");
  await expect(bubblesOf(page)).toHaveCount(2);
  found.push(...(await barriers(page, "conversation", SHOP)));
  await chatOf(page).getByRole("button", { name: "Options" }).click();
  found.push(...(await barriers(page, "menu", SHOP)));
  await chatOf(page).getByRole("button", { name: "Options" }).click();
  await endChat(page);
  found.push(...(await barriers(page, "ended", SHOP)));
  expect(found).toEqual([]);
});

test("the console has no serious barriers before sign-in and in a conversation with decisions to make", async ({
  newVisitor,
  agentPage,
  crms,
  conversationWith,
}) => {
  const signedOut = await newVisitor();
  await signedOut.goto("/app/login");
  await signedOut.getByLabel("Password").waitFor();
  const found = await barriers(signedOut, "login");

  const [lea, one, other] = [mintPerson("Lea"), mintPerson("Ida"), mintPerson("Udo")];
  crms.hubspot.seed("contact", { firstname: "Leah", lastname: lea.last, email: lea.email, phone: "+12025550170" });
  for (const { first, last } of [one, other]) {
    crms.dynamics.seed("contact", { firstname: first, lastname: last, telephone1: lea.phone });
  }
  const visitor = await newVisitor();
  await openChat(visitor);
  await say(visitor, `Hello ${lea.last}`);
  await fillCard(visitor, { firstName: "Lea", lastName: lea.last, email: lea.email, phone: lea.phone });
  await endChat(visitor);

  await agentPage.goto("/app/inbox");
  await agentPage.getByText("Choose a conversation").waitFor();
  found.push(...(await barriers(agentPage, "inbox")));
  await openConversation(agentPage, await conversationWith(lea.last));
  await expectResult(agentPage, "HubSpot", "2 conflicts queued");
  found.push(...(await barriers(agentPage, "conflicts")));
  await expectResult(agentPage, "Dynamics 365", "Several records fit");
  found.push(...(await barriers(agentPage, "picker")));
  expect(found).toEqual([]);
});

const PAGES: Readonly<Record<string, readonly string[]>> = {
  "the settings": ["sites", "sites/:site", "users", "account"].map(inSettings),
  "the settings for programs": ["api-keys", "webhooks", "api"].map(inSettings),
  "the settings of CRMs": [
    "connections",
    "connections/new",
    "connections/:crm",
    "connections/:crm?tab=mapping",
    "connections/dry-run",
  ].map(inSettings),
  "the contacts": ["contacts", "contacts/new", "contacts/duplicates", "contacts/merges", "contacts/erasures"],
  "the logs": ["conflicts", "sync", "sync/charts", "imports", "imports/files", "audit"],
};

function inSettings(path: string): string {
  return `settings/${path}`;
}

for (const [name, paths] of Object.entries(PAGES)) {
  test(`${name} have no serious barriers`, async ({ adminPage, admin }) => {
    const [site, crm] = [await shopSite(admin), await connectionNamed(admin, "HubSpot")];
    const found: string[] = [];
    for (const path of paths) {
      await adminPage.goto(`/app/${path.replace(":site", site.id).replace(":crm", crm.id)}`);
      await expect(adminPage.getByRole("main").getByRole("heading").first()).toBeVisible();
      await expect(adminPage.locator(".ui-skeleton")).toHaveCount(0);
      found.push(...(await barriers(adminPage, path)));
    }
    expect(found).toEqual([]);
  });
}

test("a visitor needs no mouse: open, write, and Escape leads back to the launcher", async ({ newVisitor }) => {
  const page = await newVisitor();
  await page.goto("/demo");
  await expect(launcherOf(page)).toBeVisible();
  await page.keyboard.press("Shift+Tab");
  await expect(launcherOf(page)).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(chatOf(page).getByRole("button", { name: /Send us a message/ })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(composerOf(page)).toBeFocused();
  await page.keyboard.type("without a mouse");
  await page.keyboard.press("Enter");
  await expect(bubblesOf(page)).toHaveText(["without a mouse"]);
  await expect(composerOf(page)).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(launcherOf(page)).toBeFocused();
  await expect(launcherOf(page)).toHaveAttribute("aria-expanded", "false");
  await page.keyboard.press("Enter");
  await expect(composerOf(page)).toBeFocused();
});

test("an agent needs no mouse: J and K move, R answers, Enter sends", async ({ newVisitor, agentPage }) => {
  const [one, other] = [mintPerson(), mintPerson()];
  const [first, second] = [await newVisitor(), await newVisitor()];
  await openChat(first);
  await say(first, `older ${one.last}`);
  await openChat(second);
  await say(second, `newer ${other.last}`);

  await agentPage.goto("/app/inbox");
  await expect(agentPage.locator(".inbox-row").nth(1)).toContainText(one.last);
  await agentPage.keyboard.press("j");
  await expect(threadMessage(agentPage, `newer ${other.last}`)).toBeVisible();
  await agentPage.keyboard.press("j");
  await expect(threadMessage(agentPage, `older ${one.last}`)).toBeVisible();
  await agentPage.keyboard.press("k");
  await expect(threadMessage(agentPage, `newer ${other.last}`)).toBeVisible();
  await agentPage.keyboard.press("r");
  await agentPage.keyboard.type("by keys alone");
  await agentPage.keyboard.press("Enter");
  await expect(bubblesOf(second)).toHaveText([`newer ${other.last}`, "by keys alone"]);
  await agentPage.keyboard.press("Escape");
  await agentPage.keyboard.press("?");
  await expect(agentPage.getByRole("dialog")).toBeVisible();
  await agentPage.keyboard.press("Escape");
  await expect(agentPage.getByRole("dialog")).toHaveCount(0);
});
