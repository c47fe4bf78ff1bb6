import type { ConnectionRow } from "../../db/queries/connection.ts";
import { closeLink } from "../../db/queries/crm-link.ts";
import type { SyncRunRow } from "../../db/queries/sync-run.ts";
import type { Deps } from "../../deps.ts";
import { ConnectorError, RECOVERY } from "../../domain/connector-error.ts";
import { rereadFields } from "../connections/reread-fields.ts";
import { AttemptFailed } from "./attempt-failed.ts";
import { endRun } from "./end-run.ts";
import { attemptLog, finishRun } from "./finish-run.ts";
import { LostLease } from "./lost-lease.ts";
import { proposePush } from "./propose-push.ts";
import type { Resolution } from "./resolution.ts";
import { resolveDuplicate } from "./resolve-duplicate.ts";
import { resolveRecord } from "./resolve-record.ts";
import { loadRunContext, type RunContext } from "./run-context.ts";
import { earlierWrite, storePlan } from "./store-plan.ts";
import { writeRecord } from "./write-record.ts";

/** Plans again at most this often when the CRM moved between reading and writing. */
const MAX_PLANS = 3;

/** What the CRM's refusals taught this attempt. */
interface Learned {
  /** It refused to create, in these words, naming the record that has the key where it can. */
  createRefused: { readonly existingId: string | undefined; readonly words: string; readonly times: number } | null;
  /** It refused to write these fields: another record has their values. */
  taken: readonly string[];
  /** Its metadata was read again, because it refused a field or a value. */
  fieldsReread: boolean;
}

/** One attempt: resolve, plan, apply, store. Throws `AttemptFailed` or `LostLease`. */
export async function attemptRun(deps: Deps, run: SyncRunRow, connection: ConnectionRow, lease: string): Promise<void> {
  const first = await loadRunContext(deps, run, connection);
  if (!first) return await endWithoutContact(deps, run, lease);

  const learned: Learned = { createRefused: null, taken: [], fieldsReread: false };
  let context = first;
  for (let plans = 1; ; plans += 1) {
    try {
      return await resolvePlanApply(deps, context, lease, learned);
    } catch (error) {
      if (error instanceof LostLease) throw error;
      const mayReplan = error instanceof ConnectorError && RECOVERY[error.code] === "replan" && plans < MAX_PLANS;
      if (!mayReplan && !(await knowsFieldsBetter(deps, context, learned, error))) {
        throw new AttemptFailed(context, error);
      }
      const fresh = await loadRunContext(deps, run, connection);
      context = { ...(fresh ?? first), crm: first.crm, calls: first.calls };
    }
  }
}

/**
 * A refused field or value may have gone since the metadata was read: what is there now is found out, once. Where that cannot be
 * found out, the refusal stands.
 */
async function knowsFieldsBetter(deps: Deps, context: RunContext, learned: Learned, error: unknown): Promise<boolean> {
  if (!(error instanceof ConnectorError) || error.code !== "invalid_field" || learned.fieldsReread) return false;
  learned.fieldsReread = true;
  try {
    await rereadFields(deps, context.connection, context.crm);
    return true;
  } catch (unread) {
    if (unread instanceof ConnectorError) return false;
    throw unread;
  }
}

async function resolvePlanApply(deps: Deps, context: RunContext, lease: string, learned: Learned): Promise<void> {
  const resolution = await resolveWith(deps, context, learned);
  if (resolution.kind === "gone") {
    await deps.db.transaction((tx) => closeLink(tx, resolution.link.id, `Deleted in ${context.crm.providerName}.`));
    throw new ConnectorError("not_found", resolution.reason);
  }
  const proposal = await proposePush(deps, context, resolution, learned.taken);
  if (proposal.kind !== "write") return await endWithoutWriting(deps, context, lease, proposal);
  const { plan, current } = proposal;
  await storePlan(deps, context, lease, plan);

  try {
    const record = await writeRecord(deps, context, plan, current);
    await finishRun(deps, context, lease, {
      plan,
      record,
      resolution: proposal.resolution,
      earlier: earlierWrite(context.run.plan, plan),
    });
  } catch (error) {
    if (error instanceof ConnectorError && error.code === "duplicate") {
      learn(learned, context, error, current !== null);
    }
    throw error;
  }
}

/** A refused create that names no record is looked up once more, then left to an agent. */
async function resolveWith(deps: Deps, context: RunContext, { createRefused }: Learned): Promise<Resolution> {
  if (createRefused?.existingId) return await resolveDuplicate(deps, context, createRefused.existingId);
  const resolution = await resolveRecord(deps, context);
  if (resolution.kind !== "create" || !createRefused || createRefused.times < 2) return resolution;
  return { kind: "choose", candidates: [], reason: createRefused.words };
}

function learn(learned: Learned, context: RunContext, error: ConnectorError, wasUpdate: boolean): void {
  if (!wasUpdate) {
    const times = (learned.createRefused?.times ?? 0) + 1;
    learned.createRefused = { existingId: error.existingId, words: error.message, times };
    return;
  }
  const named = context.mapping.filter(({ property }) => error.properties.includes(property));
  learned.taken = named.length > 0 ? named.map(({ field }) => field) : ["email", "phone"];
}

async function endWithoutWriting(
  deps: Deps,
  context: RunContext,
  lease: string,
  resolution: Extract<Resolution, { kind: "choose" | "leave" }>,
): Promise<void> {
  const asks = resolution.kind === "choose";
  const end = {
    ...attemptLog(deps, context),
    status: "done",
    result: asks ? "needs_choice" : "unchanged",
    reason: resolution.reason,
    candidates: asks ? [...resolution.candidates] : [],
    lease: null,
    finishedAt: deps.now(),
  } satisfies Parameters<typeof endRun>[3];
  const isOurs = await deps.db.transaction((tx) => endRun(tx, deps, context.run.id, end, lease));
  if (!isOurs) throw new LostLease();
}

async function endWithoutContact(deps: Deps, run: SyncRunRow, lease: string): Promise<void> {
  const change = { status: "done", result: "skipped_no_key", reason: "The contact no longer exists." } as const;
  const end = { ...change, lease: null, finishedAt: deps.now() };
  await deps.db.transaction((tx) => endRun(tx, deps, run.id, end, lease));
}
