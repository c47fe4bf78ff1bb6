import { type Browser, expect, type Page, test } from "@playwright/test";
import { DEMO_AGENT } from "../../server/demo/demo-accounts.ts";
import { conflictRow, expectResult, openConversation, showTab } from "./support/console.ts";
import { type ConsoleApi, conversationsWith, signIn } from "./support/console-api.ts";
import { saveRecord } from "./support/records-page.ts";
import { type RolodeskProcess, startRolodesk } from "./support/rolodesk-process.ts";
import { chatOf, chatOnce, say } from "./support/visitor.ts";

let rolodesk: RolodeskProcess;
let agent: ConsoleApi;

test.beforeAll(async () => {
  rolodesk = await startRolodesk();
  agent = await signIn(rolodesk.url, DEMO_AGENT);
});
test.afterAll(async () => {
  await agent?.dispose();
  await rolodesk?.destroy();
});

async function agentPage(browser: Browser): Promise<Page> {
  const context = await browser.newContext({ baseURL: rolodesk.url, storageState: agent.state });
  return await context.newPage();
}

/** The demo's own page of a CRM, showing one record. */
async function salesperson(browser: Browser, crm: string, search: string): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  await page.goto(`${rolodesk.simulators.get(crm)}?q=${encodeURIComponent(search)}`);
  return page;
}

async function chatAs(browser: Browser, text: string, values: Parameters<typeof chatOnce>[2]): Promise<string> {
  const context = await browser.newContext({ baseURL: rolodesk.url });
  await chatOnce(await context.newPage(), text, values);
  await context.close();
  const [id] = await conversationsWith(agent, text);
  return id ?? "";
}

test("what somebody edits in a CRM reaches open questions and values at once, and an equal value ends its question", async ({
  browser,
}) => {
  const values = { firstName: "Ana", lastName: "Ruiz", email: "ana.ruiz@example.com", phone: "+1 202 555 0148" };
  const id = await chatAs(browser, "It is Ana Ruiz with a new number", values);
  const desk = await agentPage(browser);
  await openConversation(desk, id);

  const dynamics = await expectResult(desk, "Dynamics 365", "2 conflicts queued");
  await expect(conflictRow(dynamics, "First name")).toContainText("Anna");
  const inDynamics = await salesperson(browser, "Dynamics 365", "ana.ruiz");
  await inDynamics.getByLabel("firstname", { exact: true }).fill("Annabel");
  await saveRecord(inDynamics);
  await expect(conflictRow(dynamics, "First name")).toContainText("Dynamics 365 changed this to “Annabel”");
  await inDynamics.getByLabel("firstname", { exact: true }).fill("Ana");
  await saveRecord(inDynamics);
  await expect(conflictRow(dynamics, "First name")).toHaveCount(0);
  await expect(conflictRow(dynamics, "Phone")).toBeVisible();

  for (const [crm, label] of [
    ["HubSpot", "lastname"],
    ["HighLevel", "lastName"],
    ["BigCommerce", "last_name"],
  ] as const) {
    const panel = await showTab(desk, crm);
    await expect(panel.locator("table.values")).toContainText("Ruiz");
    const page = await salesperson(browser, crm, "ana.ruiz");
    await page.getByLabel(label, { exact: true }).fill(`Ruiz-${crm}`);
    await saveRecord(page);
    await expect(panel.locator("table.values")).toContainText(`Ruiz-${crm}`);
  }
});

test("a record that is merged away takes its contact's tab along, and one that is deleted leaves it without", async ({
  browser,
}) => {
  const id = await chatAs(browser, "Omar Haddad asks about the Dune", { email: "omar.haddad@example.net" });
  const desk = await agentPage(browser);
  await openConversation(desk, id);

  const hubspot = await showTab(desk, "HubSpot");
  await expect(hubspot.locator("table.values")).toContainText("Haddad");
  const merging = await salesperson(browser, "HubSpot", "yuki.tanaka");
  const [yuki] = ((await merging.locator("article h2 small").textContent()) ?? "").split(" ").slice(1);
  await merging.goto(`${rolodesk.simulators.get("HubSpot")}?q=omar.haddad`);
  await merging.getByText("Delete or merge").click();
  await merging.getByLabel("Merge into").fill(yuki ?? "");
  await merging.getByRole("button", { name: "Merge into it" }).click();
  await expect(hubspot.locator("table.values")).toContainText("Tanaka");

  const dynamics = await showTab(desk, "Dynamics 365");
  await expect(dynamics.locator("table.values")).toContainText("Haddad");
  const deleting = await salesperson(browser, "Dynamics 365", "omar.haddad");
  await deleting.getByText("Delete or merge").click();
  await deleting.getByRole("button", { name: "Delete", exact: true }).click();
  await expect(dynamics).toContainText("Not linked to a record in Dynamics 365 yet.");
});

test("a customer who is signed in at the store is verified, and their tab is their record, though they typed nothing", async ({
  browser,
}) => {
  const page = await (await browser.newContext({ baseURL: rolodesk.url })).newPage();
  await page.goto("/demo");
  await page.locator("li.visitor").filter({ hasText: "Elif Aydin" }).getByRole("button").click();
  await chatOf(page).getByText("Send us a message").click();
  await say(page, "Can I still add a second Halo?");
  const [id] = await conversationsWith(agent, "Can I still add a second Halo?");

  const desk = await agentPage(browser);
  await openConversation(desk, id ?? "");
  await expect(desk.getByRole("region", { name: "Who this is" })).toContainText("elif.aydin@example.org");
  const panel = await showTab(desk, "BigCommerce");
  await panel.getByRole("button", { name: "Sync to BigCommerce" }).click();
  await expect(panel).toContainText("BigCommerce says so: this customer was signed in there.");
  await expect(panel.locator("table.values")).toContainText("Aydin");
});
