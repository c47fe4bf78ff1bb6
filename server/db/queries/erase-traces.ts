import { sql } from "drizzle-orm";
import { ERASED_WORDS, type Erase, type ErasedPerson, idList, textList } from "./erased-person.ts";

/**
 * What tells of a person and need not be their contact's: rows of files, calls of nobody, what was told before it was known of
 * whom, and answers kept for whoever repeats a request, of which nobody can see whom they are about.
 */
export async function eraseTraces(erase: Erase, { contactIds, emails, phones, records }: ErasedPerson): Promise<void> {
  const ids = idList(contactIds);
  const [theirEmails, theirPhones] = [textList(emails), textList(phones)];
  const theirRecords = sql`(
    select r."connectionId", r."externalId"
    from jsonb_to_recordset(${JSON.stringify(records)}::text::jsonb) as r("connectionId" uuid, "externalId" text))`;
  const theirRows = sql`(
    contact_id in ${ids} or email_norm in ${theirEmails} or phone_norm in ${theirPhones})`;
  // before the rows, by which they are found
  await erase(
    "lines of the audit trail",
    sql`
    update audit set data = '{}' where subject_kind = 'import_batch' and (subject_id, data ->> 'line') in (
      select batch_id::text, line::text from import_row where ${theirRows})`,
  );
  await erase(
    "rows of files",
    sql`
    update import_row set cells = '{}', email_norm = null, phone_norm = null, notes = '[]', differences = '[]',
      open_differences = 0, problem = null, push_plan = null, push_reason = null, version = version + 1,
      class = case when status in ('pending', 'approved') then 'invalid' else class end,
      status = case when status in ('pending', 'approved') then 'rejected' else status end
    where ${theirRows}`,
  );
  await erase(
    "calls",
    sql`
    delete from phone_call where contact_id in ${ids} or contact_id is null and (
      phone_norm in ${theirPhones} or (connection_id, record_id) in ${theirRecords})`,
  );
  await erase(
    "lines of CRM imports",
    sql`
    update import_detail d set label = '', reason = ${ERASED_WORDS}, url = null from import_run n
    where n.id = d.run_id and (d.contact_id in ${ids} or (n.connection_id, d.external_id) in ${theirRecords})`,
  );
  await erase(
    "told events",
    sql`
    delete from outgoing_event where contact_id in ${ids} or contact_id is null
      and body::jsonb #>> '{data,conversationId}' in (select id::text from conversation where contact_id in ${ids})`,
  );
  await erase(
    "saved searches",
    sql`
    delete from contact_view where lower(btrim(filter ->> 'search')) in ${theirEmails}
      or '+' || regexp_replace(filter ->> 'search', '[^0-9]', '', 'g') in ${theirPhones}`,
  );
  await erase(
    "kept answers to requests",
    sql`
    update idempotent_request set answer = null, committed_at = coalesce(committed_at, created_at)
    where answer is not null`,
  );
}
