import { afterEach, beforeEach, expect, test } from "vitest";
import { crmNote } from "../../server/db/schema/sync.ts";
import { webhookEvent } from "../../server/db/schema/webhook.ts";
import type { Deps } from "../../server/deps.ts";
import { settleConflicts } from "../../server/usecases/conflicts/settle-conflicts.ts";
import { undoDecision } from "../../server/usecases/conflicts/undo-decision.ts";
import { changeConnection } from "../../server/usecases/connections/change-connection.ts";
import { checkConnection } from "../../server/usecases/connections/check-connection.ts";
import { checkMapping } from "../../server/usecases/connections/check-mappings.ts";
import { eraseContact } from "../../server/usecases/erase/erase-contact.ts";
import { eraseInCrms } from "../../server/usecases/erase/erase-in-crms.ts";
import { runImport } from "../../server/usecases/imports/run-import.ts";
import { startImport } from "../../server/usecases/imports/start-import.ts";
import { addTranscript } from "../../server/usecases/sync/add-transcript.ts";
import { dryRun } from "../../server/usecases/sync/dry-run.ts";
import { runSync } from "../../server/usecases/sync/run-sync.ts";
import { readWebhookEvent } from "../../server/usecases/webhooks/read-webhook-event.ts";
import { storeEvents } from "../../server/usecases/webhooks/receive-delivery.ts";
import { mintEmail, newId } from "../support/ids.ts";
import { CRMS } from "../support/simulated-crms.ts";
import { createSyncRig, type Person, type SyncRig } from "../support/sync-rig.ts";
import { conflictsOf, contactOf, linksOf, pendingOf } from "../support/sync-state.ts";

let rig: SyncRig;
let deps: Deps;
/** Calls that were made since it was asked last, and those among them that found a transaction of ours open. */
let takeAsked: () => { asked: boolean; held: string[] };

beforeEach(async () => {
  rig = await createSyncRig();
  let calls: { name: string; open: number }[] = [];
  takeAsked = () => {
    const taken = calls;
    calls = [];
    return { asked: taken.length > 0, held: taken.filter(({ open }) => open > 0).map(({ name }) => name) };
  };
  deps = rig.otherProcess(async (send, { method, url }) => {
    const [row] = await rig.deps.db.$client`
      select count(*)::int as open from pg_stat_activity
      where datname = current_database() and state like 'idle in transaction%'`;
    calls.push({ name: `${method} ${new URL(url).pathname}`, open: Number(row?.open) });
    return await send();
  }).deps;
});
afterEach(() => rig.close());

async function push(person: Person) {
  const chat = await rig.chatAndEnd(person);
  const runIds = [...rig.jobs.keys()];
  rig.jobs.clear();
  for (const runId of runIds) await runSync(deps, { runId });
  return chat;
}

test.each(CRMS)("while %s is asked, whatever for, no transaction is open", async (crm) => {
  const connectionId = await rig.connect(crm);
  await changeConnection(rig.deps, rig.admin, connectionId, { addTranscript: true, onErase: "delete" });
  const clean = { asked: true, held: [] };
  const email = mintEmail();

  const chat = await push({ email, lastName: "Reyes", phone: "+12025550100" });
  expect(takeAsked(), "a push that creates").toEqual(clean);
  const [note] = await rig.deps.db.select().from(crmNote);
  await addTranscript(deps, { noteId: note?.id ?? "" });
  expect(takeAsked(), "a transcript").toEqual(clean);
  await push({ email, phone: "+12025550123", firstName: "Ana" });
  expect(takeAsked(), "a push that fills and asks").toEqual(clean);

  const [asked] = await pendingOf(rig);
  const { id = "", crmValue = null, chatValue = null } = asked ?? {};
  const conflicts = [{ id, seenCrmValue: crmValue, seenChatValue: chatValue }];
  await settleConflicts(deps, rig.admin, { decision: "use_chat", conflicts });
  expect([takeAsked(), (await conflictsOf(rig))[0]?.status], "a decision").toEqual([clean, "applied"]);
  await undoDecision(deps, rig.admin, id);
  expect(takeAsked(), "an undoing").toEqual(clean);

  const contactId = await contactOf(rig, chat);
  await dryRun(deps, rig.admin, { contactId });
  expect(takeAsked(), "a dry run").toEqual(clean);
  await checkConnection(deps, rig.admin, connectionId);
  expect(takeAsked(), "a test of the connection").toEqual(clean);
  await checkMapping(deps, { connectionId });
  expect(takeAsked(), "a look at the fields").toEqual(clean);
  await runImport(deps, { runId: await startImport(rig.deps, rig.admin, { connectionId, kind: "full" }) });
  expect(takeAsked(), "an import").toEqual(clean);

  const [link] = await linksOf(rig);
  const record = { object: link?.object ?? "", externalId: link?.externalId ?? "" };
  await storeEvents(rig.deps, connectionId, [{ eventId: newId(), kind: "changed", ...record }]);
  const [event] = await rig.deps.db.select().from(webhookEvent);
  await readWebhookEvent(deps, { eventId: event?.id ?? "" });
  expect(takeAsked(), "what a webhook told").toEqual(clean);

  const requestId = await eraseContact(rig.deps, rig.admin, contactId, "Ada");
  await eraseInCrms(deps, { requestId });
  expect(takeAsked(), "an erasure").toEqual(clean);
});
