import type { FieldChange, ListSyncRuns, SyncRunDetail, SyncRunPage, SyncRunSummary } from "@rolodesk/shared/sync-log";
import type { RunStatus } from "@rolodesk/shared/vocabulary";
import { fieldLabel } from "@rolodesk/shared/vocabulary";
import type { UserActor } from "../actor.ts";
import type { DbOrTx } from "../db/client.ts";
import { findLiveLink } from "../db/queries/crm-link.ts";
import { findSyncLogRow, listRunHistory, listSyncLog, type SyncLogRow } from "../db/queries/sync-log.ts";
import { resolveContactId } from "../db/queries/visible-contacts.ts";
import { notFound } from "../domain/domain-error.ts";
import { decisionWords } from "../domain/sync/decision-words.ts";
import { changesOf, type Decision } from "../domain/sync/plan-sync.ts";
import { shownValue } from "../domain/sync/shown-value.ts";
import type { ConnectorFactory } from "../integrations/connector-factory.ts";
import { toPersonLabel } from "./person-label.ts";
import { readTimeCursor, toTimeCursor } from "./time-cursor.ts";

const UNFINISHED: readonly RunStatus[] = ["queued", "running", "waiting"];
const HISTORY_ROWS = 10;

/** A page of the sync log, restricted to conversations on the agent's sites. */
export async function readSyncLog(db: DbOrTx, actor: UserActor, query: ListSyncRuns): Promise<SyncRunPage> {
  const { connection, contact, status, result, trigger, search, from, to, cursor, limit } = query;
  const filter = {
    siteIds: actor.siteIds,
    connectionId: connection,
    contactId: contact && ((await resolveContactId(db, contact)) ?? contact),
    statuses: status === undefined ? undefined : status === "unfinished" ? UNFINISHED : [status],
    result,
    trigger,
    search: search || undefined,
    from: from === undefined ? undefined : new Date(from),
    to: to === undefined ? undefined : new Date(to),
  };
  const rows = await listSyncLog(db, filter, limit + 1, cursor === undefined ? undefined : readTimeCursor(cursor));
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    items: page.map(toSummary),
    nextCursor: rows.length > limit && last ? toTimeCursor({ at: last.run.createdAt, id: last.run.id }) : null,
  };
}

/** One run with everything that is known of it; `not_found` for others' as for none. */
export async function readSyncRunDetail(
  db: DbOrTx,
  connectors: ConnectorFactory,
  actor: UserActor,
  id: string,
): Promise<SyncRunDetail> {
  const row = await findSyncLogRow(db, id, actor.siteIds);
  if (!row) throw notFound("sync");
  const { run } = row;
  const { connectionId, contactId } = run;
  const crm = connectors.kindOf(row.provider);
  const link = contactId ? await findLiveLink(db, connectionId, contactId) : undefined;
  const history = contactId
    ? await listRunHistory(db, { id, connectionId, contactId }, actor.siteIds, HISTORY_ROWS)
    : [];
  return {
    ...toSummary(row),
    connection: { name: row.connectionName, providerName: crm.name, status: row.connectionStatus },
    suggestion: run.suggestion,
    applied: run.status === "done",
    creates: run.plan?.target === null,
    fields: (run.plan?.decisions ?? []).map((decision) => toFieldChange(decision, crm.name)),
    candidates: run.candidates.length,
    callLog: run.calls.map(({ method, path, status, durationMs, requestId, sharedBy = 1 }) => ({
      method,
      path,
      status,
      durationMs,
      requestId,
      sharedBy,
    })),
    startedAt: run.startedAt?.toISOString() ?? null,
    record: link ? { object: link.object, externalId: link.externalId, url: link.url } : null,
    history: history.map(toSummary),
  };
}

function toSummary(row: SyncLogRow): SyncRunSummary {
  const { run } = row;
  return {
    id: run.id,
    connectionId: run.connectionId,
    connectionName: row.connectionName,
    provider: row.provider,
    conversationId: run.conversationId,
    contactId: run.contactId,
    person: toPersonLabel(row),
    siteName: row.siteName,
    trigger: run.trigger,
    status: run.status,
    result: run.result,
    conflictsQueued: run.conflictsQueued,
    reason: run.reason,
    matchedBy: run.matchedBy,
    written: run.plan && run.status === "done" ? Object.keys(changesOf(run.plan)).length : 0,
    attempts: run.attempts,
    nextAttemptAt: run.nextAttemptAt?.toISOString() ?? null,
    durationMs: run.durationMs,
    createdAt: run.createdAt.toISOString(),
    finishedAt: run.finishedAt?.toISOString() ?? null,
    version: run.version,
  };
}

/** A planned field with what the plan makes of it. */
export function toFieldChange(decision: Decision, crmName: string): FieldChange {
  const { field, property, kind, reason } = decision;
  const writes = kind === "fill" || kind === "overwrite";
  return {
    field,
    label: fieldLabel(field),
    property,
    kind,
    reason: decision.misfit ?? decisionWords(reason, crmName),
    crm: shownValue(decision.crm),
    chat: shownValue(decision.chat),
    base: shownValue(decision.base),
    after: shownValue(writes ? decision.write : decision.crm),
  };
}
