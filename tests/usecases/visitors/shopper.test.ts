import type { VisitorSession } from "@rolodesk/shared/visitor";
import { sign } from "hono/jwt";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { VisitorActor } from "../../../server/actor.ts";
import { findContact } from "../../../server/db/queries/contact.ts";
import { spentToken } from "../../../server/db/schema/vouched.ts";
import { changeConnection } from "../../../server/usecases/connections/change-connection.ts";
import { removeConnection } from "../../../server/usecases/connections/remove-connection.ts";
import { receiveMessage } from "../../../server/usecases/conversations/receive-message.ts";
import { createSite } from "../../../server/usecases/sites/create-site.ts";
import { forgetOldSessions } from "../../../server/usecases/users/forget-old-sessions.ts";
import { mintEmail, newId } from "../../support/ids.ts";
import { createSyncRig, type Person, type SyncRig } from "../../support/sync-rig.ts";
import { contactOf, linksOf } from "../../support/sync-state.ts";
import { type HookDoor, hookDoor } from "../../support/webhook-deliveries.ts";

let rig: SyncRig;
let door: HookDoor;
let store: string;
let email: string;
let customerId: string;

beforeEach(async () => {
  rig = await createSyncRig();
  door = hookDoor(rig);
  store = await rig.connect("bigcommerce");
  email = mintEmail();
  customerId = rig.bigcommerce.seed("customer", { email, first_name: "Elif", last_name: "Aydin" });
});
afterEach(() => rig.close());

/** What the store's page gets for its signed-in customer. */
async function storeToken(id = customerId): Promise<string> {
  const path = "/customer/current.jwt?app_client_id=demoapp0client0id";
  const answer = await rig.bigcommerce.app.request(path, { headers: { cookie: rig.bigcommerce.signIn(id) } });
  return await answer.text();
}

async function enter(identityToken: string, bearer?: string): Promise<VisitorSession> {
  const answer = await door.answer("/widget/api/sessions", {
    method: "POST",
    headers: {
      "content-type": "application/json",
      origin: rig.deps.config.publicUrl,
      ...(bearer && { authorization: `Bearer ${bearer}` }),
    },
    body: JSON.stringify({ siteKey: `site-${rig.siteId}`, identityToken }),
  });
  expect(answer.status).toBe(200);
  return (await answer.json()) as VisitorSession;
}

async function chatAs({ visitorId }: VisitorSession, person: Person = {}) {
  const actor: VisitorActor = { kind: "visitor", visitorId, siteId: rig.siteId };
  const sent = await receiveMessage(rig.deps, actor, { clientId: newId(), conversationId: null, text: "Hello" });
  const chat = { conversationId: sent.conversation.id, actor };
  await rig.say(chat, person);
  await rig.end(chat);
  await rig.workUntilIdle();
  return chat;
}

/** A token like the store's, with other claims. */
async function forged(claims: Record<string, unknown>, secret = "demo-app-client-secret"): Promise<string> {
  const now = Math.floor(rig.deps.now().getTime() / 1000);
  return await sign(
    {
      customer: { id: Number(customerId), email, group_id: "0" },
      ...{ iss: "bc/apps", sub: "abc123demo", iat: now, exp: now + 900, aud: "demoapp0client0id" },
      ...{ store_hash: "abc123demo", operation: "current_customer", ...claims },
    },
    secret,
  );
}

