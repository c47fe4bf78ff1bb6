import { afterEach, beforeEach, expect, it } from "vitest";
import { runSync } from "../../../server/usecases/sync/run-sync.ts";
import { holdAnswer, isWrite } from "../../support/held-answers.ts";
import { mintEmail } from "../../support/ids.ts";
import { createSyncRig, type SyncRig } from "../../support/sync-rig.ts";
import { conflictsOf, linksOf } from "../../support/sync-state.ts";
import { type HubSpotHook, hookDoor, hubspotHook } from "../../support/webhook-deliveries.ts";

let rig: SyncRig;
let hook: HubSpotHook;
beforeEach(async () => {
  rig = await createSyncRig();
  hook = await hubspotHook(rig, hookDoor(rig), await rig.connect("hubspot"));
});
afterEach(() => rig.close());

it.each([
  ["read", ({ method }: Request) => method === "GET"],
  ["written", isWrite],
])("what a CRM tells of a record that a push has %s and not linked yet is not lost", async (_, which) => {
  const email = mintEmail();
  const id = rig.hubspot.seed("contact", { email, lastname: "Ray" });
  await rig.chatAndEnd({ email, lastName: "Reyes", phone: "+12025550123" });
  const held = holdAnswer(which);
  const slow = rig.otherProcess(held.network);
  const [runId] = rig.jobs.keys();
  if (!runId) throw new Error("There is a job.");
  const pushing = runSync(slow.deps, { runId });
  await held.reached;
  rig.jobs.clear();

  rig.hubspot.edit("contact", id, { lastname: "Rayburn" });
  expect(await hook.tell(hook.event("propertyChange", id))).toBe(200);
  await rig.work();
  held.release();
  await pushing;
  await rig.workUntilIdle();

  expect(await linksOf(rig)).toMatchObject([{ externalId: id, seen: { lastname: "Rayburn" } }]);
  expect(await conflictsOf(rig)).toMatchObject([{ property: "lastname", crmValue: "Rayburn", chatValue: "Reyes" }]);
});
