import { afterEach, beforeEach, expect, test } from "vitest";
import { runSync } from "../../../server/usecases/sync/run-sync.ts";
import { holdAnswer, isWrite } from "../../support/held-answers.ts";
import { mintEmail } from "../../support/ids.ts";
import { importContacts } from "../../support/import-contacts.ts";
import { createSyncRig, type SyncRig } from "../../support/sync-rig.ts";
import { linksOf } from "../../support/sync-state.ts";

let rig: SyncRig;
beforeEach(async () => {
  rig = await createSyncRig();
});
afterEach(() => rig.close());

test("what an import agrees on while a push waits for its answer is kept beside what the push agrees on", async () => {
  const hubspot = await rig.connect("hubspot");
  const first = await rig.chatAndEnd({ email: mintEmail(), firstName: "Ana", lastName: "Lopez" });
  await rig.workUntilIdle();
  const [record] = rig.hubspot.records();
  rig.hubspot.edit("contact", record?.id ?? "", { lastname: "Lopes" });

  await rig.chatAndEnd({ phone: "+12025550123" }, first.actor.visitorId);
  const [runId = ""] = rig.jobs.keys();
  rig.jobs.clear();
  const held = holdAnswer(isWrite);
  const pushing = runSync(rig.otherProcess(held.network).deps, { runId });
  await held.reached;
  await importContacts(rig, hubspot);
  held.release();
  await pushing;
  expect(await linksOf(rig)).toMatchObject([{ base: { lastname: "Lopes", phone: "+12025550123" } }]);
});
