import type { ConnectionRow } from "../../db/queries/connection.ts";
import { findContact } from "../../db/queries/contact.ts";
import { updateLink } from "../../db/queries/crm-link.ts";
import type { ImportBatchRow } from "../../db/queries/import-batch.ts";
import { type ImportRowRow, updateRow } from "../../db/queries/import-row.ts";
import { findCreateSentByOthers } from "../../db/queries/sync-run.ts";
import type { Deps } from "../../deps.ts";
import { ConnectorError, RECOVERY } from "../../domain/connector-error.ts";
import { NO_FACTS } from "../../domain/mapping/source-value.ts";
import { backoffMs, MAX_ATTEMPTS } from "../../domain/sync/backoff.ts";
import { changesOf, type SyncPlan } from "../../domain/sync/plan-sync.ts";
import { markRefused } from "../connections/mark-refused.ts";
import { openConnection } from "../connections/open-connection.ts";
import { publishConnection } from "../connections/publish-connection.ts";
import { storeLink } from "../sync/finish-run.ts";
import { type Proposal, proposePush } from "../sync/propose-push.ts";
import { createPushContext } from "../sync/push-context.ts";
import { queueConflicts } from "../sync/queue-conflicts.ts";
import type { Resolution } from "../sync/resolution.ts";
import { resolveDuplicate } from "../sync/resolve-duplicate.ts";
import { resolveRecord } from "../sync/resolve-record.ts";
import type { WritingContext } from "../sync/run-context.ts";
import { writeRecord } from "../sync/write-record.ts";

export type Pushed =
  | { readonly kind: "settled" }
  /** Not now: the CRM asked for it, or could not be reached. */
  | { readonly kind: "wait"; readonly afterMs: number | null }
  /** The CRM does not take our credentials any more. */
  | { readonly kind: "refused" };

type Outcome = Pick<ImportRowRow, "push" | "pushReason">;

const LOCK_WAIT_MS = 2_000;
const MAX_PLANS = 3;
const SETTLED: Pushed = { kind: "settled" };

/**
 * Puts one imported person into a CRM: link → email → phone → create, by the rules of a push. Exactly one create, whatever
 * breaks: it has one key, what is about to be sent is stored before, and none is sent again before a lookup could see it.
 */
export async function pushRow(
  deps: Deps,
  batch: ImportBatchRow,
  connection: ConnectionRow,
  row: ImportRowRow,
): Promise<Pushed> {
  const { contactId } = row;
  if (contactId === null)
    return await settle(deps, row, { push: "failed", pushReason: "The contact is not there any more." });
  const done = await deps.locks.hold(connection.id, contactId, LOCK_WAIT_MS, async (): Promise<Pushed> => {
    try {
      return await settle(deps, row, await attempt(deps, batch, connection, { ...row, contactId }));
    } catch (error) {
      return await handle(deps, connection, row, error);
    }
  });
  return done === "busy" ? { kind: "wait", afterMs: null } : done;
}

async function settle(deps: Deps, { batchId, line }: ImportRowRow, outcome: Outcome): Promise<Pushed> {
  await updateRow(deps.db, batchId, line, { ...outcome, pushedAt: deps.now() });
  return SETTLED;
}

async function attempt(
  deps: Deps,
  batch: ImportBatchRow,
  connection: ConnectionRow,
  row: ImportRowRow & { contactId: string },
): Promise<Outcome> {
  const startedAt = deps.now();
  let existingId: string | undefined;
  for (let plans = 1; ; plans += 1) {
    const context = await contextOf(deps, batch, connection, row);
    if (!context) return { push: "failed", pushReason: "The contact is not there any more." };
    if (context.link) return { push: "linked", pushReason: `Linked to ${context.crm.providerName} already.` };
    try {
      const resolution = existingId
        ? await resolveDuplicate(deps, context, existingId)
        : await resolveRecord(deps, context);
      if (resolution.kind === "gone") throw new ConnectorError("not_found", resolution.reason);
      return await carryOut(deps, batch, row, context, await propose(deps, context, resolution), startedAt);
    } catch (error) {
      const replans = error instanceof ConnectorError && RECOVERY[error.code] === "replan" && plans < MAX_PLANS;
      if (!replans) throw error;
      existingId = error.existingId;
    }
  }
}

/** An admin has approved who is created; a record that is there gets its blanks filled and keeps what it says. */
async function propose(deps: Deps, context: WritingContext, resolution: Exclude<Resolution, { kind: "gone" }>) {
  return await proposePush(deps, { ...context, verified: resolution.kind === "create" }, resolution);
}

