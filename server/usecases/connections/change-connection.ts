import type { ConnectionChange } from "@rolodesk/shared/connection";
import type { UserActor } from "../../actor.ts";
import { insertAudit } from "../../db/queries/audit.ts";
import { type ConnectionRow, replaceConnectionSites, updateConnection } from "../../db/queries/connection.ts";
import type { Deps } from "../../deps.ts";
import { DomainError } from "../../domain/domain-error.ts";
import { credentialHints } from "./credential-hints.ts";
import { getConnection } from "./get-connection.ts";
import { credentialsAad, storedCredentials } from "./open-connection.ts";
import { publishConnection } from "./publish-connection.ts";
import { resumeRuns } from "./resume-runs.ts";
import { testedAccount } from "./tested-account.ts";

/**
 * Changes a connection. New settings or credentials are tested before they are stored, and must lead to the same remote account:
 * its links point there. Doing so also ends `needs_reconnect`, and the kept queue goes on.
 */
export async function changeConnection(
  deps: Deps,
  actor: UserActor,
  id: string,
  change: ConnectionChange,
): Promise<ConnectionRow> {
  const row = await getConnection(deps.db, actor, id);
  const reconnected = change.settings || change.credentials ? await reconnect(deps, row, change) : {};
  const { siteIds, settings: _settings, credentials: _credentials, ...rest } = change;
  await deps.db.transaction(async (tx) => {
    await updateConnection(tx, id, { ...rest, ...reconnected });
    if (siteIds) await replaceConnectionSites(tx, id, siteIds);
    if ("status" in reconnected) await resumeRuns(tx, deps, id);
    await insertAudit(tx, deps, actor, {
      action: "connection.changed",
      subject: { kind: "connection", id },
      data: { changed: Object.keys(change) },
    });
  });
  const changed = await getConnection(deps.db, actor, id);
  publishConnection(deps, changed);
  return changed;
}

async function reconnect(deps: Deps, row: ConnectionRow, change: ConnectionChange) {
  const settings = change.settings ?? row.settings;
  const credentials = change.credentials ?? storedCredentials(deps, row);
  const account = await testedAccount(deps, { provider: row.provider, settings, credentials, facts: row.facts });
  if (account.accountId !== row.accountId) {
    throw new DomainError(
      "conflict",
      `This is another account (${account.accountName}). The contacts linked through this connection are in ` +
        `${row.accountName}: connect the other account as a connection of its own.`,
    );
  }
  return {
    settings,
    credentials: deps.secrets.encrypt(JSON.stringify(credentials), credentialsAad(row.id)),
    credentialHints: credentialHints(credentials),
    accountName: account.accountName,
    facts: account.facts,
    problem: null,
    waitUntil: null,
    ...(row.status === "needs_reconnect" ? { status: "active" as const } : {}),
  };
}
