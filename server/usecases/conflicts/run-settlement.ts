import type { SettleOutcome } from "@rolodesk/shared/vocabulary";
import type { UserActor } from "../../actor.ts";
import { type ConflictRow, listServedConflicts } from "../../db/queries/conflict.ts";
import { findConnection } from "../../db/queries/connection.ts";
import { findActor } from "../../db/queries/session.ts";
import {
  findSettlement,
  listNextRows,
  type SettlementRecord,
  type SettlementRowRecord,
  storeOutcome,
  updateSettlement,
} from "../../db/queries/settlement.ts";
import type { Deps } from "../../deps.ts";
import { DomainError } from "../../domain/domain-error.ts";
import { unitOf } from "../../domain/sync/keep-name-together.ts";
import { publishSettlement } from "./publish-settlement.ts";
import { settleConflicts } from "./settle-conflicts.ts";

/** Records one job settles before it makes way for others and enqueues the rest. */
const RECORDS_PER_JOB = 20;
/** Longer than a killed process leaves rows in `applying`. */
const COME_BACK_MS = 30_000;

/**
 * The job of a settlement: settles the rows that have no outcome yet, record by record, each as an agent's own click would.
 * Safe to call again at any moment: what is settled is not settled twice, and a row it had settled just before it was killed
 * is told as settled.
 */
export async function runSettlement(deps: Deps, { settlementId }: { settlementId: string }): Promise<void> {
  const settlement = await findSettlement(deps.db, settlementId);
  if (settlement?.status !== "running") return;
  const actor = await findActor(deps.db, settlement.userId);
  if (!actor) return await finish(deps, settlement, "stopped");

  for (let records = 0; records < RECORDS_PER_JOB; records += 1) {
    const next = await listNextRows(deps.db, settlementId);
    const [first] = next;
    if (!first) return await finish(deps, settlement, "done");
    const rows = next.map(({ row }) => row);
    const comeBackAt =
      (await crmAsksToWait(deps, settlement, first.connectionId)) ??
      (await settleRecord(deps, actor, settlement, first.connectionId, rows));
    if (comeBackAt) return await goOn(deps, settlement, comeBackAt);
  }
  await goOn(deps, settlement, null);
}

/** Until when; null when calls may be made, or none is needed. */
async function crmAsksToWait(deps: Deps, { decision }: SettlementRecord, connectionId: string): Promise<Date | null> {
  if (decision === "keep_crm") return null;
  const until = (await findConnection(deps.db, connectionId))?.waitUntil;
  return until && until > deps.now() ? until : null;
}

/** Settles rows of one record and stores their outcomes. Answers when to come back for those that could not be tried. */
async function settleRecord(
  deps: Deps,
  actor: UserActor,
  settlement: SettlementRecord,
  connectionId: string,
  rows: readonly SettlementRowRecord[],
): Promise<Date | null> {
  const conflicts = await conflictsOf(deps, rows, actor.siteIds);
  for (const row of rows) {
    if (!conflicts.has(row.conflictId)) await storeOutcome(deps.db, row, "failed", "You may not settle this any more.");
  }
  const known = rows.filter(({ conflictId }) => conflicts.has(conflictId));
  if ([...conflicts.values()].some(({ status }) => status === "applying")) {
    return new Date(deps.now().getTime() + COME_BACK_MS);
  }

  const outcomes = await settleSeen(deps, actor, settlement.decision, known, conflicts);
  const after = await conflictsOf(deps, known, null);
  const until = await crmAsksToWait(deps, settlement, connectionId);
  let left = false;
  for (const row of known) {
    const conflict = after.get(row.conflictId);
    const outcome = outcomeOf(settlement, actor, outcomes.get(row.conflictId) ?? "stale", conflict);
    // refused for now only: it stays in line
    if (outcome === "failed" && until) left = true;
    else await storeOutcome(deps.db, row, outcome, outcome === "failed" ? (conflict?.problem ?? null) : null);
  }
  return left ? until : null;
}

async function conflictsOf(
  deps: Deps,
  rows: readonly SettlementRowRecord[],
  siteIds: UserActor["siteIds"],
): Promise<Map<string, ConflictRow>> {
  const ids = rows.map(({ conflictId }) => conflictId);
  const served = await listServedConflicts(deps.db, ids, siteIds);
  return new Map(served.map(({ conflict }) => [conflict.id, conflict]));
}

/**
 * One request for the record. Where a half of its name has come meanwhile, that request is refused as a whole; then each
 * unit goes on its own, and the name stays.
 */
async function settleSeen(
  deps: Deps,
  actor: UserActor,
  decision: SettlementRecord["decision"],
  rows: readonly SettlementRowRecord[],
  conflicts: ReadonlyMap<string, ConflictRow>,
): Promise<Map<string, SettleOutcome>> {
  if (rows.length === 0) return new Map();
  const seen = rows.map((row) => ({
    id: row.conflictId,
    seenCrmValue: row.seenCrmValue,
    seenChatValue: row.seenChatValue,
  }));
  try {
    return await settleConflicts(deps, actor, { decision, conflicts: seen });
  } catch (error) {
    if (!(error instanceof DomainError) || error.code !== "bad_request") throw error;
  }
  const unit = ({ conflictId }: SettlementRowRecord) => unitOf(conflicts.get(conflictId)?.field ?? "");
  const name = unitOf("firstName");
  return await settleSeen(
    deps,
    actor,
    decision,
    rows.filter((row) => unit(row) !== name),
    conflicts,
  );
}

/** A row this settlement had settled before it was killed is its own, not somebody else's. */
function outcomeOf(
  { decision, startedAt }: SettlementRecord,
  actor: UserActor,
  outcome: SettleOutcome,
  conflict: ConflictRow | undefined,
): SettleOutcome {
  const wanted = decision === "use_chat" ? "applied" : "kept";
  const isOwn =
    conflict?.status === wanted &&
    conflict.decidedBy === actor.name &&
    startedAt !== null &&
    conflict.decidedAt !== null &&
    conflict.decidedAt >= startedAt;
  return outcome === "already_settled" && isOwn ? wanted : outcome;
}

async function goOn(deps: Deps, { id }: SettlementRecord, at: Date | null): Promise<void> {
  await deps.db.transaction(async (tx) => {
    await updateSettlement(tx, id, { waitsUntil: at });
    await deps.enqueueSettlement(tx, id, at ?? undefined);
  });
  await publishSettlement(deps, id);
}

async function finish(deps: Deps, { id }: SettlementRecord, status: "done" | "stopped"): Promise<void> {
  await updateSettlement(deps.db, id, { status, waitsUntil: null, finishedAt: deps.now() });
  await publishSettlement(deps, id);
}