async function carryOut(
  deps: Deps,
  batch: ImportBatchRow,
  row: ImportRowRow,
  context: WritingContext,
  proposal: Proposal,
  lookedUpAt: Date,
): Promise<Outcome> {
  if (proposal.kind === "choose") return { push: "choose", pushReason: proposal.reason };
  if (proposal.kind === "leave") return { push: "failed", pushReason: proposal.reason };
  const { plan, current, resolution } = proposal;
  if (!current) await noteCreate(deps, row, context, plan, lookedUpAt);
  const record = await writeRecord(deps, context, plan, current);
  const made = current === null || (resolution.kind === "record" && resolution.matchedBy === "created");
  await store(deps, batch, context, { plan, record, resolution, earlier: null }, made);
  return made
    ? { push: "created", pushReason: null }
    : { push: "linked", pushReason: resolution.kind === "record" ? resolution.matchedReason : null };
}

/** As a push of a conversation does: an earlier create, of this row or of somebody else's push, must be visible first. */
async function noteCreate(
  deps: Deps,
  row: ImportRowRow,
  context: WritingContext,
  plan: SyncPlan,
  lookedUpAt: Date,
): Promise<void> {
  const { crm, connection, contact, run } = context;
  const others = await findCreateSentByOthers(deps.db, {
    id: run.id,
    connectionId: connection.id,
    contactId: contact.id,
  });
  const sentAt = Math.max(run.createSentAt?.getTime() ?? 0, others?.getTime() ?? 0);
  const settlesAt = sentAt + crm.capabilities.createSettlesAfterMs(changesOf(plan));
  if (sentAt > 0 && lookedUpAt.getTime() < settlesAt) {
    const words = `An earlier attempt may have created the record; waiting until ${crm.providerName} would show it.`;
    throw new ConnectorError("rate_limited", words, { retryAfterMs: Math.max(1, settlesAt - deps.now().getTime()) });
  }
  await updateRow(deps.db, row.batchId, row.line, { pushKey: run.id, pushPlan: plan, pushSentAt: deps.now() });
}

async function store(
  deps: Deps,
  batch: ImportBatchRow,
  context: WritingContext,
  applied: Parameters<typeof storeLink>[3],
  made: boolean,
): Promise<void> {
  await deps.db.transaction(async (tx) => {
    const linkId = await storeLink(tx, deps, context, applied, made);
    if (made) {
      const matchedReason = `Created in ${context.crm.providerName} from the file ${batch.fileName}.`;
      await updateLink(tx, linkId, { matchedReason });
    }
    await queueConflicts(tx, deps, context, linkId, applied.plan);
  });
}

async function contextOf(
  deps: Deps,
  batch: ImportBatchRow,
  connection: ConnectionRow,
  row: ImportRowRow & { contactId: string },
): Promise<WritingContext | null> {
  const contact = await findContact(deps.db, row.contactId);
  if (!contact || contact.mergedIntoId || contact.erasedAt) return null;
  const said = { facts: new Map(), email: null, phone: null, name: { firstName: null, lastName: null } };
  const nothingSaid = { said, facts: NO_FACTS, vouched: new Map() };
  const subject = { contact, verified: false, country: batch.defaultCountry, ...nothingSaid };
  const history = { choice: null, createSentAt: row.pushSentAt, plan: row.pushPlan, trigger: "agent" as const };
  const context = await createPushContext(deps, connection, subject, history);
  const crm = openConnection(deps, connection, { lane: "backfill", onCall: (call) => context.calls.push(call) });
  return { ...context, crm, run: { ...history, id: row.pushKey ?? deps.newId(), conversationId: null } };
}

async function handle(deps: Deps, connection: ConnectionRow, row: ImportRowRow, error: unknown): Promise<Pushed> {
  if (!(error instanceof ConnectorError)) throw error;
  if (error.outcome === "none" && row.pushSentAt === null) {
    await updateRow(deps.db, row.batchId, row.line, { pushSentAt: null });
  }
  const recovery = RECOVERY[error.code];
  if (recovery === "reconnect") {
    await deps.db.transaction((tx) => markRefused(tx, connection, error.message));
    publishConnection(deps, connection);
    return { kind: "refused" };
  }
  if (error.code === "rate_limited") return { kind: "wait", afterMs: error.retryAfterMs ?? null };
  const attempts = row.pushAttempts + 1;
  if (recovery === "review" || attempts >= MAX_ATTEMPTS) {
    return await settle(deps, row, { push: "failed", pushReason: error.message });
  }
  await updateRow(deps.db, row.batchId, row.line, { pushAttempts: attempts, pushReason: error.message });
  return { kind: "wait", afterMs: error.retryAfterMs ?? backoffMs(attempts, deps.random()) };
}
