import type { SyncRun } from "@rolodesk/shared/sync-run";
import type { Provider } from "@rolodesk/shared/vocabulary";
import type { DbOrTx } from "../db/client.ts";
import { findProvider } from "../db/queries/connection.ts";
import type { SyncRunRow } from "../db/queries/sync-run.ts";
import { decisionWords } from "../domain/sync/decision-words.ts";
import { shownValue } from "../domain/sync/shown-value.ts";
import type { ConnectorFactory } from "../integrations/connector-factory.ts";

export async function viewSyncRun(db: DbOrTx, connectors: ConnectorFactory, row: SyncRunRow): Promise<SyncRun> {
  const provider = await findProvider(db, row.connectionId);
  return toSyncRun(row, connectors.kindOf(provider));
}

/** A run as the console shows it. `crm`: the kind of CRM it pushes to. */
export function toSyncRun(row: SyncRunRow, crm: { provider: Provider; name: string }): SyncRun {
  return {
    id: row.id,
    connectionId: row.connectionId,
    provider: crm.provider,
    conversationId: row.conversationId,
    contactId: row.contactId,
    trigger: row.trigger,
    status: row.status,
    result: row.result,
    conflictsQueued: row.conflictsQueued,
    reason: row.reason,
    matchedBy: row.matchedBy,
    decisions: (row.plan?.decisions ?? []).map((decision) => ({
      field: decision.field,
      property: decision.property,
      kind: decision.kind,
      reason: decision.misfit ?? decisionWords(decision.reason, crm.name),
      crm: shownValue(decision.crm),
      chat: shownValue(decision.chat),
    })),
    candidates: row.candidates,
    suggestion: row.suggestion,
    calls: row.calls.length,
    attempts: row.attempts,
    nextAttemptAt: row.nextAttemptAt?.toISOString() ?? null,
    durationMs: row.durationMs,
    createdAt: row.createdAt.toISOString(),
    finishedAt: row.finishedAt?.toISOString() ?? null,
    version: row.version,
  };
}
