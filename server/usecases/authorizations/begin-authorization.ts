import { createHash, randomBytes } from "node:crypto";
import type { AuthorizationStart, NewAuthorization, ReAuthorization } from "@rolodesk/shared/authorization";
import type { Provider } from "@rolodesk/shared/vocabulary";
import type { UserActor } from "../../actor.ts";
import { insertPendingAuthorization, purgePendingAuthorizations } from "../../db/queries/authorization.ts";
import type { Deps } from "../../deps.ts";
import { DomainError } from "../../domain/domain-error.ts";
import { assertAdmin } from "../access.ts";
import { getConnection } from "../connections/get-connection.ts";
import { storedCredentials } from "../connections/stored-credentials.ts";
import { type PendingEntry, redirectUriOf, sealEntry, stateHashOf } from "./pending-entry.ts";

/** Who authorizes, and in which signed-in session: only that one may come back. */
export interface Authorizing {
  readonly actor: UserActor;
  readonly sessionId: string;
}

const OPEN_MS = 10 * 60_000;
const STATE_BYTES = 32;

/** Begins to connect a new account: the answer is the vendor's page to open. */
export async function beginAuthorization(
  deps: Deps,
  who: Authorizing,
  { provider, name, settings, credentials, siteIds }: NewAuthorization,
): Promise<AuthorizationStart> {
  assertAdmin(who.actor);
  return await begin(deps, who, { provider, connectionId: null, name, settings, credentials, siteIds });
}

/**
 * Begins to authorize a connection again, or to let one that has a key be authorized from now on. Without credentials the
 * stored app is used.
 */
export async function beginReauthorization(
  deps: Deps,
  who: Authorizing,
  connectionId: string,
  change: ReAuthorization,
): Promise<AuthorizationStart> {
  const row = await getConnection(deps.db, who.actor, connectionId);
  const stored = row.access === "oauth" ? storedCredentials(deps, row) : {};
  return await begin(deps, who, {
    provider: row.provider,
    connectionId,
    name: row.name,
    settings: { ...row.settings, ...change.settings },
    credentials: change.credentials ?? stored,
    siteIds: [],
  });
}

interface Begun extends Omit<PendingEntry, "verifier"> {
  readonly provider: Provider;
  readonly connectionId: string | null;
}

async function begin(
  deps: Deps,
  { sessionId }: Authorizing,
  { provider, connectionId, ...entered }: Begun,
): Promise<AuthorizationStart> {
  const authorizer = deps.connectors.authorizerOf(provider);
  if (!authorizer) throw new DomainError("bad_request", "This CRM is connected with a key.");
  const problems = authorizer.problemsWith(entered);
  if (Object.keys(problems).length > 0) {
    throw new DomainError("bad_request", "Some of these details are not usable.", problems);
  }
  const state = randomBytes(STATE_BYTES).toString("base64url");
  const verifier = randomBytes(STATE_BYTES).toString("base64url");
  const stateHash = stateHashOf(state);
  const now = deps.now();
  await deps.db.transaction(async (tx) => {
    await purgePendingAuthorizations(tx, now);
    await insertPendingAuthorization(tx, {
      stateHash,
      sessionId,
      provider,
      connectionId,
      sealed: sealEntry(deps, stateHash, { ...entered, verifier }),
      expiresAt: new Date(now.getTime() + OPEN_MS),
    });
  });
  const challenge = createHash("sha256").update(verifier).digest("base64url");
  const redirectUri = redirectUriOf(deps.config, provider);
  const { settings, credentials } = entered;
  return { url: authorizer.authorizeUrl({ settings, credentials, redirectUri, state, challenge }) };
}
