import { eq, sql } from "drizzle-orm";
import type { Tx } from "../../db/client.ts";
import { type ConflictRow, updateConflict } from "../../db/queries/conflict.ts";
import { listOpenConflicts } from "../../db/queries/crm-link.ts";
import { conflict } from "../../db/schema/sync.ts";
import type { Deps } from "../../deps.ts";
import { normalForm } from "../../domain/sync/normal-form.ts";
import type { Decision, SyncPlan } from "../../domain/sync/plan-sync.ts";
import { shownValue } from "../../domain/sync/shown-value.ts";
import { tellConflictQueued, tellConflictSettled } from "../outgoing/tell-of-conflict.ts";
import { comparisonOf, originOf, saidLast } from "./plan-run.ts";
import type { WritingContext } from "./run-context.ts";

/**
 * Brings the link's pending conflicts in line with a plan: at most one per property; a newer chat value updates it and keeps
 * the older; one whose values have become equal, or that the record has elsewhere, closes by itself; one whose field is not
 * sent any more becomes void. Returns how many are new or changed.
 */
export async function queueConflicts(
  tx: Tx,
  deps: Deps,
  context: WritingContext,
  linkId: string,
  plan: SyncPlan,
): Promise<number> {
  const pending = new Map((await listOpenConflicts(tx, linkId)).map((row) => [row.property, row]));

  let queued = 0;
  for (const decision of plan.decisions) {
    const open = pending.get(decision.property);
    if (decision.kind === "conflict") {
      if (await queue(tx, deps, context, linkId, decision, open)) queued += 1;
    } else if (open) {
      const status = endOf(decision);
      if (!status) continue;
      await updateConflict(tx, open.id, { status });
      await tellConflictSettled(tx, deps, open.id);
    }
  }
  return queued;
}

/** How a decision ends the question that was open about its field; null where the question stays. */
function endOf({ kind, reason }: Decision): "closed_equal" | "void" | null {
  if (kind !== "noop" || reason === "equal" || reason === "held_elsewhere") return "closed_equal";
  return reason === "policy_never" ? "void" : null;
}

/** Whether the conflict is new or says something new. */
async function queue(
  tx: Tx,
  deps: Deps,
  context: WritingContext,
  linkId: string,
  decision: Decision,
  open: ConflictRow | undefined,
): Promise<boolean> {
  const values = { crmValue: shownValue(decision.crm), baseValue: shownValue(decision.base) };
  const source = { chatValue: shownValue(decision.chat), ...whereSaid(context, decision.field) };
  if (!open) {
    const { field, property } = decision;
    const whose = { linkId, connectionId: context.connection.id, contactId: context.contact.id };
    const id = deps.newId();
    await tx.insert(conflict).values({ id, ...whose, field, property, ...values, ...source });
    await tellConflictQueued(tx, deps, id);
    return true;
  }

  const comparison = comparisonOf(decision.field, context.countries, decision.chat);
  const sameChat = normalForm(open.chatValue, comparison) === normalForm(decision.chat, comparison);
  const sameCrm = normalForm(open.crmValue, comparison) === normalForm(decision.crm, comparison);
  if (sameChat && sameCrm) return false;
  const earlier = sameChat
    ? open.earlier
    : [{ value: open.chatValue, at: open.createdAt.toISOString() }, ...open.earlier];
  await tx
    .update(conflict)
    .set({
      ...values,
      ...(sameChat ? {} : source),
      earlier: earlier.slice(0, 20),
      staleSince: sameCrm ? open.staleSince : deps.now(),
      problem: null,
      version: sql`${conflict.version} + 1`,
    })
    .where(eq(conflict.id, open.id));
  await tellConflictQueued(tx, deps, open.id);
  return true;
}

/** The conversation and message that gave our value; an earlier conversation's when this one did not. */
function whereSaid(context: WritingContext, field: string) {
  const { run, contact } = context;
  const fact = saidLast(context, field);
  if (fact) return { conversationId: run.conversationId, messageSeq: fact.messageSeq };
  return { conversationId: originOf(contact, field)?.conversationId ?? run.conversationId, messageSeq: null };
}
