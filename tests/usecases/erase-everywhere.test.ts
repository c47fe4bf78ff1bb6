import { readdirSync } from "node:fs";
import { getTableColumns, getTableName, is, sql } from "drizzle-orm";
import { PgTable } from "drizzle-orm/pg-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { connection } from "../../server/db/schema/connection.ts";
import { JOBS } from "../../server/jobs/catalog.ts";
import { eraseContact } from "../../server/usecases/erase/erase-contact.ts";
import { changeContactSync } from "../../server/usecases/imports/contact-sync.ts";
import { storePhoneCalls } from "../../server/usecases/phone-calls/store-phone-calls.ts";
import { createFileRig } from "../support/file-rig.ts";
import { importContacts } from "../support/import-contacts.ts";
import { type Connections, hitOf, makeKnownEverywhere } from "../support/known-everywhere.ts";
import { createSyncRig, type SyncRig } from "../support/sync-rig.ts";
import { hookDoor, hubspotHook } from "../support/webhook-deliveries.ts";

/** Columns with words in them that are nobody's we talk with, and why. A whole table by its name. */
const NEVER: Readonly<Record<string, readonly string[]>> = {
  "who works here, and how they sign in": ["user", "session", "account", "verification", "api_key", "site_agent"],
  "what was set up": [
    "site",
    "connection",
    "connection_grant",
    "pending_authorization",
    "contact_sync",
    "webhook_endpoint",
  ],
  "fields of CRMs, which are nobody's values": ["field_mapping", "crm_field_cache", "mapping_check"],
  "hashes from which nobody is read": [
    "tombstone",
    "spent_token",
    "visitor_session",
    "idempotent_request.id",
    "idempotent_request.body_hash",
  ],
  "this process": ["worker_process"],
  "the proof: who asked, how much was erased, ids of CRMs": ["erase_request", "erase_step"],
  "ids, closed lists, and words of ours that name nobody": [
    ...["contact.do_not_contact", "conversation.assignee_id", "message.author_id", "contact_note.author_id"],
    ...["contact_view.user_id", "audit.actor_id", "audit.action", "audit.subject_kind", "audit.subject_id"],
    ...["outgoing_event.type", "merge_journal.moved", "merge_journal.stayed", "import_batch.created_by", "settlement"],
    ...["import_detail.object", "import_detail.external_id", "phone_call.external_id", "phone_call.record_id"],
    ...["import_row.filled", "crm_link.object", "crm_link.external_id", "crm_link.aliases", "sync_run.cause"],
    ...["conflict.field", "conflict.property", "dismissal.property", "crm_note.remote_id", "webhook_event"],
    ...["vouched_record.object", "vouched_record.external_id", "phone_call_feed.cursor", "import_run.cursor"],
    ...["contact.origins", "sync_run.choice", "crm_link.closed_reason"],
  ],
  "calls to a CRM, without what was asked and answered": ["sync_run.calls"],
  "names of those who work here": [
    ...["message.author_name", "contact_note.author_name", "audit.actor_name", "merge_journal.merged_by"],
    ...["merge_journal.undone_by", "not_duplicates.said_by", "phone_call.disposition_by", "import_row.decided_by"],
    ...["conflict.decided_by", "import_run.started_by"],
  ],
  "words of an agent or admin for something else: a search, a file of many, a tag to import": [
    ...["contact_view.name", "import_batch", "import_run.tag"],
  ],
  "of a whole import or feed: nobody's record in particular": ["import_run.problem", "phone_call_feed.problem"],
  "a file as it was uploaded, until it is read: who was erased is left out when it is brought in": ["import_file_part"],
};

/** Words of ours or of a CRM that may quote a person; here they are made to, in every row. */
const QUOTED = [
  ...["sync_run.reason", "sync_run.suggestion", "conflict.problem", "conflict.crm_source", "settlement_row.problem"],
  ...["crm_note.problem", "phone_call.summary_problem", "import_row.problem", "import_row.push_reason"],
  ...["webhook_delivery.problem", "crm_link.url", "contact.source_detail", "visitor.subject"],
  ...["import_detail.url", "import_detail.reason", "import_row.notes", "import_row.push_plan"],
];

const WORDS = { name: "zebulon", email: "zebulon@example.com", phone: "+12025550111" };
const DIGITS = "2025550111";

let rig: SyncRig;
let connections: Connections;

beforeAll(async () => {
  rig = await createSyncRig();
  const [hubspot, ghl] = [await rig.connect("hubspot"), await rig.connect("ghl")];
  connections = { hubspot, ghl, bigcommerce: await rig.connect("bigcommerce") };
  await rig.connect("dynamics");
});
afterAll(() => rig.close());

const SCHEMA = new URL("../../server/db/schema/", import.meta.url);

