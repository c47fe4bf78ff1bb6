import { conflictRow, expectResult, openConversation, showTab, tabOf } from "./support/console.ts";
import { crmPanelOf, pendingConflictsOf } from "./support/console-api.ts";
import { onlyRecordWith, recordsWith } from "./support/crms.ts";
import { expect, test } from "./support/journey.ts";
import { mintPerson } from "./support/people.ts";
import { chatOf, chatOnce, endChat, fillCard, openChat, say } from "./support/visitor.ts";

test("a visitor known to all three CRMs: what differs waits, and each decision does what it says", async ({
  newVisitor,
  agentPage,
  admin,
  crms,
  conversationWith,
}) => {
  const { email, last, phone } = mintPerson();
  crms.hubspot.seed("contact", { firstname: "Ana", lastname: last, email });
  crms.dynamics.seed("contact", { firstname: "Anna", lastname: last, emailaddress1: email });
  crms.highlevel.seed("contact", { firstName: "Hannah", lastName: last, email });

  const visitor = await newVisitor();
  await chatOnce(visitor, `It is ${last} about the lamp`, { firstName: "Ana", lastName: last, email, phone });

  await openConversation(agentPage, await conversationWith(last));
  await expectResult(agentPage, "HubSpot", "Updated");
  const dynamics = await expectResult(agentPage, "Dynamics 365", "1 conflict queued");
  const anna = conflictRow(dynamics, "First name");
  await expect(anna).toContainText("Anna");
  expect(onlyRecordWith(crms.dynamics, email).values).toMatchObject({ firstname: "Anna", lastname: last });

  await anna.getByRole("button", { name: "Use chat value" }).click();
  await expect(dynamics.getByText("Dynamics 365 now has “Ana”")).toBeVisible();
  expect(onlyRecordWith(crms.dynamics, email).values).toMatchObject({ firstname: "Ana", lastname: last });

  const highlevel = await expectResult(agentPage, "HighLevel", "1 conflict queued");
  await conflictRow(highlevel, "First name").getByRole("button", { name: "Keep CRM value" }).click();
  await expect(highlevel.getByText("Kept “Hannah” in HighLevel")).toBeVisible();
  expect(onlyRecordWith(crms.highlevel, email).values).toMatchObject({ firstName: "Hannah" });

  const again = await newVisitor();
  await chatOnce(again, `${last} once more`, { firstName: "Ana", lastName: last, email });
  const second = await conversationWith(`${last} once more`);
  await openConversation(agentPage, second);
  for (const crm of ["HubSpot", "Dynamics 365", "HighLevel"] as const) {
    await expectResult(agentPage, crm, "Already up to date");
  }
  expect(await pendingConflictsOf(admin, second)).toEqual([]);
  expect(onlyRecordWith(crms.highlevel, email).values).toMatchObject({ firstName: "Hannah" });
});

test("a visitor who gives only a telephone number is found although the CRM writes it another way", async ({
  newVisitor,
  agentPage,
  crms,
  conversationWith,
}) => {
  const { first, last, phone, nationalPhone } = mintPerson();
  const international = `+61 (0)2 5550 ${phone.slice(-4)}`;
  crms.dynamics.seed("contact", { firstname: first, lastname: last, telephone1: international });

  const visitor = await newVisitor();
  await openChat(visitor);
  await say(visitor, `Please call ${last} back`);
  await fillCard(visitor, { firstName: first, lastName: last, phone: `+61 ${nationalPhone.slice(2)}` });
  await endChat(visitor);

  await openConversation(agentPage, await conversationWith(last));
  const panel = await expectResult(agentPage, "Dynamics 365", "Already up to date");
  await expect(panel.locator(".link")).toContainText(`Matched by the phone ${phone}`);
  expect(onlyRecordWith(crms.dynamics, last).values).toMatchObject({ telephone1: international });
});

test("a new visitor is created once in each CRM, and a second chat creates nothing", async ({
  newVisitor,
  agentPage,
  crms,
  conversationWith,
}) => {
  const { first, last, email, phone } = mintPerson("Noor");
  const values = { firstName: first, lastName: last, email, phone };

  await chatOnce(await newVisitor(), `Do you deliver? ${last}`, values);
  await openConversation(agentPage, await conversationWith(last));
  await expectResult(agentPage, "HubSpot", "Created in HubSpot");
  await expectResult(agentPage, "HighLevel", "Created in HighLevel");
  await expectResult(agentPage, "Dynamics 365", "Created in Dynamics 365");
  expect(onlyRecordWith(crms.hubspot, email)).toMatchObject({ object: "contact", values: { firstname: first } });
  expect(onlyRecordWith(crms.highlevel, email)).toMatchObject({ object: "contact" });
  expect(onlyRecordWith(crms.dynamics, email)).toMatchObject({ object: "lead", values: { firstname: first } });

  await chatOnce(await newVisitor(), `And when? ${last}`, values);
  await openConversation(agentPage, await conversationWith(`And when? ${last}`));
  for (const crm of ["HubSpot", "HighLevel"] as const) await expectResult(agentPage, crm, "Already up to date");
  await expectResult(agentPage, "Dynamics 365", /Already up to date|Open lead found/);
  for (const simulator of [crms.hubspot, crms.highlevel, crms.dynamics]) {
    expect(recordsWith(simulator, email)).toHaveLength(1);
  }
});

