import type { RunChoice } from "@rolodesk/shared/sync-run";
import type { UserActor } from "../../actor.ts";
import type { Tx } from "../../db/client.ts";
import { insertAudit } from "../../db/queries/audit.ts";
import { findConnection } from "../../db/queries/connection.ts";
import { findRun, lockRun, type SyncRunRow, updateRun } from "../../db/queries/sync-run.ts";
import { resolveContactId } from "../../db/queries/visible-contacts.ts";
import type { Deps } from "../../deps.ts";
import { DomainError, notFound } from "../../domain/domain-error.ts";
import { getServedRun } from "./get-served-run.ts";
import { publishRun } from "./publish-run.ts";
import { assertActive, recordRun } from "./request-sync.ts";

/**
 * The agent's answer to an ambiguous match. A record or "create new" becomes a run of its own, and the link it makes is the
 * memory of the choice; "not now" closes the question until the next push. Asked twice, the first answer stands.
 */
export async function chooseRecord(
  deps: Deps,
  actor: UserActor,
  runId: string,
  choice: RunChoice,
): Promise<SyncRunRow> {
  await getServedRun(deps, actor, runId);
  const newRunId = deps.newId();
  const answeredBy = await deps.db.transaction(async (tx) => {
    const run = await lockRun(tx, runId);
    if (run?.result !== "needs_choice" || run.answeredAt) {
      throw new DomainError("conflict", "This question was answered already. Look at the latest sync.");
    }
    await assertOffered(tx, run, choice);
    const connection = await findConnection(tx, run.connectionId);
    if (!connection) throw notFound("connection");
    if (choice.kind !== "later") assertActive(connection);

    await updateRun(tx, run.id, { answeredAt: deps.now(), candidates: [] });
    await insertAudit(tx, deps, actor, {
      action: "match.chosen",
      subject: { kind: "sync_run", id: run.id },
      contactId: run.contactId,
      data: { ...choice, connectionId: run.connectionId },
    });
    if (choice.kind === "later") return run.id;
    const { connectionId, contactId, conversationId } = run;
    const cause = `choice:${run.id}`;
    await recordRun(tx, deps, {
      id: newRunId,
      cause,
      connectionId,
      contactId,
      conversationId,
      trigger: "choice",
      choice,
    });
    return newRunId;
  });
  const outcome = await findRun(deps.db, answeredBy);
  if (!outcome) throw notFound("sync");
  await publishRun(deps, runId);
  if (answeredBy !== runId) await publishRun(deps, answeredBy);
  return outcome;
}

async function assertOffered(tx: Tx, run: SyncRunRow, choice: RunChoice): Promise<void> {
  if (choice.kind !== "record") return;
  const offered = run.candidates.find((one) => one.object === choice.object && one.externalId === choice.externalId);
  if (!offered) throw new DomainError("bad_request", "This record was not among the candidates.");
  // linked to this very contact, once the two were merged as it was told
  if (offered.linkedContactId && (await resolveContactId(tx, offered.linkedContactId)) !== run.contactId) {
    throw new DomainError("conflict", "This record is linked to another contact. Merge the contacts instead.");
  }
}
