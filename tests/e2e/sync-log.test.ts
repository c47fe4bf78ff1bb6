import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { type Crms, onlyRecordWith } from "./support/crms.ts";
import { expect, test } from "./support/journey.ts";
import { mintPerson, type Person } from "./support/people.ts";
import { chatOnce } from "./support/visitor.ts";

/** Somebody HubSpot has by another first name, after a chat. */
async function differInHubSpot(crms: Crms, visitor: Page): Promise<Person> {
  const person = mintPerson("Lea");
  const { last, email, phone } = person;
  crms.hubspot.seed("contact", { firstname: "Leah", lastname: last, email, phone: "+12025550170" });
  await chatOnce(visitor, `${last} here`, { firstName: "Lea", lastName: last, email, phone });
  return person;
}

test("the log tells what a sync changed and by which calls, and what failed is tried again from there", async ({
  newVisitor,
  agentPage,
  crms,
}) => {
  const person = mintPerson("Ida");
  crms.hubspot.faults.play({
    fault: { kind: "status", status: 400, contentType: "application/json", body: '{"message":"Closed today."}' },
    match: ({ method, path }) => method === "POST" && path.endsWith("/contacts"),
  });
  await chatOnce(await newVisitor(), `${person.last} here`, {
    firstName: person.first,
    lastName: person.last,
    email: person.email,
  });
  await agentPage.goto(`/app/sync?q=${person.last}&outcome=failed`);
  const row = agentPage.getByRole("list", { name: "Syncs" }).getByRole("link");
  await expect(row).toHaveCount(1);
  await expect(row).toContainText("Closed today.");
  crms.hubspot.faults.clear();

  await row.click();
  await expect(agentPage.getByRole("heading", { level: 1 })).toContainText(person.last);
  await agentPage.getByRole("button", { name: "Retry" }).click();
  await expect(agentPage.getByText("Created", { exact: true })).toBeVisible();
  await expect(agentPage.getByRole("row", { name: /^Email/ })).toContainText(person.email);
  await expect(agentPage.getByRole("row", { name: /POST .*\/contacts 201/ })).toBeVisible();
  expect(onlyRecordWith(crms.hubspot, person.email).values).toMatchObject({ firstname: "Ida" });
});

test("conflicts of many people are settled at once after a look at what that means, and a decision can be undone", async ({
  newVisitor,
  agentPage,
  adminPage,
  crms,
}) => {
  const people = [await differInHubSpot(crms, await newVisitor()), await differInHubSpot(crms, await newVisitor())];
  await agentPage.goto("/app/inbox");
  await agentPage.getByRole("link", { name: /^Conflicts, \d+ waiting/ }).click();
  await agentPage.getByRole("combobox", { name: "Field" }).selectOption("Phone");
  for (const { last } of people) {
    await agentPage.getByRole("checkbox", { name: `Choose Phone of Lea ${last}` }).check();
  }
  await agentPage.getByRole("button", { name: "Use chat values…" }).click();
  await expect(agentPage.getByRole("heading", { level: 1 })).toHaveText("Use 2 values from the chat");
  for (const { email } of people) {
    expect(onlyRecordWith(crms.hubspot, email).values).toMatchObject({ phone: "+12025550170" });
  }

  await agentPage.getByRole("button", { name: "Use the chat values" }).click();
  await expect(agentPage.getByText("Done: 2 values looked at")).toBeVisible();
  await expect(agentPage.getByText("Written: 2")).toBeVisible();
  for (const { email, phone } of people) {
    expect(onlyRecordWith(crms.hubspot, email).values).toMatchObject({ phone });
  }

  const [first] = people;
  await adminPage.goto("/app/conflicts?state=decided&unit=phone");
  const decided = adminPage.getByRole("listitem", { name: `Lea ${first?.last}, Phone` });
  await expect(decided).toContainText("Ana Agent used the chat value");
  await decided.getByRole("button", { name: "Undo" }).click();
  await expect(decided).toHaveCount(0);
  expect(onlyRecordWith(crms.hubspot, first?.email ?? "").values).toMatchObject({ phone: "+12025550170" });
  await adminPage.getByRole("link", { name: "Waiting", exact: true }).click();
  await adminPage.getByRole("link", { name: `Lea ${first?.last}` }).click();
  await expect(adminPage.getByRole("listitem").filter({ hasText: "undid it" })).toContainText("Adi Admin");
});

test("the charts count what was synced, also as a table", async ({ newVisitor, agentPage, crms }) => {
  await differInHubSpot(crms, await newVisitor());
  await agentPage.goto("/app/sync/charts?days=7");
  const perDay = agentPage.getByRole("figure").filter({ hasText: "Syncs per day" });
  await expect(perDay.getByRole("img", { name: /^Syncs per day\. \d+ syncs? ended/ })).toBeVisible();
  await perDay.getByText("Show as a table").click();
  await expect(perDay.getByRole("row")).toHaveCount(8);
});

test("none of these screens keeps anybody out, in light and dark", async ({ newVisitor, agentPage, crms }) => {
  const { last } = await differInHubSpot(crms, await newVisitor());
  await agentPage.goto(`/app/sync?q=${last}&outcome=conflicts_queued`);
  await agentPage.getByRole("list", { name: "Syncs" }).getByRole("link").click();
  await expect(agentPage.getByRole("heading", { name: "Fields" })).toBeVisible();
  const run = new URL(agentPage.url()).pathname;
  const found: string[] = [];
  for (const path of [run, "/app/sync", "/app/sync/charts", "/app/conflicts", "/app/conflicts?state=decided"]) {
    await agentPage.goto(path);
    await expect(agentPage.getByRole("heading", { level: 1 })).toBeVisible();
    await expect(agentPage.getByRole("status", { name: /^Loading/ })).toHaveCount(0);
    for (const colorScheme of ["light", "dark"] as const) {
      await agentPage.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      const { violations } = await new AxeBuilder({ page: agentPage }).analyze();
      for (const { id, impact, nodes } of violations) {
        if (impact !== "serious" && impact !== "critical") continue;
        found.push(`${path}, ${colorScheme}: ${id} at ${nodes.map(({ target }) => target.join(" ")).join(", ")}`);
      }
    }
  }
  expect(found).toEqual([]);
});
