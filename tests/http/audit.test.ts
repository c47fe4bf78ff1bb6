import { AuditFilters, AuditPage } from "@rolodesk/shared/audit";
import { AgentMessage } from "@rolodesk/shared/message";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { insertAudit } from "../../server/db/queries/audit.ts";
import { arrive, say } from "../support/chat-client.ts";
import { type Agent, type ChatRig, createChatRig } from "../support/chat-rig.ts";
import { mint, newId } from "../support/ids.ts";

let rig: ChatRig;
let admin: Agent;

beforeAll(async () => {
  rig = await createChatRig();
  admin = await rig.makeUser("admin");
});
afterAll(() => rig.close());

async function read(query: string): Promise<AuditPage> {
  return AuditPage.parse(await (await admin.request("GET", `/api/audit?${query}`)).json());
}

/** An entry as a usecase would write it. */
async function deed(action: string, data: Record<string, unknown> = {}, id = newId()): Promise<string> {
  const actor = { kind: "user", userId: admin.me.id, name: admin.me.name, role: "admin", siteIds: null } as const;
  await rig.db.transaction((tx) =>
    insertAudit(tx, rig.deps, actor, { action, subject: { kind: mint("kind"), id }, data }),
  );
  return id;
}

describe("the audit trail", () => {
  test("tells every deed of an agent in a conversation, by whom", async () => {
    const site = await rig.makeSite();
    const agent = await rig.makeUser("agent", [site.id]);
    const visitor = await arrive(rig, site.key);
    const { conversation } = await say(visitor.socket, "Hello");
    const path = `/api/conversations/${conversation.id}`;
    const message = (kind: "agent" | "note") => AgentMessage.parse({ clientId: newId(), kind, text: "Secret words" });
    await agent.request("POST", `${path}/messages`, message("agent"));
    await agent.request("POST", `${path}/messages`, message("note"));
    await agent.request("POST", `${path}/assign`, { userId: null });
    await agent.request("POST", `${path}/end`);
    await agent.request("POST", `${path}/reopen`);
    const { items } = await read(`object=conversation&objectId=${conversation.id}`);
    expect(items.map(({ action }) => action)).toEqual([
      ...["conversation.reopened", "conversation.ended", "conversation.assigned"],
      ...["conversation.noted", "conversation.replied"],
    ]);
    for (const { actor } of items) expect(actor).toMatchObject({ kind: "user", id: agent.me.id, name: agent.me.name });
    expect(JSON.stringify(items)).not.toContain("Secret words");
  });

  test("is narrowed by person, action, object, time and words", async () => {
    const [action, word] = [`${mint("area")}.done`, mint("word")];
    const id = await deed(action, { name: word });
    const ids = async (query: string) => (await read(query)).items.map(({ object }) => object.id);
    expect(await ids(`action=${action}`)).toEqual([id]);
    expect(await ids(`search=${word}`)).toEqual([id]);
    expect(await ids(`objectId=${id}`)).toEqual([id]);
    expect(await ids(`action=${action}&person=${admin.me.id}`)).toEqual([id]);
    expect(await ids(`action=${action}&person=system`)).toEqual([]);
    const later = new Date(Date.now() + 60_000).toISOString();
    expect(await ids(`action=${action}&from=${later}`)).toEqual([]);
    expect(await ids(`action=${action}&to=${later}`)).toEqual([id]);
  });

  test.each(["' OR 1=1--", "%", "_", "\\", "pg_sleep(3)"])("takes %j for words and nothing else", async (search) => {
    await deed(`${mint("area")}.done`);
    const { items } = await read(new URLSearchParams({ search, action: "nothing.like_this" }).toString());
    expect(items).toEqual([]);
  });

  test("comes in pages that neither repeat nor lose an entry while more are written", async () => {
    const action = `${mint("area")}.done`;
    const ids = [];
    for (let count = 0; count < 7; count += 1) ids.push(await deed(action));
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page: AuditPage = await read(`action=${action}&limit=3${cursor ? `&cursor=${cursor}` : ""}`);
      seen.push(...page.items.map(({ object }) => object.id));
      cursor = page.nextCursor;
      await deed(action);
    } while (cursor);
    expect(seen).toEqual(ids.toReversed());
  });

  test("names what there is to filter by", async () => {
    const action = `${mint("area")}.done`;
    await deed(action);
    const filters = AuditFilters.parse(await (await admin.request("GET", "/api/audit/filters")).json());
    expect(filters.actions).toContain(action);
    expect(filters.people).toContainEqual({ id: admin.me.id, name: admin.me.name });
    expect(new Set(filters.actions).size).toBe(filters.actions.length);
  });

  test("is saved as a file in which nothing begins a formula", async () => {
    const action = `${mint("=area")}.done`;
    await deed(action, {}, "=HYPERLINK(1)");
    const answer = await admin.request("GET", `/api/audit/export.csv?action=${encodeURIComponent(action)}`);
    expect(answer.headers.get("content-type")).toContain("text/csv");
    const [head, line, ...rest] = (await answer.text()).trimEnd().split("\r\n");
    expect(head).toContain("time,person");
    expect(line).toContain(`'${action}`);
    expect(line).toContain("'=HYPERLINK(1)");
    expect(rest).toEqual([]);
  });

  test("is for admins alone", async () => {
    const agent = await rig.makeUser("agent");
    for (const path of ["", "/filters", "/export.csv"]) {
      expect((await agent.request("GET", `/api/audit${path}`)).status).toBe(403);
    }
  });
});
