import { afterEach, beforeEach, expect, it } from "vitest";
import { findFeed } from "../../../server/db/queries/phone-call-feed.ts";
import { phoneCall } from "../../../server/db/schema/phone-call.ts";
import { createGhlSimulator } from "../../../server/simulators/ghl/simulator.ts";
import { changeConnection } from "../../../server/usecases/connections/change-connection.ts";
import { readDuePhoneCalls } from "../../../server/usecases/phone-calls/read-due-phone-calls.ts";
import { makeWebhookSecret, saveSigningSecret } from "../../../server/usecases/webhooks/webhook-secrets.ts";
import { viewConnectionHealth } from "../../../server/views/connection-health.ts";
import { ghlCallHook } from "../../support/ghl-calls.ts";
import { createSyncRig, type SyncRig } from "../../support/sync-rig.ts";
import { hookDoor } from "../../support/webhook-deliveries.ts";

let rig: SyncRig;
let connectionId: string;
beforeEach(async () => {
  rig = await createSyncRig();
  connectionId = await rig.connect("ghl");
});
afterEach(() => rig.close());

const PLAYED = { direction: "inbound", status: "completed", durationSeconds: 75 } as const;
const stored = () => rig.deps.db.select().from(phoneCall);

/** The clock's turn, and what it started. */
async function turn(): Promise<void> {
  await readDuePhoneCalls(rig.deps);
  await rig.work();
}

function asked(): string[] {
  return rig.ghl.journal.entries.map(({ path }) => path).filter((path) => path.includes("/messages/export"));
}

it("logs the calls of an account that sends no webhooks, and gives them their contact", async () => {
  const id = rig.ghl.seed("contact", { email: "ana@example.com", phone: "+12025550123" });
  await rig.chatAndEnd({ email: "ana@example.com" });
  await rig.workUntilIdle();
  rig.ghl.call(id, { ...PLAYED, direction: "outbound", status: "no-answer", durationSeconds: 0 });
  await turn();
  const [row] = await stored();
  expect(row).toMatchObject({ recordId: id, direction: "outbound", status: "no_answer", phone: "+12025550123" });
  expect(row).toMatchObject({ durationSeconds: 0, disposition: "no answer", engagement: "attempted" });
  expect(row?.contactId).not.toBeNull();
});

it("reads page after page, then only what is new, each call once", async () => {
  const id = rig.ghl.seed("contact", { phone: "+12025550123" });
  for (let call = 0; call < 105; call++) rig.ghl.call(id, PLAYED);
  await turn();
  expect([asked().length, (await stored()).length]).toEqual([2, 105]);
  rig.ghl.journal.clear();
  await turn();
  expect(asked()).toHaveLength(0);
  rig.advance(10 * 60_000);
  rig.ghl.call(id, PLAYED);
  await turn();
  expect((await stored()).length).toBe(106);
});

it("does not take a key that may not read calls for one that lost its way in", async () => {
  const body = JSON.stringify({ message: "The token is not authorized for this scope." });
  rig.ghl.faults.play({ fault: { kind: "status", status: 401, body }, times: 1 });
  await turn();
  expect((await rig.connection(connectionId)).status).toBe("active");
  rig.ghl.journal.clear();
  rig.advance(60 * 60_000);
  await turn();
  expect(asked()).toHaveLength(0);
});

it("says on the connection's health why calls cannot be read, asks again when the key is replaced, and says no more then", async () => {
  const shown = async () => (await viewConnectionHealth(rig.deps, await rig.connection(connectionId))).phoneCalls;
  const body = JSON.stringify({ message: "The token is not authorized for this scope." });
  rig.ghl.faults.play({ fault: { kind: "status", status: 401, body }, times: 1 });
  await turn();
  const nextAt = new Date(rig.deps.now().getTime() + 24 * 60 * 60_000).toISOString();
  expect(await shown()).toEqual({
    state: "refused",
    problem: expect.stringContaining("not authorized for this scope"),
    nextAt,
  });
  await changeConnection(rig.deps, rig.admin, connectionId, { credentials: rig.access.ghl.credentials });
  rig.ghl.journal.clear();
  await turn();
  expect(asked()).toHaveLength(1);
  expect(await shown()).toBeNull();
});

