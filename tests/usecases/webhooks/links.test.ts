import { eq } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { audit } from "../../../server/db/schema/operations.ts";
import { conflict } from "../../../server/db/schema/sync.ts";
import { webhookEvent } from "../../../server/db/schema/webhook.ts";
import { mintEmail } from "../../support/ids.ts";
import { createSyncRig, type Person, type SyncRig } from "../../support/sync-rig.ts";
import { conflictsOf, contactOf, linksOf, takeCalls } from "../../support/sync-state.ts";
import { dynamicsHook, ghlHook, type HubSpotHook, hookDoor, hubspotHook } from "../../support/webhook-deliveries.ts";

let rig: SyncRig;
let hook: HubSpotHook;
let connectionId: string;

beforeEach(async () => {
  rig = await createSyncRig();
  connectionId = await rig.connect("hubspot");
  hook = await hubspotHook(rig, hookDoor(rig), connectionId);
});
afterEach(() => rig.close());

async function push(person: Person, visitorId?: string) {
  const chat = await rig.chatAndEnd(person, visitorId);
  await rig.workUntilIdle();
  return chat;
}

async function tell(...events: Record<string, unknown>[]) {
  expect(await hook.tell(...events)).toBe(200);
  await rig.workUntilIdle();
}

/** Somebody HubSpot knows by another last name and phone, so that both wait for an agent. */
async function withConflicts() {
  const email = mintEmail();
  const id = rig.hubspot.seed("contact", { email, firstname: "Ana", lastname: "Ray", phone: "+12025550101" });
  const chat = await push({ email, lastName: "Reyes", phone: "+12025550199" });
  takeCalls(rig);
  return { id, email, chat };
}

const outcomes = async () =>
  (await rig.deps.db.select().from(webhookEvent)).map(({ status, outcome }) => [status, outcome]);

describe("a change in the CRM", () => {
  it("makes a pending conflict stale with the new value, without a click", async () => {
    const { id } = await withConflicts();
    rig.hubspot.edit("contact", id, { phone: "+12025550155" });
    await tell(hook.event("propertyChange", id));
    expect(await conflictsOf(rig)).toMatchObject([
      { property: "lastname", staleSince: null },
      { property: "phone", status: "pending", crmValue: "+12025550155", staleSince: expect.any(Date) },
    ]);
    expect(await linksOf(rig)).toMatchObject([{ seen: { phone: "+12025550155" } }]);
  });

  it("to the chat's value closes the conflict, and both agree from then on", async () => {
    const { id } = await withConflicts();
    rig.hubspot.edit("contact", id, { phone: "(202) 555-0199" });
    await tell(hook.event("propertyChange", id));
    expect(await conflictsOf(rig)).toMatchObject([
      { status: "pending" },
      { property: "phone", status: "closed_equal" },
    ]);
    expect(await linksOf(rig)).toMatchObject([{ base: { phone: "(202) 555-0199" } }]);
  });

  it("in spelling alone makes nothing stale", async () => {
    const { id } = await withConflicts();
    rig.hubspot.edit("contact", id, { phone: "202-555-0101" });
    await tell(hook.event("propertyChange", id));
    expect(await conflictsOf(rig)).toMatchObject([{ staleSince: null }, { property: "phone", staleSince: null }]);
  });

  it("that we made ourselves costs one read and changes nothing", async () => {
    const email = mintEmail();
    await push({ email, firstName: "Ana" });
    const [record] = rig.hubspot.records();
    const before = [await linksOf(rig), await conflictsOf(rig)];
    takeCalls(rig);
    await tell(hook.event("creation", record?.id ?? ""), hook.event("propertyChange", record?.id ?? ""));
    expect(takeCalls(rig).hubspot).toBe(1);
    expect([await linksOf(rig), await conflictsOf(rig)]).toEqual(before);
    expect(await outcomes()).toEqual([
      ["done", "Nothing we did not know."],
      ["done", "Nothing we did not know."],
    ]);
  });

  it("of somebody who is nobody's is ignored without a call", async () => {
    const id = rig.hubspot.seed("contact", { email: mintEmail() });
    takeCalls(rig);
    await tell(hook.event("propertyChange", id));
    expect(takeCalls(rig).hubspot).toBe(0);
    expect(await outcomes()).toEqual([["ignored", "Nobody of ours is linked to this record."]]);
  });
});

