import { eq } from "drizzle-orm";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Tx } from "../../../server/db/client.ts";
import { findContact } from "../../../server/db/queries/contact.ts";
import { lockContactKeys } from "../../../server/db/queries/contact-keys.ts";
import { contact } from "../../../server/db/schema/contact.ts";
import { changeContact } from "../../../server/usecases/contacts/change-contact.ts";
import { runImport } from "../../../server/usecases/imports/run-import.ts";
import { startImport } from "../../../server/usecases/imports/start-import.ts";
import { eventually } from "../../support/eventually.ts";
import { mintEmail } from "../../support/ids.ts";
import { importRunOf } from "../../support/import-contacts.ts";
import { createSyncRig, type SyncRig } from "../../support/sync-rig.ts";
import { contactOf } from "../../support/sync-state.ts";

let rig: SyncRig;
beforeEach(async () => {
  rig = await createSyncRig();
});
afterEach(() => rig.close());

const PHONE = "+12025550123";

/** Somebody else's transaction, open until it is let go. */
async function holding(work: (tx: Tx) => Promise<unknown>): Promise<() => Promise<void>> {
  let letGo = () => {};
  const released = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  let begun = () => {};
  const holds = new Promise<void>((resolve) => {
    begun = resolve;
  });
  const ended = rig.deps.db.transaction(async (tx) => {
    await work(tx);
    begun();
    await released;
  });
  await Promise.race([holds, ended]);
  return async () => {
    letGo();
    await ended;
  };
}

/** Until so many wait for a lock in the database. */
async function waiting(n: number): Promise<void> {
  await eventually(`${n} to wait for a lock`, async () => {
    const [row] = await rig.deps.db.$client`
      select count(*)::int as waits from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`;
    return row?.waits === n;
  });
}

test("an agent's word that comes while a visitor's claim is being stored stays", async () => {
  const email = mintEmail();
  const id = await contactOf(rig, await rig.chat({ email }));
  const stranger = await rig.chat({});
  const origins = { firstName: { sure: "agent", at: rig.deps.now().toISOString(), conversationId: null } } as const;
  const commit = await holding((tx) => tx.update(contact).set({ firstName: "Ana", origins }).where(eq(contact.id, id)));
  const saying = rig.say(stranger, { email, firstName: "Mallory" });
  await waiting(1);
  await commit();
  await saying;
  expect(await contactOf(rig, stranger)).toBe(id);
  expect(await findContact(rig.deps.db, id)).toMatchObject({ firstName: "Ana", origins });
});

test("a visitor who gives a number and an agent who writes the same one down do not stop each other", async () => {
  const chat = await rig.chat({ email: mintEmail() });
  const id = await contactOf(rig, chat);
  const letGo = await holding((tx) => lockContactKeys(tx, [{ emailNorm: null, phoneNorm: PHONE }]));
  const changing = changeContact(rig.deps, rig.admin, id, { phone: PHONE });
  await waiting(1);
  const saying = rig.say(chat, { phone: PHONE });
  await waiting(2);
  await letGo();
  await Promise.all([changing, saying]);
  expect(await findContact(rig.deps.db, id)).toMatchObject({ phone: PHONE, origins: { phone: { sure: "agent" } } });
});

test("a visitor who gives a number and an import that brings the same one do not stop each other", async () => {
  const email = mintEmail();
  const ghl = await rig.connect("ghl");
  rig.ghl.seed("contact", { email, phone: PHONE });
  const chat = await rig.chat({ email });
  const letGo = await holding((tx) => lockContactKeys(tx, [{ emailNorm: null, phoneNorm: PHONE }]));
  const runId = await startImport(rig.deps, rig.admin, { connectionId: ghl, kind: "full" });
  const importing = runImport(rig.deps, { runId });
  await waiting(1);
  const saying = rig.say(chat, { phone: PHONE });
  await waiting(2);
  await letGo();
  await Promise.all([importing, saying]);
  expect(await importRunOf(rig, runId)).toMatchObject({ total: 1, errors: 0 });
  expect(await findContact(rig.deps.db, await contactOf(rig, chat))).toMatchObject({ phone: PHONE });
});
