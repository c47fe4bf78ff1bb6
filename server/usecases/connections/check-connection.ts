import type { UserActor } from "../../actor.ts";
import { insertAudit } from "../../db/queries/audit.ts";
import { type ConnectionRow, findConnection, lockConnection, updateConnection } from "../../db/queries/connection.ts";
import type { Deps } from "../../deps.ts";
import { ConnectorError, RECOVERY } from "../../domain/connector-error.ts";
import { enqueueMappingCheck } from "./check-mappings.ts";
import { getConnection } from "./get-connection.ts";
import { openConnection } from "./open-connection.ts";
import { publishConnection } from "./publish-connection.ts";
import { resumeRuns } from "./resume-runs.ts";

/** Tests a stored connection now and notes what came of it; one that works again goes on with its queue. */
export async function checkConnection(deps: Deps, actor: UserActor, id: string): Promise<ConnectionRow> {
  const row = await getConnection(deps.db, actor, id);
  try {
    const { accountName, facts } = await openConnection(deps, row, { lane: "agent" }).connector.checkConnection();
    await deps.db.transaction(async (tx) => {
      const recovered = (await lockConnection(tx, id))?.status === "needs_reconnect";
      const status = recovered ? ("active" as const) : undefined;
      await updateConnection(tx, id, { accountName, facts, problem: null, status });
      if (recovered) await resumeRuns(tx, deps, id);
      await insertAudit(tx, deps, actor, { action: "connection.checked", subject: { kind: "connection", id } });
    });
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error;
    await deps.db.transaction(async (tx) => {
      const wasActive = (await lockConnection(tx, id))?.status === "active";
      const status = wasActive && RECOVERY[error.code] === "reconnect" ? ("needs_reconnect" as const) : undefined;
      await updateConnection(tx, id, { problem: error.message, status });
      await insertAudit(tx, deps, actor, {
        action: "connection.checked",
        subject: { kind: "connection", id },
        data: { problem: error.message },
      });
    });
  }
  if ((await findConnection(deps.db, id))?.status === "active") await enqueueMappingCheck(deps, id);
  const checked = await getConnection(deps.db, actor, id);
  publishConnection(deps, checked);
  return checked;
}
