import type { Locator, Page } from "@playwright/test";
import type { ContactDetail, ContactPage } from "../../packages/shared/src/contact.ts";
import type { ImportBatchDetail } from "../../packages/shared/src/import-batch.ts";
import type { ConsoleApi } from "./support/console-api.ts";
import { expect, test } from "./support/journey.ts";
import { mintPerson, type Person } from "./support/people.ts";
import { chatOnce } from "./support/visitor.ts";

/** Brings a file in as its admin would, its unclear rows as new people. */
async function bringIn(page: Page, admin: ConsoleApi, csv: string): Promise<void> {
  const answer = await page.request.fetch("/api/batches?name=fair.csv", {
    method: "POST",
    headers: { "x-rolodesk": "1", origin: new URL(page.url()).origin, "content-type": "text/csv" },
    data: csv,
  });
  const { id, encoding, delimiter, hasHeader, mapping } = (await answer.json()) as ImportBatchDetail;
  const path = `/api/batches/${id}`;
  const layout = { encoding, delimiter, hasHeader, mapping, defaultCountry: null, source: "The fair" };
  await admin.send("POST", `${path}/read`, layout);
  await expect.poll(async () => (await admin.get<ImportBatchDetail>(path)).work).toBeNull();
  await admin.send("POST", `${path}/rows/1/choice`, { contactId: null });
  await admin.send("POST", `${path}/approve`, { rows: { class: null } });
}

async function peopleNamed(admin: ConsoleApi, last: string): Promise<string[]> {
  const { items } = await admin.get<ContactPage>(`/api/contacts?search=${last}`);
  return items.map(({ id }) => id);
}

async function openPerson(page: Page, id: string): Promise<void> {
  await page.goto(`/app/contacts/${id}`);
  await expect(page.getByRole("heading", { name: "Emails and phones" })).toBeVisible();
}

function keysOf(page: Page): Locator {
  return page.getByRole("region", { name: "Emails and phones" });
}

/** One from a chat, one from a file, with the telephone of one household. */
async function knownTwice(admin: ConsoleApi, page: Page, visitor: Page): Promise<{ chat: Person; file: Person }> {
  const [chat, other] = [mintPerson("Mara"), mintPerson("Tom")];
  const file = { ...other, last: chat.last };
  const { first: firstName, last: lastName, email, phone } = chat;
  await chatOnce(visitor, `${lastName} here`, { firstName, lastName, email, phone });
  await page.goto("/app/contacts");
  await bringIn(page, admin, `First name,Last name,Email,Phone\n${file.first},${file.last},${file.email},${phone}\n`);
  await expect.poll(async () => (await peopleNamed(admin, chat.last)).length).toBe(2);
  return { chat, file };
}

test("two contacts, from a chat and from a file, become one and two again", async ({
  newVisitor,
  adminPage,
  admin,
}) => {
  const { chat, file } = await knownTwice(admin, adminPage, await newVisitor());

  await adminPage.goto("/app/contacts/duplicates");
  const group = adminPage.getByRole("region").filter({ hasText: chat.last });
  await group.getByRole("link", { name: "Compare and merge" }).click();
  const row = adminPage.getByRole("row", { name: "Email", exact: false }).first();
  await row.getByText(file.email).click();
  await adminPage
    .getByRole("columnheader", { name: `${chat.first} ${chat.last}` })
    .getByRole("radio")
    .check();
  await adminPage.getByRole("button", { name: "Merge 2 contacts" }).click();

  await expect(adminPage.getByRole("heading", { level: 1, name: `${chat.first} ${chat.last}` })).toBeVisible();
  const keys = keysOf(adminPage);
  for (const email of [chat.email, file.email]) await expect(keys.getByText(email)).toBeVisible();
  await expect(keys.getByRole("listitem").filter({ hasText: file.email })).toContainText("Main one");
  const history = adminPage.getByRole("region", { name: "History" });
  await expect(history).toContainText("Conversation on");
  await expect(history).toContainText("Added from fair.csv");
  expect(await peopleNamed(admin, chat.last)).toHaveLength(1);

  await adminPage.getByRole("link", { name: "Contacts", exact: true }).first().click();
  await adminPage.getByRole("link", { name: "Merges" }).click();
  await adminPage
    .getByRole("link")
    .filter({ hasText: `${file.first} ${file.last}` })
    .first()
    .click();
  await adminPage.getByRole("button", { name: "Make them two again" }).click();
  await adminPage.getByRole("button", { name: "Undo the merge" }).click();
  await expect(adminPage.getByText("Nothing of what was moved stays behind.")).toBeVisible();

  await adminPage.getByRole("link", { name: `Open ${file.first} ${file.last}` }).click();
  await expect(keys.getByText(file.email)).toBeVisible();
  await expect(keys.getByText(chat.email)).toBeHidden();
  await expect(history).not.toContainText("Conversation on");
  expect(await peopleNamed(admin, chat.last)).toHaveLength(2);
});

test("an email is taken off a contact, and the one that is left is the main one", async ({ adminPage, admin }) => {
  const [person, former] = [mintPerson("Lea"), mintPerson("Lea")];
  const { first: firstName, last: lastName, email } = person;
  const { id } = await admin.send<ContactDetail>("POST", "/api/contacts", { firstName, lastName, email: former.email });
  await admin.send("PATCH", `/api/contacts/${id}`, { email });
  await openPerson(adminPage, id);
  const keys = keysOf(adminPage).getByRole("listitem");
  const key = keys.filter({ hasText: email });
  await key.getByRole("button", { name: "Remove" }).click();
  await key.getByRole("button", { name: "Remove it" }).click();
  await expect(key).toBeHidden();
  await expect(keys.filter({ hasText: former.email })).toContainText("Main one");
});
