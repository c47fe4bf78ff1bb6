import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { createLog } from "../../server/log.ts";
import { arrive, ask, say } from "../support/chat-client.ts";
import { type ChatRig, createChatRig, send } from "../support/chat-rig.ts";
import { newId } from "../support/ids.ts";
import { makeKey } from "../support/make-key.ts";

/** Whatever goes wrong at whichever door, at the lowest level: what was entered there is in no line of the log. */
const SENTINEL = "SENTINEL_0123456789";
const EMAIL = "sentinel.person@example.com";

let rig: ChatRig;
const lines: string[] = [];

beforeAll(async () => {
  rig = await createChatRig({ log: createLog({ level: "trace", to: { write: (line) => lines.push(line) } }) });
});
afterAll(() => rig.close());

test("no line of the log holds what people wrote, what opens a door, or an address; each is one event", async () => {
  const site = await rig.makeSite();
  const admin = await rig.makeUser("admin");
  const key = await makeKey(rig);
  const visitor = await arrive(rig, site.key);
  const { conversation } = await say(visitor.socket, `${SENTINEL} ${EMAIL}`);
  const knock = async () => {
    await send(rig.url, "POST", "/api/auth/sign-in/email", { body: { email: EMAIL, password: SENTINEL } });
    await send(rig.url, "POST", "/api/password-reset", { body: { token: SENTINEL, password: SENTINEL } });
    await send(rig.url, "GET", "/api/me", { headers: { authorization: `Bearer rk_${SENTINEL}`, cookie: SENTINEL } });
    await send(rig.url, "POST", `/hooks/${newId()}/${SENTINEL}`, { body: { email: EMAIL } });
    await send(rig.url, "GET", `/oauth/hubspot/callback?code=${SENTINEL}&state=${SENTINEL}`, { cookie: admin.cookie });
    await send(rig.url, "POST", "/widget/api/sessions", { body: { siteKey: site.key, identityToken: SENTINEL } });
    await admin.request("POST", "/api/contacts", { firstName: `${SENTINEL}\n{"level":"forged"}`, email: EMAIL });
    await admin.request("GET", `/api/contacts?search=${EMAIL}`);
    await key.request("GET", `/api/conversations?search=${SENTINEL}`);
    const input = { clientId: newId(), conversationId: conversation.id, text: `${SENTINEL} ${EMAIL}` };
    await ask(visitor.socket, "message.send", input);
    await ask(visitor.socket, "nothing.known", { [SENTINEL]: EMAIL });
  };
  await knock();
  // faults of ours carry the values of the statement that failed
  for (const table of ["message", "contact_identity", "visitor_session", "verification", "connection"]) {
    await rig.db.execute(sql`alter table ${sql.identifier(table)} rename to ${sql.identifier(`was_${table}`)}`);
  }
  await knock();

  expect(lines.length).toBeGreaterThan(5);
  for (const line of lines) {
    expect(line).toMatch(/^[^\n]*\n$/);
    expect(z.record(z.string(), z.unknown()).parse(JSON.parse(line)).level).not.toBe("forged");
    for (const secret of [SENTINEL, EMAIL, key.secret, visitor.token, admin.password, admin.cookie]) {
      expect(line).not.toContain(secret);
    }
  }
});
