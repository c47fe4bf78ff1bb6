import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { findConversation } from "../../../server/db/queries/conversation.ts";
import { settleConflicts } from "../../../server/usecases/conflicts/settle-conflicts.ts";
import { viewCrmPanel } from "../../../server/views/crm-panel.ts";
import { createSyncRig, type SyncRig } from "../../support/sync-rig.ts";

let rig: SyncRig;
beforeEach(async () => {
  rig = await createSyncRig();
});
afterEach(() => rig.close());

async function panel(conversationId: string) {
  const talk = await findConversation(rig.deps.db, conversationId);
  if (!talk) throw new Error("The conversation exists.");
  return await viewCrmPanel(rig.deps.db, rig.deps.connectors, talk);
}

describe("a push at the end of a conversation", () => {
  it("creates one record in every CRM for somebody nobody knows", async () => {
    for (const provider of ["hubspot", "dynamics", "ghl"] as const) await rig.connect(provider);

    const { conversationId } = await rig.chatAndEnd({
      firstName: "Ana",
      lastName: "Reyes",
      email: "Ana@Example.com",
      phone: "(202) 555-0123",
    });
    await rig.workUntilIdle();

    const runs = await rig.runs();
    expect(runs.map(({ result, reason }) => [result, reason])).toEqual([
      ["created", null],
      ["created", null],
      ["created", null],
    ]);
    expect(rig.hubspot.records()).toMatchObject([{ values: { email: "ana@example.com", phone: "+12025550123" } }]);
    expect(rig.dynamics.records()).toMatchObject([{ object: "lead", values: { emailaddress1: "ana@example.com" } }]);
    expect(rig.ghl.records()).toMatchObject([{ values: { email: "ana@example.com", firstName: "Ana" } }]);
    expect((await panel(conversationId)).tabs.map(({ link }) => link?.matchedBy)).toEqual([
      "created",
      "created",
      "created",
    ]);
  });

  it("fills blanks and queues what differs, the halves of a name together", async () => {
    const hubspot = await rig.connect("hubspot");
    const id = rig.hubspot.seed("contact", { email: "ana@example.com", firstname: "Anna", lastname: "Reyes" });

    const { conversationId } = await rig.chatAndEnd({
      firstName: "Ana",
      lastName: "Reyes",
      email: "ana@example.com",
      phone: "+12025550123",
    });
    await rig.workUntilIdle();

    expect(await rig.runs(hubspot)).toMatchObject([{ result: "updated", conflictsQueued: 1, matchedBy: "email" }]);
    expect(rig.hubspot.record("contact", id)?.values).toMatchObject({ firstname: "Anna", phone: "+12025550123" });
    const [tab] = (await panel(conversationId)).tabs;
    expect(tab?.conflicts).toMatchObject([
      { field: "firstName", crmValue: "Anna", chatValue: "Ana", status: "pending" },
    ]);
  });

  it("writes the chat's value when the agent chooses it, and asks again when the CRM moved meanwhile", async () => {
    await rig.connect("hubspot");
    const id = rig.hubspot.seed("contact", { email: "ana@example.com", firstname: "Anna", lastname: "Reyes" });
    const { conversationId } = await rig.chatAndEnd({ firstName: "Ana", lastName: "Reyes", email: "ana@example.com" });
    await rig.workUntilIdle();
    const [conflict] = (await panel(conversationId)).tabs[0]?.conflicts ?? [];
    if (!conflict) throw new Error("There is a conflict.");
    const seen = { id: conflict.id, seenCrmValue: conflict.crmValue, seenChatValue: conflict.chatValue };

    rig.hubspot.edit("contact", id, { firstname: "Annie" });
    const moved = await settleConflicts(rig.deps, rig.admin, { decision: "use_chat", conflicts: [seen] });
    expect([...moved.values()]).toEqual(["stale"]);
    expect(rig.hubspot.record("contact", id)?.values).toMatchObject({ firstname: "Annie" });

    const again = await settleConflicts(rig.deps, rig.admin, {
      decision: "use_chat",
      conflicts: [{ ...seen, seenCrmValue: "Annie" }],
    });
    expect([...again.values()]).toEqual(["applied"]);
    expect(rig.hubspot.record("contact", id)?.values).toMatchObject({ firstname: "Ana" });
  });
});
