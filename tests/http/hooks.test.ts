import { sql } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { webhookEvent } from "../../server/db/schema/webhook.ts";
import { pauseConnection, resumeConnection } from "../../server/usecases/connections/pause-connection.ts";
import { removeConnection } from "../../server/usecases/connections/remove-connection.ts";
import { makeWebhookSecret } from "../../server/usecases/webhooks/webhook-secrets.ts";
import { newId } from "../support/ids.ts";
import { createSyncRig, type SyncRig } from "../support/sync-rig.ts";
import { dynamicsHook, type HookDoor, type HubSpotHook, hookDoor, hubspotHook } from "../support/webhook-deliveries.ts";

let rig: SyncRig;
let door: HookDoor;
let hook: HubSpotHook;
let connectionId: string;

beforeEach(async () => {
  rig = await createSyncRig();
  door = hookDoor(rig);
  connectionId = await rig.connect("hubspot");
  hook = await hubspotHook(rig, door, connectionId);
});
afterEach(() => rig.close());

const stored = () => rig.deps.db.select().from(webhookEvent);

describe("a delivery", () => {
  it("that is proved is stored and answered", async () => {
    expect(await hook.tell(hook.event("propertyChange", "1"), hook.event("deletion", "2"))).toBe(200);
    expect((await stored()).map(({ kind, externalId, status }) => [kind, externalId, status])).toEqual([
      ["changed", "1", "waiting"],
      ["deleted", "2", "waiting"],
    ]);
  });

  it("leaves nothing of the person in our database", async () => {
    await hook.tell(hook.event("propertyChange", "1", { propertyName: "phone", propertyValue: "+12025550188" }));
    const rows = await rig.deps.db.execute(sql`select webhook_event::text as text from webhook_event`);
    expect(JSON.stringify(rows)).not.toContain("2025550188");
  });

  it("five times at once is one event, and each is answered well", async () => {
    const { body, headers } = hook.signed([hook.event("propertyChange", "1")]);
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => door.post(`/hooks/${connectionId}`, body, headers)),
    );
    expect(answers).toEqual([200, 200, 200, 200, 200]);
    expect(await stored()).toHaveLength(1);
  });

  it("with one byte changed is refused, and nothing is stored", async () => {
    const { body, headers } = hook.signed([hook.event("propertyChange", "1")]);
    expect(await door.post(`/hooks/${connectionId}`, body.replace("propertyChange", "propertyChangf"), headers)).toBe(
      401,
    );
    expect(await stored()).toEqual([]);
  });

  it("that is replayed after five minutes is refused", async () => {
    const { body, headers } = hook.signed([hook.event("propertyChange", "1")]);
    rig.advance(5 * 60_000 + 1);
    expect(await door.post(`/hooks/${connectionId}`, body, headers)).toBe(401);
  });

  it("without any proof is refused in the same words as one with a wrong one", async () => {
    const { body, headers } = hook.signed([hook.event("propertyChange", "1")]);
    const words = async (given: Record<string, string>) => {
      const answer = await door.answer(`/hooks/${connectionId}`, { method: "POST", body, headers: given });
      return [answer.status, (await answer.text()).replace(/"requestId":"[^"]*"/, "")];
    };
    expect(await words({})).toEqual(await words({ ...headers, "x-hubspot-signature-v3": "AAAA" }));
  });

  it("to nobody is not found, whether the address is an id or not, in the words of any unknown page", async () => {
    const { body, headers } = hook.signed([hook.event("propertyChange", "1")]);
    const words = async (path: string) => {
      const answer = await door.answer(path, { method: "POST", body, headers });
      return [answer.status, (await answer.text()).replace(/"requestId":"[^"]*"/, "")];
    };
    expect(await words(`/hooks/${newId()}`)).toEqual(await words("/hooks/x"));
    expect(await words(`/hooks/${newId()}`)).toEqual(await words("/nowhere"));
    await removeConnection(rig.deps, rig.admin, connectionId);
    expect(await door.post(`/hooks/${connectionId}`, body, headers)).toBe(404);
  });

  it("above a megabyte is refused: unread by its length, or as soon as it turns out", async () => {
    expect(await door.post(`/hooks/${connectionId}`, "x".repeat(1024 * 1024 + 1))).toBe(413);
    let sent = 0;
    const endless = new ReadableStream({
      pull(controller) {
        sent += 64 * 1024;
        if (sent > 10 * 1024 * 1024) controller.close();
        else controller.enqueue(new Uint8Array(64 * 1024));
      },
    });
    const answer = await door.answer(`/hooks/${connectionId}`, {
      method: "POST",
      body: endless,
      duplex: "half",
    } as RequestInit);
    expect(answer.status).toBe(413);
    expect(sent).toBeLessThan(2 * 1024 * 1024);
  });

  it("that is proved and no list of events is called malformed", async () => {
    const { body, headers } = hook.signed({} as never);
    expect(await door.post(`/hooks/${connectionId}`, body, headers)).toBe(400);
  });

  it("to a paused connection is kept, and read when somebody resumes it", async () => {
    const id = rig.hubspot.seed("contact", { email: "ana@example.com" });
    await rig.chatAndEnd({ email: "ana@example.com" });
    await rig.workUntilIdle();
    await pauseConnection(rig.deps, rig.admin, connectionId);
    expect(await hook.tell(hook.event("propertyChange", id))).toBe(200);
    await rig.workUntilIdle();
    expect((await stored()).map(({ status }) => status)).toEqual(["waiting"]);
    await resumeConnection(rig.deps, rig.admin, connectionId);
    await rig.workUntilIdle();
    expect((await stored()).map(({ status }) => status)).toEqual(["done"]);
  });

  it("needs neither cookie nor origin of ours", async () => {
    const { body, headers } = hook.signed([hook.event("propertyChange", "1")]);
    const foreign = { ...headers, origin: "https://app.hubspot.com", cookie: "rolodesk=nonsense" };
    expect(await door.post(`/hooks/${connectionId}`, body, foreign)).toBe(200);
  });
});

describe("our own secret", () => {
  it("is kept sealed, and stops working when another is made", async () => {
    const dynamics = await rig.connect("dynamics");
    const tell = await dynamicsHook(rig, door, dynamics);
    expect(await tell("Update", "contact", newId())).toBe(200);
    const secret = await makeWebhookSecret(rig.deps, rig.admin, dynamics);
    expect(await tell("Update", "contact", newId())).toBe(401);
    expect((await rig.connection(dynamics)).webhookSecret).not.toContain(secret);
  });

  it("of a wrong kind of connection is not made", async () => {
    await expect(makeWebhookSecret(rig.deps, rig.admin, connectionId)).rejects.toMatchObject({ code: "conflict" });
  });
});
