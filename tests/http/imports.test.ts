import { ContactSync, ImportDetailPage, ImportPage, ImportRun } from "@rolodesk/shared/import-run";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { z } from "zod";
import { contact } from "../../server/db/schema/contact.ts";
import { importDetail, importRun } from "../../server/db/schema/import.ts";
import { type Agent, type ChatRig, createChatRig } from "../support/chat-rig.ts";
import { connectGhl } from "../support/connect-ghl.ts";
import { mint, newId } from "../support/ids.ts";

let rig: ChatRig;
let admin: Agent;
let connectionId: string;

beforeAll(async () => {
  rig = await createChatRig();
  admin = await rig.makeUser("admin");
  connectionId = await connectGhl(rig);
});
afterAll(() => rig.close());

async function get<Schema extends z.ZodType>(schema: Schema, path: string): Promise<z.output<Schema>> {
  const answer = await admin.request("GET", path);
  expect(answer.status, path).toBe(200);
  return schema.parse(await answer.json());
}

test("how contacts come in is read, changed in parts, and HighLevel looks people up by phone first", async () => {
  const path = `/api/connections/${connectionId}/contact-sync`;
  expect(await get(ContactSync, path)).toEqual({
    strategy: "merge",
    everyMinutes: 0,
    tag: null,
    lookupOrder: "phone_first",
    filtersByTag: true,
    unfinishedRunId: null,
    fullAt: null,
  });
  const changed = await admin.request("PATCH", path, { strategy: "crm", tag: " VIP " });
  expect(await changed.json()).toMatchObject({
    strategy: "crm",
    tag: "vip",
    everyMinutes: 0,
    lookupOrder: "phone_first",
  });
  expect((await admin.request("PATCH", path, { everyMinutes: 7 })).status).toBe(400);
});

test("an import is started once, paused, resumed and cancelled, and refuses what does not fit", async () => {
  const started = await admin.request("POST", "/api/imports", { connectionId, kind: "changes" });
  expect(started.status).toBe(201);
  const run = ImportRun.parse(await started.json());
  expect(run).toMatchObject({ kind: "full", status: "running", total: 0, strategy: "crm", tag: "vip" });
  expect((await admin.request("POST", "/api/imports", { connectionId, kind: "full" })).status).toBe(409);

  const steer = async (action: string) => await admin.request("POST", `/api/imports/${run.id}/${action}`, {});
  expect((await steer("resume")).status).toBe(409);
  expect(await (await steer("pause")).json()).toMatchObject({ status: "paused" });
  expect((await steer("pause")).status).toBe(409);
  expect(await (await steer("resume")).json()).toMatchObject({ status: "running" });
  expect(await (await steer("cancel")).json()).toMatchObject({ status: "cancelled" });
  expect((await steer("resume")).status).toBe(409);
  expect((await get(ImportPage, "/api/imports")).items.map(({ id }) => id)).toContain(run.id);
});

test("the list goes on page by page, newest first", async () => {
  const rules = {
    kind: "full",
    trigger: "person",
    strategy: "merge",
    lookupOrder: "email_first",
    status: "done",
  } as const;
  const ids = Array.from({ length: 5 }, () => newId());
  await rig.db.insert(importRun).values(ids.map((id) => ({ id, connectionId, ...rules })));
  const path = `/api/imports?connection=${connectionId}&limit=3`;
  const first = await get(ImportPage, path);
  const second = await get(ImportPage, `${path}&cursor=${first.nextCursor}`);
  const shown = [...first.items, ...second.items].map(({ id }) => id);
  expect(shown.slice(0, 5)).toEqual(ids.toReversed());
  expect((await admin.request("GET", `${path}&cursor=nonsense`)).status).toBe(400);
});

test("details are listed by outcome and downloaded as a file no spreadsheet runs", async () => {
  const [runId, contactId] = [newId(), newId()];
  await rig.db.insert(contact).values({ id: contactId });
  const counts = { total: 3, skipped: 1, conflicts: 1, errors: 1 };
  const rules = {
    kind: "full",
    trigger: "schedule",
    strategy: "merge",
    lookupOrder: "email_first",
    status: "done",
  } as const;
  await rig.db.insert(importRun).values({ id: runId, connectionId, ...rules, ...counts });
  const detail = (outcome: "error" | "conflict" | "skipped", label: string) => ({
    id: newId(),
    runId,
    outcome,
    object: "contact",
    externalId: mint("record"),
    label,
    reason: 'Said "no", twice',
    contactId,
  });
  await rig.db
    .insert(importDetail)
    .values([detail("error", "=cmd|' /C calc'!A0"), detail("conflict", "Ann"), detail("skipped", "Bob")]);

  const { items } = await get(ImportDetailPage, `/api/imports/${runId}/details?outcome=error`);
  expect(items.map(({ label }) => label)).toEqual(["=cmd|' /C calc'!A0"]);
  const answer = await admin.request("GET", `/api/imports/${runId}/details.csv`);
  expect(answer.headers.get("content-type")).toBe("text/csv; charset=utf-8");
  expect(answer.headers.get("content-disposition")).toBe(`attachment; filename="import-${runId}.csv"`);
  const lines = (await answer.text()).split("\r\n");
  expect(lines).toHaveLength(5);
  expect(lines[1]).toContain("'=cmd|");
  expect(lines[2]).toContain('"Said ""no"", twice"');
});

test("a CRM whose contacts are not imported says so", async () => {
  const memory = await connectGhl(rig, "memory");
  expect((await admin.request("GET", `/api/connections/${memory}/contact-sync`)).status).toBe(409);
  expect((await admin.request("POST", "/api/imports", { connectionId: memory, kind: "full" })).status).toBe(409);
});