/** Another HighLevel of the same location, with somebody in it, which tells of calls; where it is said, by workflows too. */
async function tellingCrm(withWorkflows: boolean) {
  const door = hookDoor(rig);
  const network: typeof fetch = async (url, init) => await door.answer(new URL(String(url)).pathname, init ?? {});
  const options = {
    token: "pit-0",
    locationId: (await rig.connection(connectionId)).accountId,
    now: () => rig.deps.now().getTime(),
  };
  const crm = createGhlSimulator({ ...options, webhooks: { fetch: network } });
  await saveSigningSecret(rig.deps, rig.admin, connectionId, crm.webhookPublicKey);
  const url = `${rig.deps.config.publicUrl}/hooks/${connectionId}`;
  const secret = await makeWebhookSecret(rig.deps, rig.admin, connectionId);
  const contactId = crm.seed("contact", { phone: "+12025550123" });
  crm.webhooks.subscribe({ url, ...(withWorkflows && { workflowUrl: `${url}/${secret}` }) });
  crm.webhooks.deliveries.switches.duplicates = true;
  crm.webhooks.deliveries.switches.shuffles = true;
  return { crm, contactId };
}

it("hears of a played call by webhooks of an app and of workflows: one row with everything they tell", async () => {
  const { crm, contactId } = await tellingCrm(true);
  const played = { ...PLAYED, transcript: "Please call me back.", disposition: "Not interested" };
  const callId = crm.call(contactId, played);
  await crm.webhooks.deliveries.idle();
  expect(crm.webhooks.deliveries.attempts.map(({ status }) => status)).toEqual(Array.from({ length: 6 }, () => 200));
  const rows = await stored();
  expect(rows).toHaveLength(1);
  expect(rows[0]).toMatchObject({ externalId: callId, status: "completed", transcript: "Please call me back." });
  expect(rows[0]).toMatchObject({ disposition: "not interested", dispositionSource: "workflow" });
});

it("asks less often where an app tells of calls", async () => {
  const { crm, contactId } = await tellingCrm(false);
  crm.call(contactId, PLAYED);
  await crm.webhooks.deliveries.idle();
  await turn();
  const { nextAt } = (await findFeed(rig.deps.db, connectionId)) ?? { nextAt: rig.deps.now() };
  expect(nextAt.getTime() - rig.deps.now().getTime()).toBe(6 * 60 * 60_000);
});

it("does not log a call twice that a workflow told of by an id of its own, and says so on the connection's health", async () => {
  const id = rig.ghl.seed("contact", { phone: "+12025550123" });
  const hook = await ghlCallHook(rig, hookDoor(rig), connectionId);
  rig.ghl.call(id, PLAYED);
  const told = { event: "Call Completed", contactId: id, direction: "inbound", callStatus: "completed" };
  expect(await hook.workflow({ ...told, messageId: "a-message" })).toBe(200);
  expect((await viewConnectionHealth(rig.deps, await rig.connection(connectionId))).phoneCalls).toBeNull();
  expect(await hook.workflow({ ...told, callId: "CA0123456789" })).toBe(200);
  rig.ghl.journal.clear();
  rig.advance(7 * 24 * 60 * 60_000);
  await turn();
  expect(asked()).toEqual([]);
  expect((await stored()).map(({ externalId }) => externalId)).toEqual(["a-message", "CA0123456789"]);
  const health = await viewConnectionHealth(rig.deps, await rig.connection(connectionId));
  expect(health.phoneCalls).toEqual({ state: "left_alone" });
});
