import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { findContact, listIdentities } from "../../../server/db/queries/contact.ts";
import { contact } from "../../../server/db/schema/contact.ts";
import { verifyIdentity } from "../../../server/usecases/conversations/verify-identity.ts";
import { mintEmail } from "../../support/ids.ts";
import { createSyncRig, type SyncRig } from "../../support/sync-rig.ts";
import { contactOf } from "../../support/sync-state.ts";

let rig: SyncRig;
beforeEach(async () => {
  rig = await createSyncRig();
});
afterEach(() => rig.close());

const PHONE = "+12025550123";
const everybody = () => rig.deps.db.select().from(contact);

describe("the contact of a conversation", () => {
  it("is one for twenty browsers that give one email at the same moment", async () => {
    const email = mintEmail();
    const chats = await Promise.all(Array.from({ length: 20 }, () => rig.chat({})));
    await Promise.all(chats.map((chat, n) => rig.say(chat, { email: n % 2 ? email : email.toUpperCase() })));
    expect(await everybody()).toHaveLength(1);
    expect(new Set(await Promise.all(chats.map((chat) => contactOf(rig, chat)))).size).toBe(1);
  });

  it("is one for browsers that give both keys in either order at the same moment", async () => {
    const email = mintEmail();
    const chats = await Promise.all(Array.from({ length: 10 }, () => rig.chat({})));
    await Promise.all(chats.map((chat) => rig.say(chat, { phone: "(202) 555-0123", email })));
    expect(await everybody()).toMatchObject([{ email, phone: PHONE }]);
  });

  it("is nobody while only a name is known", async () => {
    await rig.chat({ firstName: "Ana" });
    expect(await everybody()).toEqual([]);
  });

  it("is another for another email from the same phone with another name", async () => {
    const ana = await rig.chat({ firstName: "Ana", email: mintEmail("ana"), phone: PHONE });
    const bo = await rig.chat({ firstName: "Bo", email: mintEmail("bo"), phone: PHONE });
    expect(await contactOf(rig, bo)).not.toBe(await contactOf(rig, ana));
  });

  it("becomes the one the email names, and the one made a moment ago for the phone is gone", async () => {
    const email = mintEmail();
    const known = await rig.chat({ email });
    const chat = await rig.chat({ phone: PHONE });
    await rig.say(chat, { email });
    expect(await contactOf(rig, chat)).toBe(await contactOf(rig, known));
    expect(await everybody()).toHaveLength(1);
  });

  it("keeps both keys when somebody corrects their email in the same conversation", async () => {
    const [wrong, right] = [mintEmail("anna"), mintEmail("ana")];
    const chat = await rig.chat({ email: wrong });
    const id = await contactOf(rig, chat);
    await rig.say(chat, { email: right });
    expect(await contactOf(rig, chat)).toBe(id);
    expect(await findContact(rig.deps.db, id)).toMatchObject({ email: right });
    expect((await listIdentities(rig.deps.db, [id])).map(({ norm }) => norm)).toEqual([wrong, right]);
  });
});

describe("what a contact knows", () => {
  it("is not displaced by a claim once an agent has vouched for it", async () => {
    const email = mintEmail();
    const chat = await rig.chat({ email, firstName: "Ana" });
    await verifyIdentity(rig.deps, rig.admin, chat.conversationId);
    const claimed = await rig.chat({ email, firstName: "Mallory" });
    const id = await contactOf(rig, claimed);
    expect(id).toBe(await contactOf(rig, chat));
    expect(await findContact(rig.deps.db, id)).toMatchObject({
      firstName: "Ana",
      origins: { firstName: { sure: "verified" } },
    });
  });

  it("is the newest of several claims", async () => {
    const email = mintEmail();
    for (const firstName of ["Anna", "Ana"]) await rig.chat({ email, firstName });
    expect(await everybody()).toMatchObject([{ firstName: "Ana", origins: { firstName: { sure: "claimed" } } }]);
  });
});
