import { ConversationDetail } from "@rolodesk/shared/conversation";
import type { VisitorIdentity } from "@rolodesk/shared/visitor";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { contactIdentity } from "../../server/db/schema/contact.ts";
import { arrive, ask, demand, say } from "../support/chat-client.ts";
import { type Agent, type ChatRig, createChatRig } from "../support/chat-rig.ts";
import { mintEmail } from "../support/ids.ts";

let rig: ChatRig;
let agent: Agent;
let siteKey: string;

beforeAll(async () => {
  rig = await createChatRig();
});
/** Every test has a site and an agent of its own, and so an inbox of its own. */
beforeEach(async () => {
  const site = await rig.makeSite();
  siteKey = site.key;
  agent = await rig.makeUser("agent", [site.id]);
});
afterAll(() => rig.close());

async function detail(id: string): Promise<ConversationDetail> {
  return ConversationDetail.parse(await (await agent.request("GET", `/api/conversations/${id}`)).json());
}

async function chat(text = "Hello") {
  const visitor = await arrive(rig, siteKey);
  const { conversation: begun } = await say(visitor.socket, text);
  return { ...visitor, id: begun.id };
}

async function post(id: string, action: string, body?: unknown) {
  return await agent.request("POST", `/api/conversations/${id}/${action}`, body);
}

describe("who it is", () => {
  test("is what the visitor says, as a claim, in their own words", async () => {
    const { socket, id } = await chat();
    expect((await detail(id)).person.label).toMatch(/^Visitor [0-9a-f]{4}$/);
    const email = mintEmail("ana");
    const saved = await demand<{ identity: VisitorIdentity; conversation: { statedFields: string[] } }>(
      socket,
      "facts.save",
      {
        conversationId: id,
        facts: [{ field: "email", value: ` ${email.toUpperCase()} `, messageSeq: 2 }],
      },
    );
    expect(saved.identity).toMatchObject({ state: "claimed", email: email.toUpperCase() });
    expect(saved.conversation.statedFields).toEqual(["email"]);
    const { person, contact } = await detail(id);
    expect(person).toMatchObject({ label: email.toUpperCase(), identity: "claimed", contactId: contact.id });
    expect(contact.identities).toMatchObject([{ kind: "email", verifiedAt: null }]);
  });

  test("is not believed to the claimant: they learn nothing of the person they name", async () => {
    const email = mintEmail("victim");
    const victim = await chat("My secret");
    const facts = [{ field: "email", value: email }];
    await demand(victim.socket, "facts.save", {
      conversationId: victim.id,
      facts: [...facts, { field: "firstName", value: "Victoria" }],
    });
    const impostor = await chat();
    const saved = await demand(impostor.socket, "facts.save", { conversationId: impostor.id, facts });
    expect(JSON.stringify(saved)).not.toContain("Victoria");
    const { person } = await detail(impostor.id);
    expect(person).toMatchObject({ label: email, identity: "claimed" });
  });

  test("is verified by an agent's word; another claim afterwards is a claim again", async () => {
    const { socket, id } = await chat();
    expect((await post(id, "verify", {})).status).toBe(409);
    const email = mintEmail("ana");
    await demand(socket, "facts.save", { conversationId: id, facts: [{ field: "email", value: email }] });
    const verified = ConversationDetail.parse(await (await post(id, "verify", {})).json());
    expect(verified.person.identity).toBe("verified");
    const keys = await rig.db.select().from(contactIdentity).where(eq(contactIdentity.norm, email));
    expect(keys).toMatchObject([{ verifiedAt: expect.any(Date) }]);
    await demand(socket, "facts.save", { conversationId: id, facts: [{ field: "email", value: mintEmail("bob") }] });
    expect((await detail(id)).person.identity).toBe("claimed");
  });

  test.each([
    ["email", "ana@", "facts.0.value"],
    ["email", "not an address", "facts.0.value"],
    ["phone", "12", "facts.0.value"],
    ["phone", "4.155E+09", "facts.0.value"],
    ["firstName", "  ", "facts.0.value"],
  ])("a %s written %j is refused, with the reason at its field", async (field, value, path) => {
    const { socket, id } = await chat();
    const answer = await ask(socket, "facts.save", { conversationId: id, facts: [{ field, value }] });
    expect(answer).toMatchObject({ ok: false, error: { code: "bad_request", fields: { [path]: expect.any(String) } } });
    expect((await detail(id)).person.identity).toBe("anonymous");
  });

  test("carries over to the next conversation of the same browser", async () => {
    const { socket, id } = await chat();
    const facts = [{ field: "email", value: mintEmail("ana") }];
    await demand(socket, "facts.save", { conversationId: id, facts });
    await post(id, "end");
    const next = await say(socket, "Me again");
    expect(next.conversation.statedFields).toEqual(["email"]);
    const { contact } = await detail(next.conversation.id);
    expect(contact).toMatchObject({
      id: (await detail(id)).contact.id,
      previousConversations: [{ id, status: "ended" }],
    });
  });

  test("comes with attributes and the page, which agents see as hints", async () => {
    const { socket, id } = await chat();
    const page = { url: "https://shop.example.com/lamps", title: "Lamps", referrer: "" };
    await demand(socket, "attributes.set", { attributes: { plan: "pro", seats: 3, trial: true }, page });
    await demand(socket, "attributes.set", { attributes: { trial: null } });
    expect(await detail(id)).toMatchObject({ attributes: { plan: "pro", seats: 3 }, page });
    expect((await detail(id)).attributes).not.toHaveProperty("trial");
    const many = Object.fromEntries(Array.from({ length: 49 }, (_, i) => [`a${i}`, i]));
    expect(await ask(socket, "attributes.set", { attributes: many })).toMatchObject({ ok: false });
  });
});
