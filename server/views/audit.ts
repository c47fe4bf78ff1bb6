import { type AuditEntry, type AuditFilters, type AuditPage, ByApiKey, type ListAudit } from "@rolodesk/shared/audit";
import type { DbOrTx } from "../db/client.ts";
import type { AuditRow } from "../db/queries/audit.ts";
import { type AuditLogFilter, listAuditFilters, listAuditLog } from "../db/queries/audit-log.ts";
import { csvLine } from "../domain/imports/csv-cell.ts";

type Narrowed = Omit<ListAudit, "cursor" | "limit">;

const EXPORT_CHUNK = 500;
/** Rows of one file; narrower filters give the rest. */
const EXPORT_MAX_ROWS = 50_000;

/** A page of the audit trail, newest first. */
export async function viewAudit(db: DbOrTx, query: ListAudit): Promise<AuditPage> {
  const rows = await listAuditLog(db, toFilter(query), query.limit + 1, query.cursor);
  const page = rows.slice(0, query.limit);
  const last = page.at(-1);
  return { items: page.map(toEntry), nextCursor: rows.length > query.limit && last ? last.id : null };
}

export async function viewAuditFilters(db: DbOrTx): Promise<AuditFilters> {
  return await listAuditFilters(db);
}

/** The same as CSV, line by line; what comes from people never begins a formula. */
export async function* auditCsv(db: DbOrTx, query: Narrowed): AsyncGenerator<string> {
  yield csvLine(["time", "person", "api key", "action", "object", "object id", "contact id", "details"]);
  let before: string | undefined;
  for (let written = 0; written < EXPORT_MAX_ROWS; written += EXPORT_CHUNK) {
    const rows = await listAuditLog(db, toFilter(query), EXPORT_CHUNK, before);
    for (const row of rows) yield toLine(toEntry(row));
    before = rows.at(-1)?.id;
    if (rows.length < EXPORT_CHUNK) return;
  }
}

function toLine({ at, actor, action, object, contactId, data }: AuditEntry): string {
  const who = actor.name ?? actor.kind;
  const rest = [actor.apiKeyName ?? "", action, object.kind, object.id, contactId ?? "", JSON.stringify(data)];
  return csvLine([at, who, ...rest]);
}

function toFilter({ person, action, object, objectId, search, from, to }: Narrowed): AuditLogFilter {
  const range = { from: from ? new Date(from) : undefined, to: to ? new Date(to) : undefined };
  return { person, action, object, objectId, search, ...range };
}

function toEntry(row: AuditRow): AuditEntry {
  const byKey = ByApiKey.safeParse(row.data);
  return {
    id: row.id,
    at: row.createdAt.toISOString(),
    actor: {
      kind: row.actorKind,
      id: row.actorId,
      name: row.actorName,
      apiKeyName: byKey.success ? byKey.data.apiKey.name : null,
    },
    action: row.action,
    object: { kind: row.subjectKind, id: row.subjectId },
    contactId: row.contactId,
    data: row.data,
  };
}
