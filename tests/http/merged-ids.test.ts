import { DryRun } from "@rolodesk/shared/dry-run";
import { SyncRunPage } from "@rolodesk/shared/sync-log";
import { afterEach, beforeEach, expect, test } from "vitest";
import { mergeContacts } from "../../server/usecases/contacts/merge-contacts.ts";
import { eraseContact } from "../../server/usecases/erase/erase-contact.ts";
import { type ConsoleDoor, consoleDoor } from "../support/console-door.ts";
import { mintEmail } from "../support/ids.ts";
import { createSyncRig, type SyncRig } from "../support/sync-rig.ts";
import { contactOf } from "../support/sync-state.ts";

let rig: SyncRig;
let door: ConsoleDoor;
let [masterId, mergedId, email] = ["", "", ""];

beforeEach(async () => {
  rig = await createSyncRig();
  door = consoleDoor(rig.deps, rig.admin);
  await rig.connect("hubspot");
  email = mintEmail("master");
  masterId = await contactOf(rig, await rig.chatAndEnd({ email, firstName: "Ana" }));
  mergedId = await contactOf(rig, await rig.chatAndEnd({ email: mintEmail("merged"), firstName: "Ana" }));
  await rig.workUntilIdle();
  await mergeContacts(rig.deps, rig.admin, { masterId, otherIds: [mergedId], values: {} });
});
afterEach(() => rig.close());

test("a dry run for a merged contact is one for who it was merged into, and none for who was erased", async () => {
  const tried = DryRun.parse(await door.post("/api/dry-run", { contactId: mergedId }));
  expect(tried.person).toMatchObject({ contactId: masterId });
  expect(tried.outcomes).toMatchObject([{ kind: "update" }]);
  await eraseContact(rig.deps, rig.admin, masterId, "Ada");
  for (const contactId of [masterId, mergedId]) {
    expect((await door.ask("POST", "/api/dry-run", { contactId })).status).toBe(404);
  }
});

test("the sync log of a merged contact is that of who it was merged into", async () => {
  const logOf = async (id: string) => SyncRunPage.parse(await door.get(`/api/sync-runs?contact=${id}`)).items;
  const [runs, theirs] = [await logOf(masterId), await logOf(mergedId)];
  expect(runs).toHaveLength(2);
  expect(theirs).toEqual(runs);
});
