import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { changeConnection } from "../../../server/usecases/connections/change-connection.ts";
import { reopenConversation } from "../../../server/usecases/conversations/reopen-conversation.ts";
import { requestSync } from "../../../server/usecases/sync/request-sync.ts";
import { mintEmail, newId } from "../../support/ids.ts";
import { createSyncRig, type Person, type SyncRig } from "../../support/sync-rig.ts";
import { conflictsOf, linksOf, peopleIn, takeCalls } from "../../support/sync-state.ts";

let rig: SyncRig;
beforeEach(async () => {
  rig = await createSyncRig();
});
afterEach(() => rig.close());

async function push(person: Person, visitorId?: string) {
  const chat = await rig.chatAndEnd(person, visitorId);
  await rig.workUntilIdle();
  return { ...chat, run: await lastRun() };
}

async function lastRun() {
  const run = (await rig.runs()).at(-1);
  if (!run) throw new Error("There is a run.");
  return run;
}

describe("a lead in Dynamics", () => {
  it("that is open already gets the blanks and no second one", async () => {
    await rig.connect("dynamics");
    const email = mintEmail();
    const id = rig.dynamics.seed("lead", { emailaddress1: email, lastname: "Reyes" });
    const { run } = await push({ email, firstName: "Ana" });
    expect(run).toMatchObject({ status: "done", result: "existing_lead", matchedBy: "email" });
    expect(rig.dynamics.records()).toMatchObject([{ id, values: { firstname: "Ana" } }]);
  });

  it("that was qualified after the link is followed to its contact, and stays as an alias", async () => {
    await rig.connect("dynamics");
    const email = mintEmail();
    const { actor } = await push({ email, lastName: "Reyes" });
    const [lead] = rig.dynamics.records();
    if (!lead) throw new Error("There is a lead.");
    const contactId = rig.dynamics.qualify(lead.id, { createContact: true });
    const { run } = await push({ phone: "+12025550123" }, actor.visitorId);
    expect(run).toMatchObject({ status: "done", result: "updated" });
    expect(await linksOf(rig)).toMatchObject([
      { state: "live", object: "contact", externalId: contactId, aliases: [lead.id] },
    ]);
    expect(rig.dynamics.record("contact", contactId ?? "")?.values).toMatchObject({ telephone1: "+12025550123" });
    expect(rig.dynamics.record("lead", lead.id)?.values).toMatchObject({ telephone1: null });
  });

  it("that was qualified before anybody linked it leads to its contact", async () => {
    await rig.connect("dynamics");
    const email = mintEmail();
    const lead = rig.dynamics.seed("lead", { emailaddress1: email, lastname: "Reyes" });
    const contactId = rig.dynamics.qualify(lead, { createContact: true });
    const { run } = await push({ email, firstName: "Ana" });
    expect(run).toMatchObject({ result: "updated" });
    expect(await linksOf(rig)).toMatchObject([{ object: "contact", externalId: contactId }]);
    expect(peopleIn(rig, "dynamics")).toHaveLength(2);
  });

  it("that became nobody who can be written to is no reason to create for a claim where only verified ones may", async () => {
    const connectionId = await rig.connect("dynamics");
    await changeConnection(rig.deps, rig.admin, connectionId, { verifiedOnly: true });
    const email = mintEmail();
    rig.dynamics.qualify(rig.dynamics.seed("lead", { emailaddress1: email, lastname: "Reyes" }), {
      createContact: false,
    });
    const { run } = await push({ email, lastName: "Reyes" });
    expect(run).toMatchObject({ result: "unchanged", reason: expect.stringContaining("Only verified") });
    expect(rig.dynamics.records()).toHaveLength(1);
  });

  it("that was disqualified after the link is left alone", async () => {
    await rig.connect("dynamics");
    const { actor } = await push({ email: mintEmail(), lastName: "Reyes" });
    const [lead] = rig.dynamics.records();
    rig.dynamics.disqualify(lead?.id ?? "");
    takeCalls(rig);
    const { run } = await push({ phone: "+12025550123" }, actor.visitorId);
    expect(run).toMatchObject({ status: "done", result: "unchanged", reason: expect.stringContaining("disqualified") });
    expect(takeCalls(rig).dynamics).toBe(1);
    expect(rig.dynamics.records()).toMatchObject([{ values: { telephone1: null } }]);
  });
});

