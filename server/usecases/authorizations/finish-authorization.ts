import type { Provider } from "@rolodesk/shared/vocabulary";
import { insertAudit } from "../../db/queries/audit.ts";
import { type PendingAuthorizationRow, putGrant, takePendingAuthorization } from "../../db/queries/authorization.ts";
import { type ConnectionRow, findConnection, updateConnection } from "../../db/queries/connection.ts";
import { hurryRefusedFeed } from "../../db/queries/phone-call-feed.ts";
import type { Deps } from "../../deps.ts";
import type { AccountInfo } from "../../domain/connector.ts";
import { ConnectorError } from "../../domain/connector-error.ts";
import { DomainError } from "../../domain/domain-error.ts";
import type { Authorizer } from "../../integrations/authorizer.ts";
import type { ReadyGrant } from "../../integrations/oauth.ts";
import { assertAdmin } from "../access.ts";
import { getConnection } from "../connections/get-connection.ts";
import { insertNewConnection } from "../connections/insert-new-connection.ts";
import { publishConnection } from "../connections/publish-connection.ts";
import { reconnected } from "../connections/reconnected.ts";
import { resumeRuns } from "../connections/resume-runs.ts";
import { assertSameAccount } from "../connections/same-account.ts";
import { testedAccount } from "../connections/tested-account.ts";
import type { Authorizing } from "./begin-authorization.ts";
import { openEntry, type PendingEntry, redirectUriOf, stateHashOf } from "./pending-entry.ts";
import { sealGrant } from "./stored-grant.ts";

/** What the vendor sent the browser back with. */
interface AuthorizationAnswer {
  readonly provider: Provider;
  readonly state: string | undefined;
  readonly code: string | undefined;
  /** Instead of a code, e.g. `access_denied`. */
  readonly error: string | undefined;
}

interface Authorized extends Omit<PendingEntry, "verifier"> {
  readonly provider: Provider;
  readonly grant: ReadyGrant;
  readonly account: AccountInfo;
}

const NOT_OPEN =
  "This authorization is not open here: it was finished already, is older than ten minutes, or was begun in another browser. Begin it again.";

/**
 * Ends an authorization for the session that began it: the code becomes tokens, the account is tested, and a connection is
 * stored or goes on. A state works once, whatever comes of it. Throws `bad_request` or `conflict` in words for people.
 */
export async function finishAuthorization(
  deps: Deps,
  { actor, sessionId }: Authorizing,
  { provider, state, code, error }: AuthorizationAnswer,
): Promise<ConnectionRow> {
  assertAdmin(actor);
  const authorizer = deps.connectors.authorizerOf(provider);
  if (!authorizer || !state) throw new DomainError("bad_request", NOT_OPEN);
  const pending = await takePendingAuthorization(deps.db, { stateHash: stateHashOf(state), sessionId, provider });
  if (!pending || pending.expiresAt <= deps.now()) throw new DomainError("bad_request", NOT_OPEN);
  if (error || !code) {
    const { name } = deps.connectors.kindOf(provider);
    const words = error === "access_denied" ? "nobody agreed" : "it gave no code";
    throw new DomainError("bad_request", `${name} connected no account: ${words}.`);
  }
  const row = pending.connectionId ? await getConnection(deps.db, actor, pending.connectionId) : undefined;
  const authorized = await exchange(deps, authorizer, { pending, code, row });
  const id = row ? await storeAgain(deps, actor, row, authorized) : await storeNew(deps, actor, authorized);
  const stored = await findConnection(deps.db, id);
  if (!stored) throw new DomainError("not_found", "This connection was removed meanwhile.");
  publishConnection(deps, stored);
  return stored;
}

interface Exchanging {
  readonly pending: PendingAuthorizationRow;
  readonly code: string;
  readonly row: ConnectionRow | undefined;
}

async function exchange(deps: Deps, authorizer: Authorizer, { pending, code, row }: Exchanging): Promise<Authorized> {
  const { provider } = pending;
  const { verifier, ...entered } = openEntry(deps, pending);
  const { credentials } = entered;
  const redirectUri = redirectUriOf(deps.config, provider);
  const request = { settings: entered.settings, credentials, code, redirectUri, verifier };
  const { grant, settings: told } = await authorizer.exchange(request).catch(toRefusal);
  const settings = { ...entered.settings, ...told };
  const tokens = { get: async () => grant.accessToken, drop() {} };
  const account = await testedAccount(deps, { provider, settings, credentials, facts: row?.facts ?? {}, tokens });
  return { ...entered, settings, provider, grant, account };
}

async function storeNew(deps: Deps, actor: Authorizing["actor"], authorized: Authorized): Promise<string> {
  const { grant, ...connection } = authorized;
  const id = deps.newId();
  await deps.db.transaction(async (tx) => {
    await insertNewConnection(tx, deps, actor, { id, access: "oauth", ...connection });
    await putGrant(tx, { connectionId: id, ...sealGrant(deps, id, grant) });
  });
  return id;
}

async function storeAgain(
  deps: Deps,
  actor: Authorizing["actor"],
  row: ConnectionRow,
  authorized: Authorized,
): Promise<string> {
  const { grant, account } = authorized;
  assertSameAccount(row, account);
  await deps.db.transaction(async (tx) => {
    const change = reconnected(deps, row, authorized, account);
    await updateConnection(tx, row.id, { ...change, access: "oauth" });
    await putGrant(tx, { connectionId: row.id, ...sealGrant(deps, row.id, grant) });
    if ("status" in change) await resumeRuns(tx, deps, row.id);
    await hurryRefusedFeed(tx, row.id, deps.now());
    await insertAudit(tx, deps, actor, {
      action: "connection.authorized",
      subject: { kind: "connection", id: row.id },
    });
  });
  return row.id;
}

function toRefusal(error: unknown): never {
  if (error instanceof ConnectorError) throw new DomainError("bad_request", error.message);
  throw error;
}