describe("a customer who is signed in at the store", () => {
  it("is verified in the chat, with the email of their account", async () => {
    const { identity } = await enter(await storeToken());
    expect(identity).toMatchObject({ state: "verified", email });
  });

  it("is linked to their record by its id, and what they add is filled in there", async () => {
    await chatAs(await enter(await storeToken()), { phone: "+12025550123" });
    const [link] = await linksOf(rig);
    expect(link).toMatchObject({ connectionId: store, externalId: customerId, matchedBy: "vouched", state: "live" });
    expect(rig.bigcommerce.record("customer", customerId)?.values).toMatchObject({ phone: "+12025550123" });
  });

  it("is linked although their email changed in the store meanwhile", async () => {
    const session = await enter(await storeToken());
    rig.bigcommerce.edit("customer", customerId, { email: mintEmail("new") });
    await chatAs(session);
    expect(await linksOf(rig)).toMatchObject([{ externalId: customerId, matchedBy: "vouched" }]);
  });

  it("is the same visitor in another browser, and another customer is another one", async () => {
    const { visitorId } = await enter(await storeToken());
    rig.advance(1000);
    expect((await enter(await storeToken())).visitorId).toBe(visitorId);
    const other = rig.bigcommerce.seed("customer", { email: mintEmail(), first_name: "Omar" });
    expect((await enter(await storeToken(other))).visitorId).not.toBe(visitorId);
  });

  it("stays who they are, whoever's email they type", async () => {
    const chat = await chatAs(await enter(await storeToken()), { email: mintEmail("ana") });
    expect(await findContact(rig.deps.db, await contactOf(rig, chat))).toMatchObject({ email });
    expect(await linksOf(rig)).toMatchObject([{ externalId: customerId }]);
  });

  it("whose record was deleted is looked up like anybody", async () => {
    const session = await enter(await storeToken());
    rig.bigcommerce.remove("customer", customerId);
    const again = rig.bigcommerce.seed("customer", { email, first_name: "Elif", last_name: "Aydin" });
    await chatAs(session);
    expect(await linksOf(rig)).toMatchObject([{ externalId: again, matchedBy: "email" }]);
  });

  it("is asked about when their record is linked to another contact of ours", async () => {
    await chatAs(await enter(await storeToken()));
    rig.bigcommerce.edit("customer", customerId, { email: mintEmail("new") });
    rig.advance(1000);
    const token = await forged({ customer: { id: Number(customerId), email: mintEmail("other") }, sub: "abc123demo" });
    const session = await enter(token);
    await chatAs(session);
    expect((await rig.runs(store)).at(-1)).toMatchObject({ result: "needs_choice" });
    expect(await linksOf(rig)).toHaveLength(1);
  });
});

describe("a store's token", () => {
  it("counts once: replayed from another browser it opens nothing", async () => {
    const token = await storeToken();
    const { visitorId } = await enter(token);
    const thief = await enter(token);
    expect(thief.identity).toMatchObject({ state: "failed", email: null });
    expect(thief.visitorId).not.toBe(visitorId);
  });

  it("used five times at once opens one session of its customer", async () => {
    const token = await storeToken();
    const sessions = await Promise.all(Array.from({ length: 5 }, () => enter(token)));
    expect(sessions.filter(({ identity }) => identity.state === "verified")).toHaveLength(1);
  });

  it("may come again from whoever it signed in, and from whoever lost the answer", async () => {
    const token = await storeToken();
    const anonymous = await enter("a.b.c");
    const { token: session, visitorId } = await enter(token, anonymous.token);
    expect((await enter(token, session)).visitorId).toBe(visitorId);
    expect((await enter(token, anonymous.token)).visitorId).toBe(visitorId);
  });

  it("is forgotten once it has expired, and is refused for its age then", async () => {
    const token = await storeToken();
    await enter(token);
    rig.advance(26 * 60_000);
    await forgetOldSessions(rig.deps);
    expect(await rig.deps.db.select().from(spentToken)).toEqual([]);
    expect((await enter(token)).identity.state).toBe("failed");
  });

  const wrong: Record<string, () => Promise<string>> = {
    expired: async () => {
      const token = await storeToken();
      rig.advance(17 * 60_000);
      return token;
    },
    "signed by another app": () => forged({}, "another-secret"),
    "for another app": () => forged({ aud: "another" }),
    "of another store": () => forged({ sub: "other", store_hash: "other" }),
    "for another purpose": () => forged({ operation: "something_else" }),
    "of a store that was disconnected": async () => {
      const token = await storeToken();
      await removeConnection(rig.deps, rig.admin, store);
      return token;
    },
    "of a store that serves another site": async () => {
      const site = {
        name: "Other",
        accent: "#1d6b5f",
        greeting: "",
        origins: [],
        defaultCountry: null,
        idleMinutes: 30,
      };
      const ask = { firstName: "optional", lastName: "optional", email: "optional", phone: "optional" } as const;
      const { id } = await createSite(rig.deps, rig.admin, { ...site, ask });
      await changeConnection(rig.deps, rig.admin, store, { siteIds: [id] });
      return await storeToken();
    },
  };

  it.each(Object.keys(wrong))("%s is refused", async (what) => {
    const token = (await wrong[what]?.()) ?? "";
    expect((await enter(token)).identity).toMatchObject({ state: "failed", email: null });
  });
});