describe("a merged record", () => {
  it("moves the link in HubSpot, with the old id as an alias", async () => {
    await rig.connect("hubspot");
    const { actor } = await push({ email: mintEmail() });
    const [old] = rig.hubspot.records();
    const other = rig.hubspot.seed("contact", { email: mintEmail("other") });
    const survivor = rig.hubspot.merge(other, old?.id ?? "");
    const { run } = await push({ firstName: "Ana" }, actor.visitorId);
    expect(run).toMatchObject({ status: "done", result: "updated" });
    expect(await linksOf(rig)).toMatchObject([{ state: "live", externalId: survivor, aliases: [old?.id] }]);
    expect(peopleIn(rig, "hubspot")).toHaveLength(1);
  });

  it("moves the link to the master in Dynamics", async () => {
    await rig.connect("dynamics");
    const email = mintEmail();
    const loser = rig.dynamics.seed("contact", { emailaddress1: email, lastname: "Reyes" });
    const { actor } = await push({ email });
    const master = rig.dynamics.seed("contact", { lastname: "Reyes" });
    rig.dynamics.merge("contact", master, loser);
    await push({ firstName: "Ana" }, actor.visitorId);
    expect(await linksOf(rig)).toMatchObject([{ state: "live", externalId: master, aliases: [loser] }]);
    expect(rig.dynamics.record("contact", master)?.values).toMatchObject({ firstname: "Ana" });
  });

  it("that another contact of ours is linked to is not taken over", async () => {
    await rig.connect("hubspot");
    const first = await push({ email: mintEmail("first") });
    await push({ email: mintEmail("second") });
    const [a, b] = await linksOf(rig);
    rig.hubspot.switches.mergeKeepsPrimaryId = true;
    rig.hubspot.merge(b?.externalId ?? "", a?.externalId ?? "");
    const { run } = await push({}, first.actor.visitorId);
    expect(run).toMatchObject({
      status: "done",
      result: "needs_choice",
      candidates: [{ linkedContactId: b?.contactId }],
    });
    expect(await linksOf(rig)).toEqual([a, b]);
  });
});

describe.each(["hubspot", "dynamics", "ghl"] as const)("a record deleted in %s", (crm) => {
  const email = mintEmail();
  async function linkWithConflict() {
    await rig.connect(crm);
    const record = crm === "dynamics" ? { emailaddress1: email, lastname: "Reyes" } : { email };
    const name = crm === "ghl" ? { firstName: "Anna" } : { firstname: "Anna" };
    const id = rig[crm].seed("contact", { ...record, ...name });
    const chat = await push({ email, firstName: "Ana" });
    rig[crm].remove("contact", id);
    return chat;
  }

  it("closes the link, voids its conflicts and is not made again for a visitor who says nothing new", async () => {
    const { actor } = await linkWithConflict();
    rig.advance(60_000);
    const { run } = await push({}, actor.visitorId);
    expect(run).toMatchObject({
      status: "done",
      result: "unchanged",
      reason: expect.stringContaining("said nothing new"),
    });
    expect(await linksOf(rig)).toMatchObject([
      { state: "closed", closedReason: expect.stringContaining("Deleted in") },
    ]);
    expect(await conflictsOf(rig)).toMatchObject([{ status: "void" }]);
    expect(peopleIn(rig, crm)).toHaveLength(0);
  });

  it("is not made again by an agent's sync or by the second end of the same conversation", async () => {
    const { conversationId, actor } = await linkWithConflict();
    rig.advance(60_000);
    const connectionId = (await rig.runs())[0]?.connectionId ?? "";
    await requestSync(rig.deps, rig.admin, conversationId, { connectionId, requestId: newId() });
    await rig.workUntilIdle();
    await reopenConversation(rig.deps, rig.admin, conversationId);
    await rig.end({ conversationId, actor });
    await rig.workUntilIdle();
    expect(peopleIn(rig, crm)).toHaveLength(0);
    expect((await rig.runs()).map(({ result }) => result)).toEqual(["conflicts_queued", "unchanged", "unchanged"]);
  });

  it("is made again when the visitor gives their address again", async () => {
    await linkWithConflict();
    rig.advance(60_000);
    const { run } = await push({ email, firstName: "Ana" });
    expect(run).toMatchObject({ status: "done", result: "created" });
    expect(peopleIn(rig, crm)).toHaveLength(1);
    expect((await linksOf(rig)).map(({ state }) => state)).toEqual(["closed", "live"]);
  });
});
