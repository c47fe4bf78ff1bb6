import { afterAll, beforeAll, expect, test } from "vitest";
import { AGENT_EVENTS } from "../../server/realtime/agent-events.ts";
import { VISITOR_EVENTS } from "../../server/realtime/visitor-events.ts";
import { arrive, ask, connected, demand, say } from "../support/chat-client.ts";
import type { ChatRig } from "../support/chat-rig.ts";
import { eventually } from "../support/eventually.ts";
import { newId } from "../support/ids.ts";
import { createTwoSites, type TwoSites } from "../support/two-sites.ts";

/** Over the sockets too, others' things do not exist. The cases are made from the lists of events. */
let world: TwoSites;
let rig: ChatRig;

beforeAll(async () => {
  world = await createTwoSites();
  rig = world.rig;
});
afterAll(() => rig.close());

const visitorInputs: Record<keyof typeof VISITOR_EVENTS, ((conversationId: string) => unknown) | "takes no id"> = {
  "message.send": (conversationId) => ({ clientId: newId(), conversationId, text: "Let me in" }),
  "conversation.resume": (conversationId) => ({ conversationId, afterSeq: 0 }),
  "conversation.read": (conversationId) => ({ conversationId, seq: 1 }),
  "conversation.end": (conversationId) => ({ conversationId }),
  "facts.save": (conversationId) => ({ conversationId, facts: [{ field: "firstName", value: "Mallory" }] }),
  "attributes.set": "takes no id",
  typing: (conversationId) => ({ conversationId, on: true }),
};

test.each(Object.keys(VISITOR_EVENTS))("a visitor's %s finds nothing of another visitor's", async (event) => {
  const input = visitorInputs[event as keyof typeof VISITOR_EVENTS];
  expect(input, `Say what ${event} takes`).toBeDefined();
  if (input === "takes no id") return;
  // on the same site, so that nothing but the session tells them apart
  const { socket } = await arrive(rig, world.siteB.key);
  await say(socket, "My own");
  const before = await world.fingerprint();
  const theirs = await ask(socket, event, input(world.conversationOfB));
  expect(theirs).toMatchObject({ ok: false, error: { code: "not_found" } });
  expect(await ask(socket, event, input(newId()))).toEqual(theirs);
  expect(await world.fingerprint()).toEqual(before);
});

const agentInputs: Record<keyof typeof AGENT_EVENTS, (conversationId: string) => unknown> = {
  watch: (conversationId) => ({ conversationId }),
  unwatch: (conversationId) => ({ conversationId }),
  typing: (conversationId) => ({ conversationId, on: true }),
};

test.each(Object.keys(AGENT_EVENTS))("an agent's %s tells nothing of another site's conversation", async (event) => {
  const input = agentInputs[event as keyof typeof AGENT_EVENTS];
  expect(input, `Say what ${event} takes`).toBeDefined();
  const socket = await connected(rig.agentSocket(world.agentOfA.cookie));
  const theirs = await ask(socket, event, input(world.conversationOfB));
  expect(await ask(socket, event, input(newId()))).toEqual(theirs);
  if (event === "watch") expect(theirs).toMatchObject({ ok: false, error: { code: "not_found" } });
});

test("an agent hears nothing of sites they do not serve, also after a site was taken from them", async () => {
  const admin = await rig.makeUser("admin");
  const agent = await rig.makeUser("agent", [world.siteA.id, world.siteB.id]);
  const socket = await connected(rig.agentSocket(agent.cookie));
  await demand(socket, "watch", { conversationId: world.conversationOfB });
  await admin.request("PATCH", `/api/users/${agent.me.id}`, { siteIds: [world.siteA.id] });
  const heard: unknown[] = [];
  socket.on("changed", (...changes) => heard.push(...changes.map((change) => change.conversationId)));
  socket.on("typing", (typing) => heard.push(typing.conversationId));
  const mine = await arrive(rig, world.siteA.key);
  // rights are looked at again every two seconds; afterwards A is still heard and B is not
  await eventually("B to fall silent", async () => {
    heard.length = 0;
    world.stranger.socket.emit("typing", { conversationId: world.conversationOfB, on: true });
    await say(world.stranger.socket, "Still private", world.conversationOfB);
    const { conversation } = await say(mine.socket, "Public");
    await eventually("news of A", () => heard.includes(conversation.id));
    return !heard.includes(world.conversationOfB);
  });
});
