import type { UserActor } from "../../actor.ts";
import { insertAudit } from "../../db/queries/audit.ts";
import { type ConnectionRow, updateConnection } from "../../db/queries/connection.ts";
import type { Deps } from "../../deps.ts";
import { DomainError } from "../../domain/domain-error.ts";
import { getConnection } from "./get-connection.ts";
import { publishConnection } from "./publish-connection.ts";
import { resumeRuns } from "./resume-runs.ts";

/** Stops the calls to an account; what becomes due is kept. */
export async function pauseConnection(deps: Deps, actor: UserActor, id: string): Promise<ConnectionRow> {
  const row = await getConnection(deps.db, actor, id);
  if (row.status === "needs_reconnect") {
    throw new DomainError("conflict", "This connection waits for new credentials and makes no calls.");
  }
  return await setStatus(deps, actor, row, "paused");
}

/** Lets a paused connection go on with what it kept. */
export async function resumeConnection(deps: Deps, actor: UserActor, id: string): Promise<ConnectionRow> {
  const row = await getConnection(deps.db, actor, id);
  if (row.status === "needs_reconnect") {
    throw new DomainError("conflict", "Enter new credentials to reconnect; the queue then goes on by itself.");
  }
  return await setStatus(deps, actor, row, "active");
}

async function setStatus(
  deps: Deps,
  actor: UserActor,
  row: ConnectionRow,
  status: "active" | "paused",
): Promise<ConnectionRow> {
  await deps.db.transaction(async (tx) => {
    await updateConnection(tx, row.id, { status });
    if (status === "active") await resumeRuns(tx, deps, row.id);
    await insertAudit(tx, deps, actor, {
      action: status === "paused" ? "connection.paused" : "connection.resumed",
      subject: { kind: "connection", id: row.id },
    });
  });
  const changed = await getConnection(deps.db, actor, row.id);
  publishConnection(deps, changed);
  return changed;
}
