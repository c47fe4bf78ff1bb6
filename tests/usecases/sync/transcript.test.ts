import { afterEach, beforeEach, expect, it } from "vitest";
import { changeConnection } from "../../../server/usecases/connections/change-connection.ts";
import { endConversation } from "../../../server/usecases/conversations/end-conversation.ts";
import { reopenConversation } from "../../../server/usecases/conversations/reopen-conversation.ts";
import { reply } from "../../../server/usecases/conversations/reply.ts";
import { createSyncRig, type SyncRig } from "../../support/sync-rig.ts";

let rig: SyncRig;
beforeEach(async () => {
  rig = await createSyncRig();
});
afterEach(() => rig.close());

const ANA = { firstName: "Ana", lastName: "Reyes", email: "ana@example.com" };

it.each(["hubspot", "dynamics", "ghl"] as const)(
  "puts the transcript on the %s record, without private notes",
  async (crm) => {
    const connectionId = await rig.connect(crm);
    await changeConnection(rig.deps, rig.admin, connectionId, { addTranscript: true });
    const chat = await rig.chat(ANA);
    const say = (kind: "agent" | "note", text: string) =>
      reply(rig.deps, rig.admin, chat.conversationId, { clientId: rig.deps.newId(), kind, text });
    await say("agent", "How can I help <b>you</b>?");
    await say("note", "A difficult customer.");
    await endConversation(rig.deps, chat.actor, chat.conversationId);
    await rig.workUntilIdle();

    const notes = rig[crm].records()[0]?.notes ?? [];
    expect(notes).toHaveLength(1);
    expect(notes[0]).toContain("Ana Reyes: Hello");
    expect(notes[0]).toContain("How can I help");
    expect(notes[0]).not.toContain("difficult");
  },
);

it("adds it once per conversation, also after a lost answer and when the conversation is reopened and ended again", async () => {
  const connectionId = await rig.connect("hubspot");
  await changeConnection(rig.deps, rig.admin, connectionId, { addTranscript: true });
  const chat = await rig.chat(ANA);
  rig.hubspot.faults.play({
    fault: { kind: "status", status: 504, after: true },
    times: 1,
    match: ({ method, path }) => method === "POST" && path.includes("/notes"),
  });
  await endConversation(rig.deps, chat.actor, chat.conversationId);
  await rig.workUntilIdle();
  await reopenConversation(rig.deps, rig.admin, chat.conversationId);
  await endConversation(rig.deps, chat.actor, chat.conversationId);
  await rig.workUntilIdle();

  expect(rig.hubspot.records()[0]?.notes).toHaveLength(1);
});
