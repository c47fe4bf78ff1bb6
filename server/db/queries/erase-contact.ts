import { type SQL, sql } from "drizzle-orm";
import type { Tx } from "../client.ts";
import { eraseTraces } from "./erase-traces.ts";
import { ERASED_WORDS, type Erase, type ErasedPerson, idList } from "./erased-person.ts";

/**
 * Deletes or empties every row that tells of a person; what only counts stays, with nobody in it. Returns how many rows of what.
 */
export async function eraseRows(tx: Tx, person: ErasedPerson, at: Date): Promise<Record<string, number>> {
  const erased: Record<string, number> = {};
  async function erase(what: string, statement: SQL): Promise<void> {
    const rows = await tx.execute(sql`${statement} returning 1`);
    if (rows.length > 0) erased[what] = (erased[what] ?? 0) + rows.length;
  }
  await eraseTraces(erase, person);
  await eraseOwnRows(erase, idList(person.contactIds), sql`${at.toISOString()}::timestamptz`);
  return erased;
}

/** What belongs to one of the contacts. */
async function eraseOwnRows(erase: Erase, ids: SQL, now: SQL): Promise<void> {
  const talks = sql`(select id from conversation where contact_id in ${ids})`;
  const browsers = sql`(
    select id from visitor where contact_id in ${ids} union select visitor_id from conversation where contact_id in ${ids})`;
  const links = sql`(select id from crm_link where contact_id in ${ids})`;
  await erase(
    "messages",
    sql`
    update message set text = ${ERASED_WORDS} where kind <> 'event' and conversation_id in ${talks}`,
  );
  await erase("facts", sql`delete from fact where conversation_id in ${talks}`);
  await erase(
    "conversations",
    sql`
    update conversation set page = null, status = 'ended', ended_at = coalesce(ended_at, ${now}),
      ended_by = coalesce(ended_by, 'agent'), version = version + 1 where id in ${talks}`,
  );
  await erase("sessions", sql`delete from visitor_session where visitor_id in ${browsers}`);
  await erase("vouched records", sql`delete from vouched_record where visitor_id in ${browsers}`);
  await erase(
    "browsers",
    sql`
    update visitor set contact_id = null, subject = null, identity = 'anonymous', stated = '{}', attributes = '{}',
      page = null where id in ${browsers}`,
  );
  await erase("emails and phones", sql`delete from contact_identity where contact_id in ${ids}`);
  await erase("notes", sql`delete from contact_note where contact_id in ${ids}`);
  await erase("remembered decisions", sql`delete from dismissal where link_id in ${links}`);
  await erase(
    "conflicts",
    sql`
    update conflict set crm_value = null, chat_value = '""', base_value = null, replaced = null, earlier = '[]',
      crm_source = null, problem = null, version = version + 1,
      status = case when status in ('pending', 'applying') then 'void' else status end where contact_id in ${ids}`,
  );
  await erase(
    "values in bulk decisions",
    sql`
    update settlement_row set seen_crm_value = null, seen_chat_value = '""', problem = null
    where conflict_id in (select id from conflict where contact_id in ${ids})`,
  );
  await erase(
    "syncs",
    sql`
    update sync_run set plan = null, candidates = '[]', choice = null, reason = null, suggestion = null,
      version = version + 1, lease = null, next_attempt_at = null,
      result = case when status in ('done', 'failed') then result else 'skipped_no_key' end,
      finished_at = coalesce(finished_at, ${now}),
      status = case when status = 'failed' then 'failed' else 'done' end
    where contact_id in ${ids} or conversation_id in ${talks}`,
  );
  await erase(
    "transcripts",
    sql`
    update crm_note set problem = null, status = case when status = 'waiting' then 'failed' else status end
    where contact_id in ${ids}`,
  );
  await erase("marks of records created", sql`delete from create_claim where contact_id in ${ids}`);
  await erase(
    "CRM links",
    sql`
    update crm_link set base = '{}', seen = '{}', url = null, matched_reason = '' where contact_id in ${ids}`,
  );
  await erase(
    "merges",
    sql`
    update merge_journal set before = '{}', after = '{}', moved = '{}' where survivor_id in ${ids} or merged_id in ${ids}`,
  );
  await erase(
    "lines of the audit trail",
    sql`
    update audit set data = '{}' where contact_id in ${ids} and data <> '{}'`,
  );
  await erase(
    "contacts",
    sql`
    update contact set first_name = null, last_name = null, email = null, phone = null, company = null, title = null,
      attributes = '{}', origins = '{}', tags = '{}', source_detail = null, next_follow_up_at = null,
      erased_at = ${now}, updated_at = ${now} where id in ${ids}`,
  );
}
