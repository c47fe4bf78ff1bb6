import { Connection } from "@rolodesk/shared/connection";
import { DryRun } from "@rolodesk/shared/dry-run";
import { MappingSample, MappingSuggestions } from "@rolodesk/shared/mapping";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { visitor } from "../../server/db/schema/conversation.ts";
import { CrmFieldList } from "../../server/http/openapi/wire-lists.ts";
import { addConnection } from "../../server/usecases/connections/add-connection.ts";
import { type ConsoleDoor, consoleDoor } from "../support/console-door.ts";
import { mintEmail, newId } from "../support/ids.ts";
import { createSyncRig, type SyncRig } from "../support/sync-rig.ts";
import { contactOf } from "../support/sync-state.ts";

let rig: SyncRig;
let door: ConsoleDoor;
let id: string;
beforeAll(async () => {
  rig = await createSyncRig();
  door = consoleDoor(rig.deps, rig.admin);
  rig.hubspot.defineProperty({ name: "plan", label: "Plan", type: "string", fieldType: "text" });
  id = await rig.connect("hubspot");
});
afterAll(() => rig.close());

const base = { object: "contact", policy: "fill_blank" } as const;
const readFields = async () => CrmFieldList.parse(await door.get(`/api/connections/${id}/fields?object=contact`));

describe("the fields of a CRM", () => {
  it("are read once, shown with their moment, and read anew when somebody asks", async () => {
    const first = await readFields();
    rig.hubspot.defineProperty({ name: "shoe_size", label: "Shoe size", type: "number", fieldType: "number" });
    rig.advance(60_000);
    rig.hubspot.journal.clear();
    expect(await readFields()).toEqual(first);
    expect(rig.hubspot.journal.entries).toHaveLength(0);
    Connection.parse(await door.post(`/api/connections/${id}/fields/refresh`));
    const again = await readFields();
    expect(again.fields.map(({ property }) => property)).toContain("shoe_size");
    expect(Date.parse(again.fetchedAt) - Date.parse(first.fetchedAt)).toBe(60_000);
  });

  it("are read anew after a day, and shown as they were when the CRM does not answer", async () => {
    const before = await readFields();
    rig.advance(25 * 60 * 60_000);
    rig.hubspot.faults.play({ fault: { kind: "status", status: 503 }, times: 10 });
    expect(await readFields()).toEqual(before);
    const refused = await door.ask("POST", `/api/connections/${id}/fields/refresh`);
    expect(refused.status).toBe(409);
    rig.hubspot.faults.clear();
    expect((await readFields()).fetchedAt).not.toBe(before.fetchedAt);
  });
});

describe("suggestions", () => {
  it("name fields for what is not mapped yet, attributes of visitors too, and change nothing", async () => {
    const chat = await rig.chat({ email: mintEmail() });
    await rig.deps.db
      .update(visitor)
      .set({ attributes: { plan: "Pro" } })
      .where(eq(visitor.id, chat.actor.visitorId));
    const before = await door.get(`/api/connections/${id}/mapping`);
    const { isUntouched, suggestions } = MappingSuggestions.parse(
      await door.get(`/api/connections/${id}/mapping/suggestions`),
    );
    expect(isUntouched).toBe(true);
    expect(suggestions.map(({ row, label, reason }) => [row.field, row.policy, label, reason])).toEqual([
      ["company", "fill_blank", "Company Name", "Its name there is company."],
      ["title", "fill_blank", "Job Title", "Its name there is jobtitle."],
      ["attribute:plan", "crm_wins", "Plan", "Its name there is plan."],
      ["firstMessage", "crm_wins", "Message", "Its name there is message."],
    ]);
    expect(await door.get(`/api/connections/${id}/mapping`)).toEqual(before);
  });
});

describe("sample values", () => {
  it("are what the rows, saved or not, would write of a contact, and ask no CRM", async () => {
    rig.advance(60_000);
    const chat = await rig.chat({ email: mintEmail(), firstName: "ana", lastName: "lima" });
    await rig.deps.db
      .update(visitor)
      .set({ attributes: { size: "many" } })
      .where(eq(visitor.id, chat.actor.visitorId));
    const contactId = await contactOf(rig, chat);
    rig.hubspot.journal.clear();
    const fields = [
      { ...base, field: "firstName", property: "firstname", transform: { kind: "case", to: "title" } },
      { ...base, field: "attribute:size", property: "shoe_size" },
      { ...base, field: "lastName", property: "nowhere" },
      { ...base, field: "company", property: "company" },
    ];
    const sample = MappingSample.parse(await door.post(`/api/connections/${id}/mapping/sample`, { contactId, fields }));
    expect(sample.person).toMatchObject({ id: contactId, name: "ana lima" });
    expect(sample.values).toEqual([
      { value: "Ana", problem: null },
      { value: "many", problem: "Shoe size takes only numbers." },
      { value: "lima", problem: "The field “nowhere” is gone from HubSpot. Mend the mapping." },
      { value: null, problem: null },
    ]);
    expect(MappingSample.parse(await door.post(`/api/connections/${id}/mapping/sample`, { fields })).person?.id).toBe(
      contactId,
    );
    expect(rig.hubspot.journal.entries).toHaveLength(0);
    const stranger = await door.ask("POST", `/api/connections/${id}/mapping/sample`, { contactId: newId(), fields });
    expect(stranger.status).toBe(404);
  });
});

describe("a mapping that is saved", () => {
  it("is refused without what a new record needs, in words", async () => {
    const { settings, credentials } = rig.access.bigcommerce;
    const creating = { provider: "bigcommerce" as const, name: "Store", siteIds: [], credentials };
    const { id: store } = await addConnection(rig.deps, rig.admin, {
      ...creating,
      settings: { ...settings, allowCreate: "yes" },
    });
    const fields = [
      { ...base, object: "customer", field: "email", property: "email" },
      { ...base, object: "customer", field: "firstName", property: "first_name" },
    ];
    const refused = await door.ask<{ error: unknown }>("PUT", `/api/connections/${store}/mapping`, { fields });
    expect(refused.status).toBe(400);
    expect(JSON.stringify(refused.body)).toMatch(/BigCommerce requires “Last name” of every new customer/i);
  });

  it("may not write a link to another record, and says why", async () => {
    const dynamics = await rig.connect("dynamics");
    const fields = [
      { ...base, object: "lead", field: "lastName", property: "lastname" },
      { ...base, field: "company", property: "parentcustomerid", policy: "never" },
    ];
    const refused = await door.ask("PUT", `/api/connections/${dynamics}/mapping`, { fields });
    expect(JSON.stringify(refused.body)).toContain("is a link to another record");
  });
});

it("a dry run of somebody typed in writes their attributes too", async () => {
  await door.ask("PUT", `/api/connections/${id}/mapping`, {
    fields: [
      { ...base, field: "email", property: "email" },
      { ...base, field: "attribute:plan", property: "plan" },
    ],
  });
  const person = { email: mintEmail("new"), attributes: { plan: "Pro" } };
  const tried = DryRun.parse(await door.post("/api/dry-run", { person, siteId: rig.siteId }));
  const outcome = tried.outcomes.find(({ connection }) => connection.id === id);
  expect(outcome?.fields.find(({ property }) => property === "plan")).toMatchObject({ kind: "fill", after: "Pro" });
});
