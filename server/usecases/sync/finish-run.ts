import type { RunResult } from "@rolodesk/shared/vocabulary";
import { fieldLabel } from "@rolodesk/shared/vocabulary";
import type { Tx } from "../../db/client.ts";
import { insertLink, lockLink, updateLink } from "../../db/queries/crm-link.ts";
import type { Deps } from "../../deps.ts";
import type { CrmRecord } from "../../domain/connector.ts";
import { isBlank, normalForm, toSet } from "../../domain/sync/normal-form.ts";
import { changesOf, type SyncPlan } from "../../domain/sync/plan-sync.ts";
import { shownValue } from "../../domain/sync/shown-value.ts";
import { rereadIfTold } from "../webhooks/reread-if-told.ts";
import { endRun } from "./end-run.ts";
import { LostLease } from "./lost-lease.ts";
import { orderTranscript } from "./order-transcript.ts";
import { comparisonOf } from "./plan-run.ts";
import { queueConflicts } from "./queue-conflicts.ts";
import type { Resolution } from "./resolution.ts";
import type { RunContext, WritingContext } from "./run-context.ts";

export interface Applied {
  readonly plan: SyncPlan;
  readonly record: CrmRecord;
  readonly resolution: Extract<Resolution, { kind: "record" | "create" }>;
  /** A killed attempt's plan that turned out to be carried out; null when this attempt did all the work. */
  readonly earlier: SyncPlan | null;
}

/**
 * Stores what an applied plan made true, in one transaction: link, base, conflicts and log. The base is what the CRM
 * returned, never what was sent. Refused (`LostLease`) when another attempt has taken the run over.
 */
export async function finishRun(deps: Deps, context: RunContext, lease: string, applied: Applied): Promise<void> {
  const { record, resolution } = applied;
  const done = applied.earlier ?? applied.plan;
  const created = done.target === null;
  await deps.db.transaction(async (tx) => {
    const linkId = await storeLink(tx, deps, context, applied, created);
    const conflictsQueued = await queueConflicts(tx, deps, context, linkId, applied.plan);
    const isOurs = await endRun(
      tx,
      deps,
      context.run.id,
      {
        ...attemptLog(deps, context),
        status: "done",
        result: created ? "created" : resultOf(context, applied, done, conflictsQueued),
        conflictsQueued,
        reason: [droppedWords(context, done, record), misfitWords(applied.plan)].filter(Boolean).join(" ") || null,
        suggestion: resolution.kind === "record" ? resolution.suggestion : null,
        matchedBy: created || resolution.kind === "create" ? "created" : resolution.matchedBy,
        plan: done,
        candidates: [],
        lease: null,
        nextAttemptAt: null,
        finishedAt: deps.now(),
      },
      lease,
    );
    if (!isOurs) throw new LostLease();
    await orderTranscript(tx, deps, context);
  });
}

/** What every end of an attempt adds to the run's log. */
export function attemptLog(deps: Deps, { run, calls }: RunContext) {
  const startedAt = run.startedAt ?? deps.now();
  return {
    calls: [...run.calls, ...calls],
    durationMs: (run.durationMs ?? 0) + Math.max(0, deps.now().getTime() - startedAt.getTime()),
  };
}

function resultOf(context: RunContext, { record, resolution }: Applied, done: SyncPlan, conflicts: number): RunResult {
  const isNewlyMatched = !context.link && resolution.kind === "record" && resolution.matchedBy !== "agent";
  if (record.object === "lead" && isNewlyMatched) return "existing_lead";
  if (Object.keys(changesOf(done)).length > 0) return "updated";
  return conflicts > 0 ? "conflicts_queued" : "unchanged";
}

/** Values a CRM accepted and then did not keep are said, never taken for written. */
function droppedWords(context: RunContext, done: SyncPlan, record: CrmRecord): string | null {
  const dropped = done.decisions.filter(({ field, property, kind, write }) => {
    if (kind !== "fill" && kind !== "overwrite") return false;
    const comparison = comparisonOf(field, context.countries, write);
    return normalForm(write, comparison) !== normalForm(record.values[property], comparison);
  });
  if (dropped.length === 0) return null;
  const names = dropped.map(({ property }) => property).join(", ");
  return `${context.crm.providerName} accepted the write but holds another value in: ${names}.`;
}

/** What was left out of the write because the CRM would not have taken it. */
function misfitWords({ decisions }: SyncPlan): string | null {
  const left = decisions.flatMap(({ field, misfit }) =>
    misfit ? [`${fieldLabel(field)} was not written: ${misfit}`] : [],
  );
  return left.length > 0 ? left.join(" ") : null;
}

/** Links contact and record, with what both sides now agree on. */
export async function storeLink(
  tx: Tx,
  deps: Deps,
  context: WritingContext,
  applied: Applied,
  created: boolean,
): Promise<string> {
  const { record, plan } = applied;
  const current = {
    object: record.object,
    externalId: record.externalId,
    url: context.crm.connector.recordUrl(record),
    seen: Object.fromEntries(context.properties.map((property) => [property, shownValue(record.values[property])])),
    lastSyncedAt: deps.now(),
  };
  const agreedNow = agreed(context, plan, record);
  if (context.link) {
    // an import may have agreed on other values since the link was read
    const link = (await lockLink(tx, context.link.id)) ?? context.link;
    const moved = link.externalId !== record.externalId || link.object !== record.object;
    const aliases = moved ? [...link.aliases, link.externalId] : link.aliases;
    await updateLink(tx, link.id, { ...current, aliases, base: { ...link.base, ...agreedNow } });
    if (moved) await rereadIfTold(tx, deps, context.connection.id, record);
    return link.id;
  }
  const id = deps.newId();
  await insertLink(tx, {
    id,
    contactId: context.contact.id,
    connectionId: context.connection.id,
    base: agreedNow,
    ...current,
    ...howMatched(context, applied, created),
  });
  await rereadIfTold(tx, deps, context.connection.id, record);
  return id;
}

function howMatched(context: WritingContext, { resolution }: Applied, created: boolean) {
  if (created || resolution.kind !== "record") {
    return { matchedBy: "created" as const, matchedReason: `Created in ${context.crm.providerName} from this chat.` };
  }
  return { matchedBy: resolution.matchedBy, matchedReason: resolution.matchedReason };
}

/** property → value, where both sides are equal now. */
function agreed(context: WritingContext, plan: SyncPlan, record: CrmRecord) {
  const equal = plan.decisions.filter(({ field, property, chat }) => {
    if (isBlank(chat)) return false;
    const comparison = comparisonOf(field, context.countries, chat);
    const held = record.values[property];
    if (comparison.as === "set") return holdsAll(toSet(held), toSet(chat));
    return normalForm(chat, comparison) === normalForm(held, comparison);
  });
  return Object.fromEntries(equal.map(({ property }) => [property, shownValue(record.values[property])]));
}

function holdsAll(held: ReadonlySet<string>, wanted: ReadonlySet<string>): boolean {
  return [...wanted].every((one) => held.has(one));
}
