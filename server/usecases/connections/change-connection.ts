import type { ConnectionChange } from "@rolodesk/shared/connection";
import type { UserActor } from "../../actor.ts";
import { insertAudit } from "../../db/queries/audit.ts";
import { deleteGrant } from "../../db/queries/authorization.ts";
import { type ConnectionRow, replaceConnectionSites, updateConnection } from "../../db/queries/connection.ts";
import { hurryRefusedFeed } from "../../db/queries/phone-call-feed.ts";
import type { Deps } from "../../deps.ts";
import { grantTokens } from "../authorizations/grant-tokens.ts";
import { getConnection } from "./get-connection.ts";
import { publishConnection } from "./publish-connection.ts";
import { reconnected } from "./reconnected.ts";
import { resumeRuns } from "./resume-runs.ts";
import { assertSameAccount } from "./same-account.ts";
import { storedCredentials } from "./stored-credentials.ts";
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
  const tested = change.settings || change.credentials ? await reconnect(deps, row, change) : {};
  const { siteIds, settings: _settings, credentials: _credentials, ...rest } = change;
  await deps.db.transaction(async (tx) => {
    await updateConnection(tx, id, { ...rest, ...tested });
    if ("access" in tested && tested.access === "key") await deleteGrant(tx, id);
    if (siteIds) await replaceConnectionSites(tx, id, siteIds);
    if ("status" in tested) await resumeRuns(tx, deps, id);
    if ("credentials" in tested) await hurryRefusedFeed(tx, id, deps.now());
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

/** Pasted credentials take the place of an authorization. */
async function reconnect(deps: Deps, row: ConnectionRow, change: ConnectionChange) {
  const settings = change.settings ? { ...unlisted(deps, row), ...change.settings } : row.settings;
  const credentials = change.credentials ?? storedCredentials(deps, row);
  const access = change.credentials ? "key" : row.access;
  const tokens = access === "oauth" ? grantTokens(deps, row.id) : undefined;
  const { provider, facts } = row;
  const account = await testedAccount(deps, { provider, settings, credentials, facts, tokens });
  assertSameAccount(row, account);
  return { ...reconnected(deps, row, { settings, credentials }, account), access };
}

/** Settings that no form shows stay as they are: the addresses of a simulator, or of a vendor's other host. */
function unlisted(deps: Deps, { provider, settings }: ConnectionRow): Record<string, string> {
  const { inputs, oauth } = deps.connectors.kindOf(provider);
  const listed = new Set([...inputs, ...(oauth?.inputs ?? [])].map(({ name }) => name));
  return Object.fromEntries(Object.entries(settings).filter(([name]) => !listed.has(name)));
}