/** Every column that may hold words: not ids, numbers and moments, nor texts out of a closed list. */
async function wordyColumns(): Promise<string[]> {
  const modules = await Promise.all(readdirSync(SCHEMA).map((file) => import(new URL(file, SCHEMA).href)));
  const tables = modules.flatMap((module) => Object.values(module)).filter((one) => is(one, PgTable));
  return tables.flatMap((table) =>
    Object.values(getTableColumns(table))
      .filter((column) => !column.enumValues?.length && /^(text|jsonb|bytea)/.test(column.getSQLType()))
      .map((column) => `${getTableName(table)}.${column.name}`),
  );
}

/** Columns of the whole database, however they came to be, in which their name or number is found. */
async function traces(): Promise<string[]> {
  const tables = await rig.deps.db.execute<{ name: string; columns: string[] }>(sql`
    select c.table_name as name, array_agg(c.column_name::text) as columns
    from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
    where table_schema = 'public' and table_type = 'BASE TABLE' group by c.table_name`);
  const found: string[] = [];
  for (const { name, columns } of tables) {
    const looks = columns.map((column) => {
      const words = sql`lower(${sql.identifier(column)}::text)`;
      const isThere = sql`position(${WORDS.name} in ${words}) > 0 or position(${DIGITS} in ${words}) > 0`;
      return sql`bool_or(${isThere}) as ${sql.identifier(column)}`;
    });
    const [row = {}] = await rig.deps.db.execute(sql`select ${sql.join(looks, sql`, `)} from ${sql.identifier(name)}`);
    found.push(...columns.filter((column) => row[column] === true).map((column) => `${name}.${column}`));
  }
  return found;
}

async function quoteEverywhere(): Promise<void> {
  for (const name of QUOTED) {
    const [table = "", column = ""] = name.split(".");
    const words = sql`to_jsonb(${`Refused: ${WORDS.name} `} || ctid::text)`;
    const rows = await rig.deps.db.execute(sql`
      update ${sql.identifier(table)} as t set ${sql.identifier(column)} = (
        jsonb_populate_record(t, jsonb_build_object(${column}::text, ${words}))).${sql.identifier(column)} returning 1`);
    expect(rows.length, `${table} has a row of theirs`).toBeGreaterThan(0);
  }
}

function isNever(name: string): boolean {
  const [table = ""] = name.split(".");
  return Object.values(NEVER).some((names) => names.includes(name) || names.includes(table));
}

/** Everything that could tell of them anew does: the CRMs still have them. */
async function tellAgain(): Promise<void> {
  const hook = await hubspotHook(rig, hookDoor(rig), connections.hubspot);
  rig.advance(60 * 60_000);
  for (const { id } of rig.hubspot.records()) await hook.tell(hook.event("propertyChange", id));
  await rig.workUntilIdle();
  for (const id of [connections.hubspot, connections.ghl]) await importContacts(rig, id);
  await storePhoneCalls(rig.deps, connections.ghl, [hitOf(WORDS.name, { phone: WORDS.phone })]);
  const records = await rig.deps.db.execute<{ id: string }>(sql`
    select external_id as id from crm_link where connection_id = ${connections.ghl}`);
  for (const { id } of records) {
    await storePhoneCalls(rig.deps, connections.ghl, [hitOf(WORDS.name, { recordId: id })]);
  }
  await createFileRig(rig).bringIn(`Name,Email\n${WORDS.name} Other,${WORDS.email}\n`);
  await rig.workUntilIdle();
}

test("an erased person is in no column of the database, nor comes back by imports, webhooks, calls and files", async () => {
  await changeContactSync(rig.deps, rig.admin, connections.hubspot, { everyMinutes: 15 });
  const contactId = await makeKnownEverywhere(rig, connections, WORDS);
  await quoteEverywhere();
  const known = await traces();
  const unproved = (await wordyColumns()).filter((name) => !known.includes(name) && !isNever(name));
  expect(unproved, "Let makeKnownEverywhere fill these columns, or say in NEVER why they never hold a person").toEqual([
    "idempotent_request.answer",
  ]);
  expect(known.filter(isNever), "These do hold a person").toEqual([]);
  expect(await rig.deps.db.execute(sql`select 1 from idempotent_request where answer is not null`)).toHaveLength(1);

  await rig.deps.db.update(connection).set({ onErase: "off" }).where(sql`id = ${connections.hubspot}`);
  await eraseContact(rig.deps, rig.admin, contactId, "Ada");
  expect(await traces()).toEqual([]);
  expect(await rig.deps.db.execute(sql`select 1 from idempotent_request where answer is not null`)).toHaveLength(0);

  await tellAgain();
  expect(await traces()).toEqual([]);
});

test("no job carries anything but ids", () => {
  const described = Object.entries(JOBS).flatMap(([name, { payload }]) => {
    const { properties = {} } = z.toJSONSchema(payload) as { properties?: Record<string, { format?: string }> };
    return Object.entries(properties).map(([field, { format }]) => `${name} ${field} ${format}`);
  });
  expect(described.filter((line) => !line.endsWith(" uuid"))).toEqual([]);
});
