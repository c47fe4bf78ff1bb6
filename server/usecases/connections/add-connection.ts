import type { NewConnection } from "@rolodesk/shared/connection";
import type { UserActor } from "../../actor.ts";
import { insertAudit } from "../../db/queries/audit.ts";
import {
  type ConnectionRow,
  findConnection,
  insertConnection,
  replaceConnectionSites,
  replaceMapping,
} from "../../db/queries/connection.ts";
import type { Deps } from "../../deps.ts";
import { assertAdmin } from "../access.ts";
import { credentialHints } from "./credential-hints.ts";
import { credentialsAad } from "./open-connection.ts";
import { publishConnection } from "./publish-connection.ts";
import { testedAccount } from "./tested-account.ts";

/** Connects an account: tested with a read that names it, credentials sealed, the default mapping in place. */
export async function addConnection(deps: Deps, actor: UserActor, input: NewConnection): Promise<ConnectionRow> {
  assertAdmin(actor);
  const { provider, name, settings, credentials, siteIds } = input;
  const account = await testedAccount(deps, { provider, settings, credentials, facts: {} });
  const id = deps.newId();
  await deps.db.transaction(async (tx) => {
    await insertConnection(tx, {
      id,
      provider,
      name,
      settings,
      credentials: deps.secrets.encrypt(JSON.stringify(credentials), credentialsAad(id)),
      credentialHints: credentialHints(credentials),
      accountId: account.accountId,
      accountName: account.accountName,
      facts: account.facts,
    });
    await replaceConnectionSites(tx, id, siteIds);
    const { defaultMapping } = deps.connectors.kindOf(provider);
    await replaceMapping(
      tx,
      id,
      defaultMapping.map((row, position) => ({ id: deps.newId(), connectionId: id, position, ...row })),
    );
    await insertAudit(tx, deps, actor, {
      action: "connection.added",
      subject: { kind: "connection", id },
      data: { provider, name, accountId: account.accountId },
    });
  });
  const row = await findConnection(deps.db, id);
  if (!row) throw new Error("A connection that was just stored exists.");
  publishConnection(deps, row);
  return row;
}
