import { findConnection, listConnections } from "../../db/queries/connection.ts";
import { listMappingChecks, storeMappingCheck } from "../../db/queries/mapping-check.ts";
import type { Deps } from "../../deps.ts";
import { ConnectorError } from "../../domain/connector-error.ts";
import { openConnection } from "./open-connection.ts";
import { publishConnection } from "./publish-connection.ts";
import { rereadFields } from "./reread-fields.ts";

/** The daily look for fields and options that have gone: one job per active connection. */
export async function checkMappings(deps: Deps): Promise<void> {
  for (const { id, status } of await listConnections(deps.db)) {
    if (status === "active") await enqueueMappingCheck(deps, id);
  }
}

export async function enqueueMappingCheck(deps: Deps, connectionId: string): Promise<void> {
  const job = { name: "check-mapping", payload: { connectionId } } as const;
  await deps.db.transaction((tx) => deps.enqueue(tx, job, { jobKey: `check-mapping:${connectionId}` }));
}

/**
 * Compares one connection's mapping with its CRM. A CRM that does not answer leaves what is known as it is; the next look
 * tries again.
 */
export async function checkMapping(deps: Deps, { connectionId }: { connectionId: string }): Promise<void> {
  const connection = await findConnection(deps.db, connectionId);
  if (connection?.status !== "active") return;
  try {
    await rereadFields(deps, connection, openConnection(deps, connection, { lane: "backfill" }));
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error;
    const known = (await listMappingChecks(deps.db, [connectionId])).get(connectionId);
    const faults = known?.faults ?? [];
    await storeMappingCheck(deps.db, { connectionId, faults, problem: error.message, checkedAt: deps.now() });
    publishConnection(deps, connection);
  }
}
