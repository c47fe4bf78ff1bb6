import type { Page } from "@playwright/test";
import { conflictRow, expectResult, openConversation, showTab } from "./support/console.ts";
import { type ConsoleApi, connectionNamed, pendingConflictsOf } from "./support/console-api.ts";
import { type Crms, onlyRecordWith } from "./support/crms.ts";
import { expect, test } from "./support/journey.ts";
import { mintPerson, type Person } from "./support/people.ts";
import { saveRecord } from "./support/records-page.ts";
import { chatOnce } from "./support/visitor.ts";

/** A person whose name and telephone number HubSpot has otherwise, after a chat in which they said so. */
async function differInHubSpot(crms: Crms, visitor: Page): Promise<Person> {
  const person = mintPerson("Lea");
  const { last, email } = person;
  crms.hubspot.seed("contact", { firstname: "Leah", lastname: last, email, phone: "+12025550170" });
  await chatOnce(visitor, `${last} here`, { firstName: "Lea", lastName: last, email, phone: person.phone });
  return person;
}

async function setPaused(admin: ConsoleApi, name: string, paused: boolean): Promise<void> {
  const { id } = await connectionNamed(admin, name);
  await admin.send("POST", `/api/connections/${id}/${paused ? "pause" : "resume"}`);
}

test("a value somebody changed in the CRM meanwhile is not overwritten: the row shows it and asks again", async ({
  newVisitor,
  agentPage,
  crms,
  conversationWith,
}) => {
  const { last, email } = await differInHubSpot(crms, await newVisitor());
  await openConversation(agentPage, await conversationWith(last));
  const panel = await expectResult(agentPage, "HubSpot", "2 conflicts queued");
  const row = conflictRow(panel, "First name");
  await expect(row).toContainText("Leah");

  const salesperson = await newVisitor();
  await salesperson.goto(`${crms.recordsUrl.HubSpot}?q=${last}`);
  await salesperson.getByLabel("firstname", { exact: true }).fill("Leonie");
  await saveRecord(salesperson);
  await expect(salesperson.getByLabel("firstname", { exact: true })).toHaveValue("Leonie");

  await row.getByRole("button", { name: "Use chat value" }).click();
  await expect(row).toContainText("HubSpot changed this to “Leonie” since you looked. Decide again.");
  expect(onlyRecordWith(crms.hubspot, email).values).toMatchObject({ firstname: "Leonie" });

  await row.getByRole("button", { name: "Use chat value" }).click();
  await expect(panel.getByText("HubSpot now has “Lea”")).toBeVisible();
  expect(onlyRecordWith(crms.hubspot, email).values).toMatchObject({ firstname: "Lea" });
});

test("“Discard all” keeps every value of the CRM and empties the panel", async ({
  newVisitor,
  agentPage,
  admin,
  crms,
  conversationWith,
}) => {
  const { last, email } = await differInHubSpot(crms, await newVisitor());
  const id = await conversationWith(last);
  await openConversation(agentPage, id);
  const panel = await expectResult(agentPage, "HubSpot", "2 conflicts queued");
  const before = onlyRecordWith(crms.hubspot, email);
  await panel.getByRole("button", { name: "Discard all" }).click();
  await panel.getByRole("button", { name: "Keep 2 CRM values" }).click();
  await expect(panel.getByRole("region", { name: "Pending conflicts" })).toHaveCount(0);
  expect(onlyRecordWith(crms.hubspot, email)).toEqual(before);
  expect(await pendingConflictsOf(admin, id)).toEqual([]);
});

test("a conflict of a paused connection is not written, says so, and can be settled after the pause", async ({
  newVisitor,
  agentPage,
  admin,
  crms,
  conversationWith,
}) => {
  const { last, email } = await differInHubSpot(crms, await newVisitor());
  await openConversation(agentPage, await conversationWith(last));
  const panel = await expectResult(agentPage, "HubSpot", "2 conflicts queued");
  await setPaused(admin, "HubSpot", true);
  try {
    await expect(panel.getByText("HubSpot is paused.")).toBeVisible();
    await conflictRow(panel, "First name").getByRole("button", { name: "Use chat value" }).click();
    await expect(panel.getByRole("alert")).toContainText("Resume or reconnect it in the settings");
    expect(onlyRecordWith(crms.hubspot, email).values).toMatchObject({ firstname: "Leah" });
  } finally {
    await setPaused(admin, "HubSpot", false);
  }
  await expect(panel.getByText("HubSpot is paused.")).toHaveCount(0);
  await conflictRow(panel, "First name").getByRole("button", { name: "Use chat value" }).click();
  await expect(panel.getByText("HubSpot now has “Lea”")).toBeVisible();
});

test("two agents who decide the same row: the first decision stands", async ({
  newVisitor,
  agentPage,
  adminPage,
  crms,
  conversationWith,
}) => {
  const { last, email } = await differInHubSpot(crms, await newVisitor());
  const id = await conversationWith(last);
  await openConversation(agentPage, id);
  await openConversation(adminPage, id);
  const [one, other] = [
    await expectResult(agentPage, "HubSpot", "2 conflicts queued"),
    await expectResult(adminPage, "HubSpot", "2 conflicts queued"),
  ];
  // the second agent's console does not learn of the first decision in time
  await adminPage.route("**/api/conversations/*/crm", () => undefined);
  await conflictRow(one, "First name").getByRole("button", { name: "Keep CRM value" }).click();
  await expect(one.getByText("Kept “Leah” in HubSpot")).toBeVisible();
  await conflictRow(other, "First name").getByRole("button", { name: "Use chat value" }).click();
  await expect(conflictRow(other, "First name")).toHaveCount(0);
  await adminPage.unroute("**/api/conversations/*/crm");
  await adminPage.reload();
  await expect(conflictRow(await showTab(adminPage, "HubSpot"), "Phone")).toBeVisible();
  await expect(conflictRow(other, "First name")).toHaveCount(0);
  expect(onlyRecordWith(crms.hubspot, email).values).toMatchObject({ firstname: "Leah" });
});
