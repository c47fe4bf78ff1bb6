import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { findConnection } from "../../server/db/queries/connection.ts";
import { findErasure, listErasureSteps } from "../../server/db/queries/erasure.ts";
import { connection } from "../../server/db/schema/connection.ts";
import { contact } from "../../server/db/schema/contact.ts";
import { crmLink } from "../../server/db/schema/sync.ts";
import { mergeContacts } from "../../server/usecases/contacts/merge-contacts.ts";
import { eraseContact } from "../../server/usecases/erase/erase-contact.ts";
import { retryErasure } from "../../server/usecases/erase/retry-erasure.ts";
import { newId } from "../support/ids.ts";
import { detailsOf, importContacts } from "../support/import-contacts.ts";
import { createSyncRig, type SyncRig } from "../support/sync-rig.ts";
import { contactOf } from "../support/sync-state.ts";

let rig: SyncRig;
let hubspot: string;
let ghl: string;

beforeAll(async () => {
  rig = await createSyncRig();
  hubspot = await rig.connect("hubspot");
  ghl = await rig.connect("ghl");
});
afterAll(() => rig.close());

/** Somebody with words that are found nowhere else, known here and in both CRMs. */
async function somebody(word: string, phone: string): Promise<{ contactId: string; email: string }> {
  const email = `${word}@example.com`;
  const chat = await rig.chatAndEnd({ firstName: word, lastName: `${word}son`, email, phone });
  await rig.workUntilIdle();
  await rig.chatAndEnd({ firstName: `${word}x`, email });
  await rig.workUntilIdle();
  return { contactId: await contactOf(rig, chat), email };
}

/** Tables of the whole database in which a text is found. */
async function tablesWith(text: string): Promise<string[]> {
  const tables = await rig.deps.db.execute<{ name: string }>(
    sql`select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`,
  );
  const found: string[] = [];
  for (const { name } of tables) {
    const rows = await rig.deps.db.execute(
      sql`select 1 from ${sql.identifier(name)} t where t::text ilike ${`%${text}%`} limit 1`,
    );
    if (rows.length > 0) found.push(name);
  }
  return found.sort();
}

async function setOnErase(id: string, onErase: "off" | "unlink" | "delete"): Promise<void> {
  await rig.deps.db.update(connection).set({ onErase }).where(eq(connection.id, id));
}

const erase = (contactId: string) => eraseContact(rig.deps, rig.admin, contactId, "Ada");

test("nothing of an erased person is left in any table, and each CRM is dealt with as its connection says", async () => {
  await setOnErase(hubspot, "unlink");
  await setOnErase(ghl, "delete");
  const { contactId } = await somebody("zebulon", "+12025550111");
  expect((await tablesWith("zebulon")).length).toBeGreaterThan(3);
  const id = await erase(contactId);
  expect(await tablesWith("zebulon")).toEqual([]);
  expect(await tablesWith("2025550111")).toEqual([]);

  const before = await rig.deps.db.select().from(crmLink).where(eq(crmLink.contactId, contactId));
  expect(before.map(({ state }) => state)).toEqual(["closed", "closed"]);
  await rig.workUntilIdle();
  expect(await findErasure(rig.deps.db, id)).toMatchObject({ status: "done", askedBy: "Ada" });
  const steps = await listErasureSteps(rig.deps.db, [id]);
  const record = (connectionId: string) => before.find((link) => link.connectionId === connectionId)?.externalId ?? "";
  expect(steps.map(({ action, status }) => `${action} ${status}`).sort()).toEqual(["delete done", "unlink done"]);
  expect(rig.hubspot.record("contact", record(hubspot))).toMatchObject({ state: null });
  expect(rig.ghl.record("contact", record(ghl))).toMatchObject({ state: "deleted" });
  expect(await erase(contactId).catch((error: { code: string }) => error.code)).toBe("not_found");
});

test("an erased person is not brought in again, and may come back by themselves", async () => {
  await setOnErase(hubspot, "unlink");
  const { contactId, email } = await somebody("quillon", "+12025550112");
  await erase(contactId);
  rig.advance(60 * 60_000);
  const run = await importContacts(rig, hubspot);
  expect((await detailsOf(rig, run.id)).map(({ reason }) => reason)).toContain(
    "This person was erased here, so they are left out.",
  );
  const current = sql`select 1 from contact_identity where norm = ${email}`;
  expect(await rig.deps.db.execute(current)).toHaveLength(0);
  await rig.chat({ email });
  expect(await rig.deps.db.execute(current)).toHaveLength(1);
});

test("whoever was merged into the person is erased with them, and cannot be taken apart again", async () => {
  const [one, other] = [await somebody("umbrine", "+12025550113"), await somebody("vesperal", "+12025550114")];
  await mergeContacts(rig.deps, rig.admin, { masterId: one.contactId, otherIds: [other.contactId], values: {} });
  await erase(one.contactId);
  expect(await tablesWith("umbrine")).toEqual([]);
  expect(await tablesWith("vesperal")).toEqual([]);
});

test("what a CRM refuses to delete is told, and can be tried again", async () => {
  await setOnErase(ghl, "delete");
  const { contactId } = await somebody("wolfram", "+12025550115");
  const id = await erase(contactId);
  const [step] = (await listErasureSteps(rig.deps.db, [id])).filter(({ action }) => action === "delete");
  await rig.deps.db.update(connection).set({ removedAt: new Date() }).where(eq(connection.id, ghl));
  await rig.workUntilIdle();
  expect(await findErasure(rig.deps.db, id)).toMatchObject({ status: "failed" });
  await rig.deps.db.update(connection).set({ removedAt: null }).where(eq(connection.id, ghl));
  await retryErasure(rig.deps, rig.admin, id);
  await rig.workUntilIdle();
  expect(await findErasure(rig.deps.db, id)).toMatchObject({ status: "done" });
  expect(rig.ghl.record("contact", step?.externalId ?? "")).toMatchObject({ state: "deleted" });
});

test("an erasure whose key the CRM refuses lets the connection wait to be reconnected, and goes on after that", async () => {
  await setOnErase(ghl, "delete");
  const { contactId } = await somebody("yttrium", "+12025550116");
  rig.ghl.faults.play({ fault: { kind: "status", status: 401 } });
  const id = await erase(contactId);
  await rig.work();
  rig.ghl.faults.clear();
  const statusOf = async () => (await findConnection(rig.deps.db, ghl))?.status;
  expect(await statusOf()).toBe("needs_reconnect");
  expect(await findErasure(rig.deps.db, id)).toMatchObject({ status: "running" });
  await rig.deps.db.update(connection).set({ status: "active", problem: null }).where(eq(connection.id, ghl));
  rig.advance(10 * 60_000);
  await rig.workUntilIdle();
  expect(await findErasure(rig.deps.db, id)).toMatchObject({ status: "done" });
});

test("only an admin erases, and only somebody who is there", async () => {
  const id = newId();
  await rig.deps.db.insert(contact).values({ id });
  const agent = { ...rig.admin, role: "agent" as const };
  await expect(eraseContact(rig.deps, agent, id, "Ben")).rejects.toMatchObject({ code: "forbidden" });
  await expect(erase(newId())).rejects.toMatchObject({ code: "not_found" });
});
