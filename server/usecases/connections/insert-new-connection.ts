import type { ConnectionAccess, Provider } from "@rolodesk/shared/vocabulary";
import type { UserActor } from "../../actor.ts";
import type { Tx } from "../../db/client.ts";
import { insertAudit } from "../../db/queries/audit.ts";
import { insertConnection, replaceConnectionSites, replaceMapping } from "../../db/queries/connection.ts";
import type { Deps } from "../../deps.ts";
import type { AccountInfo } from "../../domain/connector.ts";
import { credentialHints } from "./credential-hints.ts";
import { credentialsAad } from "./stored-credentials.ts";

interface TestedConnection {
  readonly id: string;
  readonly provider: Provider;
  readonly access: ConnectionAccess;
  readonly name: string;
  readonly settings: Record<string, string>;
  readonly credentials: Record<string, string>;
  readonly siteIds: readonly string[];
  /** As the test named it. */
  readonly account: AccountInfo;
}

/** Stores a connection: credentials sealed, the default mapping in place. */
export async function insertNewConnection(
  tx: Tx,
  deps: Deps,
  actor: UserActor,
  { id, provider, access, name, settings, credentials, siteIds, account }: TestedConnection,
): Promise<void> {
  await insertConnection(tx, {
    id,
    provider,
    access,
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
    data: { provider, access, name, accountId: account.accountId },
  });
}