test("a telephone number of two records decides nothing: the agent sees both, and the chosen one is linked", async ({
  newVisitor,
  agentPage,
  admin,
  crms,
  conversationWith,
}) => {
  const mira = mintPerson("Mira");
  const jonas = mintPerson("Jonas");
  const { phone } = mira;
  for (const { first, last } of [mira, jonas]) {
    crms.hubspot.seed("contact", { firstname: first, lastname: last, phone });
  }
  const before = crms.hubspot.records().length;

  const visitor = await newVisitor();
  await openChat(visitor);
  await say(visitor, `The hotel of ${mira.last}, please call back`);
  await fillCard(visitor, { phone });
  await endChat(visitor);

  const id = await conversationWith(mira.last);
  await openConversation(agentPage, id);
  const panel = await expectResult(agentPage, "HubSpot", "Several records fit: choose one");
  const options = panel.locator(".picker-option");
  await expect(options).toHaveCount(2);
  for (const { first, last } of [mira, jonas]) {
    await expect(options.filter({ hasText: `${first} ${last}` })).toContainText(/phone/i);
  }
  await expect(panel.getByRole("radio", { checked: true })).toHaveCount(0);
  await expect(panel.getByRole("button", { name: "Use this record" })).toBeDisabled();
  expect(crms.hubspot.records()).toHaveLength(before);

  await panel.getByRole("radio", { name: jonas.last }).check();
  await panel.getByRole("button", { name: "Use this record" }).click();
  await expect(panel.locator(".link")).toContainText("Chosen by");
  const { tabs } = await crmPanelOf(admin, id);
  const chosen = onlyRecordWith(crms.hubspot, jonas.last);
  expect(tabs.find(({ connection }) => connection.name === "HubSpot")?.link?.externalId).toBe(chosen.id);
  expect(crms.hubspot.records()).toHaveLength(before);
});

test("“Create new” beside two records that fit makes one record and leaves the two alone", async ({
  newVisitor,
  agentPage,
  crms,
  conversationWith,
}) => {
  const [one, other, visitorName] = [mintPerson("Ida"), mintPerson("Udo"), mintPerson("Eve")];
  for (const { first, last } of [one, other]) {
    crms.hubspot.seed("contact", { firstname: first, lastname: last, phone: one.phone });
  }
  const visitor = await newVisitor();
  await openChat(visitor);
  await say(visitor, `${visitorName.last} at the switchboard`);
  await fillCard(visitor, { phone: one.phone });
  await endChat(visitor);

  await openConversation(agentPage, await conversationWith(visitorName.last));
  const panel = await expectResult(agentPage, "HubSpot", "Several records fit: choose one");
  const before = crms.hubspot.records().map(({ id, updatedAt }) => ({ id, updatedAt }));
  await panel.getByRole("button", { name: "Create new" }).click();
  await expectResult(agentPage, "HubSpot", "Created in HubSpot");
  const after = crms.hubspot.records().map(({ id, updatedAt }) => ({ id, updatedAt }));
  expect(after).toHaveLength(before.length + 1);
  expect(after).toEqual(expect.arrayContaining(before));
});

test("the agent syncs a chat that is still open, by the button", async ({
  newVisitor,
  agentPage,
  crms,
  conversationWith,
}) => {
  const { first, last, email } = mintPerson("Kai");
  const visitor = await newVisitor();
  await openChat(visitor);
  await say(visitor, `Hello from ${last}`);
  await openConversation(agentPage, await conversationWith(last));
  const panel = await showTab(agentPage, "HubSpot");
  await panel.getByRole("button", { name: "Sync to HubSpot" }).click();
  await expectResult(agentPage, "HubSpot", "Not synced: no email or phone yet");

  await fillCard(visitor, { firstName: first, lastName: last, email });
  await panel.getByRole("button", { name: "Sync to HubSpot" }).click();
  await expectResult(agentPage, "HubSpot", "Created in HubSpot");
  await expect(tabOf(agentPage, "HubSpot")).toHaveAccessibleName(/linked/);
  expect(onlyRecordWith(crms.hubspot, email).values).toMatchObject({ firstname: first, lastname: last });
  await expect(chatOf(visitor).getByRole("textbox", { name: "Write a message…" })).toBeEditable();
});