describe("a merge in the CRM", () => {
  it("takes the link and its conflicts along, and keeps the old id", async () => {
    const { id } = await withConflicts();
    const other = rig.hubspot.seed("contact", { email: mintEmail(), phone: "+12025550144" });
    const survivor = rig.hubspot.merge(other, id);
    await tell(hook.event("merge", survivor, { primaryObjectId: Number(other), mergedObjectIds: [Number(id)] }));
    expect(await linksOf(rig)).toMatchObject([{ state: "live", externalId: survivor, aliases: [id] }]);
    const pending = (await conflictsOf(rig)).filter(({ status }) => status === "pending");
    expect(pending.map(({ property }) => property)).toContain("phone");
  });

  it("of two linked records leaves one link with the questions of both, none asked twice", async () => {
    const { id: first, chat: one } = await withConflicts();
    const email = mintEmail();
    const second = rig.hubspot.seed("contact", { email, lastname: "Rey" });
    const two = await push({ email, lastName: "Reyes-Ortiz" });
    const survivor = rig.hubspot.merge(second, first);
    await tell(hook.event("merge", survivor, { primaryObjectId: Number(second), mergedObjectIds: [Number(first)] }));
    const live = (await linksOf(rig)).filter(({ state }) => state === "live");
    expect(live).toMatchObject([{ contactId: await contactOf(rig, one), externalId: survivor }]);
    expect(live[0]?.aliases).toEqual(expect.arrayContaining([first, second]));
    expect((await linksOf(rig)).find(({ state }) => state === "closed")).toMatchObject({
      contactId: await contactOf(rig, two),
      closedReason: expect.stringContaining("Merged"),
    });
    const rows = await rig.deps.db.select().from(conflict).where(eq(conflict.status, "pending"));
    expect(new Set(rows.map(({ linkId }) => linkId))).toEqual(new Set([live[0]?.id]));
    expect(rows.map(({ property }) => property).toSorted()).toEqual(["lastname", "phone"]);
    expect((await conflictsOf(rig)).find(({ status }) => status === "void")?.problem).toContain("merged");
  });

  it("in Dynamics, where a lead became a contact, moves the link at once", async () => {
    const dynamics = await rig.connect("dynamics");
    const tellDynamics = await dynamicsHook(rig, hookDoor(rig), dynamics);
    await push({ email: mintEmail(), lastName: "Reyes" });
    const [lead] = rig.dynamics.records();
    const contact = rig.dynamics.qualify(lead?.id ?? "", { createContact: true });
    await tellDynamics("Update", "lead", lead?.id ?? "");
    await rig.workUntilIdle();
    expect(await linksOf(rig, dynamics)).toMatchObject([
      { object: "contact", externalId: contact, aliases: [lead?.id], state: "live" },
    ]);
  });
});

describe("a deletion in the CRM", () => {
  it("closes the link and voids its conflicts", async () => {
    const { id } = await withConflicts();
    rig.hubspot.remove("contact", id);
    await tell(hook.event("deletion", id));
    expect(await linksOf(rig)).toMatchObject([{ state: "closed", closedReason: "Deleted in HubSpot." }]);
    expect((await conflictsOf(rig)).map(({ status }) => status)).toEqual(["void", "void"]);
  });

  it("that is told although the record is there closes nothing", async () => {
    const { id } = await withConflicts();
    await tell(hook.event("deletion", id));
    expect(await linksOf(rig)).toMatchObject([{ state: "live" }]);
  });

  it("is not what a refusal means: the connection waits for a person, the event waits with it", async () => {
    const { id } = await withConflicts();
    const body = JSON.stringify({ status: "error", message: "A scope is missing.", category: "MISSING_SCOPES" });
    rig.hubspot.faults.play({
      fault: { kind: "status", status: 403, contentType: "application/json", body },
      times: 1,
    });
    await tell(hook.event("deletion", id));
    expect(await linksOf(rig)).toMatchObject([{ state: "live" }]);
    expect((await rig.connection(connectionId)).status).toBe("needs_reconnect");
    expect((await outcomes()).map(([status]) => status)).toEqual(["waiting"]);
  });

  it("in HighLevel closes the link too", async () => {
    const ghl = await rig.connect("ghl");
    const tellGhl = await ghlHook(rig, hookDoor(rig), ghl);
    await push({ email: mintEmail(), firstName: "Ana" });
    const [record] = rig.ghl.records();
    rig.ghl.remove("contact", record?.id ?? "");
    await tellGhl("ContactDelete", record?.id ?? "");
    await rig.workUntilIdle();
    expect(await linksOf(rig, ghl)).toMatchObject([{ state: "closed" }]);
  });

  it("for privacy closes the link and marks the contact for erasure, once", async () => {
    const { id, chat } = await withConflicts();
    rig.hubspot.purge(id);
    await tell(hook.event("deletion", id));
    await tell(hook.event("privacyDeletion", id));
    await tell(hook.event("privacyDeletion", id));
    expect(await linksOf(rig)).toMatchObject([{ state: "closed", closedReason: "Deleted in HubSpot for privacy." }]);
    const deeds = await rig.deps.db.select().from(audit).where(eq(audit.action, "contact.erase_requested"));
    expect(deeds).toMatchObject([{ contactId: await contactOf(rig, chat), actorKind: "system" }]);
  });
});

describe("a restored record", () => {
  it("has its link back", async () => {
    const { id } = await withConflicts();
    rig.hubspot.remove("contact", id);
    await tell(hook.event("deletion", id));
    rig.hubspot.restore(id);
    await tell(hook.event("restore", id));
    expect(await linksOf(rig)).toMatchObject([{ state: "live", closedReason: null }]);
  });

  it("whose contact is linked elsewhere by now stays without", async () => {
    const { id, chat, email } = await withConflicts();
    rig.hubspot.remove("contact", id);
    await tell(hook.event("deletion", id));
    rig.hubspot.seed("contact", { email });
    await push({ email, firstName: "Anna" }, chat.actor.visitorId);
    rig.hubspot.restore(id);
    await tell(hook.event("restore", id));
    expect((await linksOf(rig)).map(({ state }) => state)).toEqual(["closed", "live"]);
  });
});

describe("a CRM that cannot be asked just now", () => {
  it("is asked again, and the event is dealt with then", async () => {
    const { id } = await withConflicts();
    rig.hubspot.edit("contact", id, { phone: "+12025550155" });
    rig.hubspot.faults.play({ fault: { kind: "status", status: 503, body: "" }, times: 3 });
    await tell(hook.event("propertyChange", id));
    expect((await conflictsOf(rig))[1]).toMatchObject({ crmValue: "+12025550155" });
    expect((await outcomes()).map(([status]) => status)).toEqual(["done"]);
  });
});
