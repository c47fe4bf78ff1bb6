import type { FieldPolicy } from "@rolodesk/shared/vocabulary";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { changeConnection } from "../../../server/usecases/connections/change-connection.ts";
import { saveMapping } from "../../../server/usecases/connections/save-mapping.ts";
import { verifyIdentity } from "../../../server/usecases/conversations/verify-identity.ts";
import { storeFacts } from "../../../server/usecases/visitors/store-facts.ts";
import { mintEmail } from "../../support/ids.ts";
import { createSyncRig, type Person, type SyncRig } from "../../support/sync-rig.ts";
import { pendingOf, settle } from "../../support/sync-state.ts";

let rig: SyncRig;
let connectionId: string;
let email: string;
beforeEach(async () => {
  rig = await createSyncRig();
  connectionId = await rig.connect("hubspot");
  email = mintEmail();
});
afterEach(() => rig.close());

const OLD = "+12025550100";
const NEW = "+12025550123";

async function withPolicy(policy: FieldPolicy): Promise<void> {
  const object = "contact";
  const fields = [
    { field: "email", object, property: "email", policy: "fill_blank" as const },
    { field: "phone", object, property: "phone", policy },
  ];
  await saveMapping(rig.deps, rig.admin, connectionId, { fields });
}

/** Somebody who chats, vouched for by an agent or not. */
async function push(person: Person, verified = false) {
  const chat = await rig.chat(person);
  if (verified) await verifyIdentity(rig.deps, rig.admin, chat.conversationId);
  await rig.end(chat);
  await rig.workUntilIdle();
  const run = (await rig.runs()).at(-1);
  return { chat, run };
}

const phone = (id: string) => rig.hubspot.record("contact", id)?.values.phone;

describe("a value that differs, for somebody", () => {
  it.each<[FieldPolicy, "claimed" | "verified", string, number]>([
    ["fill_blank", "claimed", OLD, 1],
    ["fill_blank", "verified", OLD, 1],
    ["ask", "verified", OLD, 1],
    ["crm_wins", "verified", OLD, 0],
    ["never", "verified", OLD, 0],
    ["chat_wins", "claimed", OLD, 1],
    ["chat_wins", "verified", NEW, 0],
    ["chat_wins_if_crm_unchanged", "claimed", OLD, 1],
    ["chat_wins_if_crm_unchanged", "verified", OLD, 1],
  ])("under %s and %s leaves %s in the CRM and %i conflicts", async (policy, sure, value, conflicts) => {
    await withPolicy(policy);
    const id = rig.hubspot.seed("contact", { email, phone: OLD });
    await push({ email, phone: NEW }, sure === "verified");
    expect(phone(id)).toBe(value);
    expect(await pendingOf(rig)).toHaveLength(conflicts);
  });

  it("that both sides agreed on before is overwritten under chat_wins_if_crm_unchanged once they are verified", async () => {
    await withPolicy("chat_wins_if_crm_unchanged");
    const id = rig.hubspot.seed("contact", { email, phone: OLD });
    await push({ email, phone: OLD });
    await push({ email, phone: NEW });
    expect([phone(id), (await pendingOf(rig)).length]).toEqual([OLD, 1]);
    await push({ email, phone: NEW }, true);
    expect([phone(id), (await pendingOf(rig)).length]).toEqual([NEW, 0]);
  });
});

describe("a blank", () => {
  it.each<[FieldPolicy, string | null]>([
    ["fill_blank", NEW],
    ["ask", null],
    ["crm_wins", NEW],
    ["never", null],
    ["chat_wins", NEW],
  ])("under %s becomes %s", async (policy, value) => {
    await withPolicy(policy);
    const id = rig.hubspot.seed("contact", { email });
    await push({ email, phone: NEW });
    expect(phone(id)).toBe(value);
  });

  it("that an agent kept is not asked about again", async () => {
    await withPolicy("ask");
    rig.hubspot.seed("contact", { email });
    await push({ email, phone: NEW });
    expect(await settle(rig, "keep_crm", await pendingOf(rig))).toEqual(["kept"]);
    await push({ email, phone: NEW });
    expect(await pendingOf(rig)).toEqual([]);
  });

  it("that somebody made is filled only when the visitor says the value again", async () => {
    const id = rig.hubspot.seed("contact", { email, phone: NEW });
    const { chat } = await push({ email, phone: NEW });
    rig.hubspot.edit("contact", id, { phone: "" });
    await rig.chatAndEnd({ firstName: "Ana" }, chat.actor.visitorId);
    await rig.workUntilIdle();
    expect(phone(id)).toBeNull();
    await push({ email, phone: NEW });
    expect(phone(id)).toBe(NEW);
  });
});

describe("a connection that lets only verified identities write", () => {
  it("neither fills nor creates for a claimed one, and does both once an agent has vouched", async () => {
    await changeConnection(rig.deps, rig.admin, connectionId, { verifiedOnly: true });
    const id = rig.hubspot.seed("contact", { email });
    await push({ email, phone: NEW });
    const stranger = mintEmail("stranger");
    const { run } = await push({ email: stranger });
    expect(run).toMatchObject({
      status: "done",
      result: "unchanged",
      reason: expect.stringContaining("Only verified"),
    });
    const written = rig.hubspot.journal.entries.filter(
      ({ method, path }) => method !== "GET" && !path.includes("search"),
    );
    expect(written).toEqual([]);
    await push({ email, phone: NEW }, true);
    await push({ email: stranger }, true);
    expect(phone(id)).toBe(NEW);
    expect(rig.hubspot.records()).toHaveLength(2);
  });
});

describe("a person an agent has vouched for who then gives somebody else's address", () => {
  it("does not overwrite that person's record", async () => {
    await withPolicy("chat_wins");
    const boss = mintEmail("boss");
    const id = rig.hubspot.seed("contact", { email: boss, phone: OLD });
    const chat = await rig.chat({ email });
    await verifyIdentity(rig.deps, rig.admin, chat.conversationId);
    await rig.say(chat, { email: boss, phone: NEW });
    await rig.end(chat);
    await rig.workUntilIdle();
    expect(phone(id)).toBe(OLD);
  });

  it("stays who they are when a signed token has said it", async () => {
    await withPolicy("chat_wins");
    const own = rig.hubspot.seed("contact", { email, phone: OLD });
    const boss = rig.hubspot.seed("contact", { email: mintEmail("boss"), phone: OLD });
    const chat = await rig.chat({});
    const signed = { field: "email" as const, value: email, source: "signed" as const, verified: true };
    await rig.deps.db.transaction((tx) => storeFacts(tx, rig.deps, chat.conversationId, [signed]));
    await rig.deps.db.$client`update visitor set identity = 'verified' where id = ${chat.actor.visitorId}`;
    await rig.say(chat, { email: String(rig.hubspot.record("contact", boss)?.values.email), phone: NEW });
    await rig.end(chat);
    await rig.workUntilIdle();
    expect([phone(own), phone(boss)]).toEqual([NEW, OLD]);
  });

  it("does not overwrite it either when a signed token named no address", async () => {
    await withPolicy("chat_wins");
    const boss = mintEmail("boss");
    const id = rig.hubspot.seed("contact", { email: boss, phone: OLD });
    const chat = await rig.chat({});
    await rig.deps.db.$client`
      update visitor set subject = 'u-1', identity = 'verified' where id = ${chat.actor.visitorId}`;
    await rig.say(chat, { email: boss, phone: NEW });
    await rig.end(chat);
    await rig.workUntilIdle();
    expect(phone(id)).toBe(OLD);
  });
});
