import { afterEach, beforeEach, expect, it } from "vitest";
import { saveMapping } from "../../server/usecases/connections/save-mapping.ts";
import { verifyIdentity } from "../../server/usecases/conversations/verify-identity.ts";
import { mintEmail } from "../support/ids.ts";
import { createSyncRig, type SyncRig } from "../support/sync-rig.ts";
import { pendingOf } from "../support/sync-state.ts";

let rig: SyncRig;
beforeEach(async () => {
  rig = await createSyncRig();
});
afterEach(() => rig.close());

it("a push that was delayed neither writes nor asks about a value the person has replaced since", async () => {
  const connectionId = await rig.connect("hubspot");
  const object = "contact";
  const fields = [
    { field: "email", object, property: "email", policy: "fill_blank" as const },
    { field: "phone", object, property: "phone", policy: "chat_wins" as const },
  ];
  await saveMapping(rig.deps, rig.admin, connectionId, { fields });
  const email = mintEmail();
  const id = rig.hubspot.seed("contact", { email });
  for (const phone of ["+12025550101", "+12025550102"]) {
    const chat = await rig.chat({ email, phone });
    await verifyIdentity(rig.deps, rig.admin, chat.conversationId);
    await rig.end(chat);
    rig.advance(1_000);
  }
  const [first] = rig.jobs.keys();
  rig.jobs.delete(first ?? "");
  await rig.workUntilIdle();
  rig.jobs.set(first ?? "", rig.deps.now());
  await rig.workUntilIdle();
  expect((await rig.runs()).map(({ status }) => status)).toEqual(["done", "done"]);
  expect(rig.hubspot.record("contact", id)?.values.phone).toBe("+12025550102");
  expect(await pendingOf(rig)).toEqual([]);
});
