import { type ConnectionGrantRow, changeGrant, findGrant } from "../../db/queries/authorization.ts";
import { findConnection } from "../../db/queries/connection.ts";
import type { Deps } from "../../deps.ts";
import { ConnectorError } from "../../domain/connector-error.ts";
import type { Authorizer, EnteredApp } from "../../integrations/authorizer.ts";
import type { Grant } from "../../integrations/oauth.ts";
import { storedCredentials } from "../connections/stored-credentials.ts";
import { openGrant, sealGrant } from "./stored-grant.ts";

export interface AccessToken {
  readonly value: string;
  /** Epoch ms until which it is used. */
  readonly goodUntil: number;
}

/** A call may begin this long before its token ends. */
const MARGIN_MS = 2 * 60_000;
/** Longer than two calls to a token endpoint take. */
const LOCK_WAIT_MS = 40_000;
/** The place of the grant among the locks of a connection's records. */
const GRANT_LOCK = "grant";

/**
 * An access token of an authorized connection that is good for a while yet, and not `refused`. Where it has to be renewed, one
 * process does it and all others wait for what it got: a refresh token may work only once. Throws `auth_expired` in words
 * when somebody has to authorize again.
 */
export async function freshToken(deps: Deps, connectionId: string, refused: string | null): Promise<AccessToken> {
  const held = goodToken(deps, await readGrant(deps, connectionId), refused);
  if (held) return held;
  const renewed = await holdGrant(deps, connectionId, () => renew(deps, connectionId, refused));
  if (renewed === "busy") throw new ConnectorError("unavailable", "The tokens of this connection are being renewed.");
  return renewed;
}

/** Nobody renews the tokens meanwhile. */
export async function holdGrant<T>(
  { locks }: Pick<Deps, "locks">,
  connectionId: string,
  work: () => Promise<T>,
): Promise<T | "busy"> {
  return await locks.hold(connectionId, GRANT_LOCK, LOCK_WAIT_MS, work);
}

async function renew(deps: Deps, connectionId: string, refused: string | null): Promise<AccessToken> {
  const row = await readGrant(deps, connectionId);
  const byOthers = goodToken(deps, row, refused);
  if (byOthers) return byOthers;
  const connection = await findConnection(deps.db, connectionId);
  const authorizer = connection && deps.connectors.authorizerOf(connection.provider);
  if (!authorizer) throw notAuthorized();
  const app = { settings: connection.settings, credentials: storedCredentials(deps, connection) };
  const grant = openGrant(deps, row);
  const isUsable = grant.accessToken === null && grant.expiresAt > deps.now().getTime() + MARGIN_MS;
  const renewed = isUsable ? { row, grant } : await refresh(deps, authorizer, app, row);
  const ready = await authorizer.narrow({ ...app, grant: renewed.grant });
  if (renewed.grant.accessToken === null) await store(deps, renewed.row, ready);
  return { value: ready.accessToken, goodUntil: ready.expiresAt - MARGIN_MS };
}

/** The moment of asking is stored before, the answer right after: a crash in between is known for what it is. */
async function refresh(deps: Deps, authorizer: Authorizer, app: EnteredApp, row: ConnectionGrantRow) {
  await changeGrant(deps.db, row, { refreshSentAt: deps.now() });
  try {
    const grant = await authorizer.refresh({ ...app, grant: openGrant(deps, row) });
    return { grant, row: await store(deps, row, grant) };
  } catch (error) {
    if (!(error instanceof ConnectorError) || error.code !== "auth_expired") throw error;
    const lost = row.refreshSentAt !== null;
    // an answer came: whoever asks next is not to take this one for lost
    if (!lost) await changeGrant(deps.db, row, { refreshSentAt: null });
    const words = lost
      ? "New tokens were asked for and the answer was lost; the old ones are not accepted any more. Authorize this connection again."
      : `${error.message.replace(/[.\s]+$/, "")}. Authorize this connection again.`;
    throw new ConnectorError("auth_expired", words, { status: error.status, cause: error });
  }
}

/** What the grant is stored as now. Where somebody authorized anew meanwhile, theirs stays. */
async function store(deps: Deps, row: ConnectionGrantRow, grant: Grant): Promise<ConnectionGrantRow> {
  const sealed = sealGrant(deps, row.connectionId, grant);
  await changeGrant(deps.db, row, sealed);
  return { ...row, ...sealed };
}

async function readGrant(deps: Deps, connectionId: string): Promise<ConnectionGrantRow> {
  const row = await findGrant(deps.db, connectionId);
  if (!row) throw notAuthorized();
  return row;
}

function goodToken(deps: Deps, row: ConnectionGrantRow, refused: string | null): AccessToken | null {
  const { accessToken, expiresAt } = openGrant(deps, row);
  const goodUntil = expiresAt - MARGIN_MS;
  const isGood = accessToken !== null && accessToken !== refused && goodUntil > deps.now().getTime();
  return isGood ? { value: accessToken, goodUntil } : null;
}

function notAuthorized(): ConnectorError {
  return new ConnectorError("auth_expired", "This connection is not authorized any more. Authorize it again.");
}
