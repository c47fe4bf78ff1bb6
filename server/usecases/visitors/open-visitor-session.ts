import type { OpenSession, VisitorSession } from "@rolodesk/shared/visitor";
import type { Tx } from "../../db/client.ts";
import { findOpenConversationId } from "../../db/queries/conversation.ts";
import { findSiteByKey, type SiteRow } from "../../db/queries/site.ts";
import {
  deleteVisitorSession,
  insertVisitor,
  insertVisitorSession,
  markSessionRenewed,
  type SessionWithVisitor,
  updateVisitor,
  type VisitorRow,
} from "../../db/queries/visitor.ts";
import { spendToken } from "../../db/queries/vouched.ts";
import type { Deps } from "../../deps.ts";
import { notFound } from "../../domain/domain-error.ts";
import { toVisitorIdentity } from "../../views/visitor.ts";
import { hashToken, mintToken } from "../bearer-token.ts";
import { publishConversation } from "../conversations/publish-conversation.ts";
import { becomeSubject } from "./become-subject.ts";
import { ACCESS_MS, findRenewableSession, RENEWABLE_MS } from "./find-renewable-session.ts";
import { readSignedIdentity, type VouchedIdentity } from "./read-signed-identity.ts";

/** Whose session was held until now, and the token that came with the request, whatever it is worth. */
interface Held {
  readonly session: SessionWithVisitor | undefined;
  readonly bearer: string | null;
}

/** Who the session is for, and what the change ended or moved. */
interface Entry {
  readonly visitor: VisitorRow;
  readonly endedSessionIds: readonly string[];
  /** Conversations that changed hands, ended or learned something. */
  readonly touchedConversationIds: readonly string[];
}

/**
 * Opens a visitor's session or renews it: the token that came with the request is exchanged for a new one. A token that
 * can no longer be renewed is as good as none. A signed identity decides whose session it is; one that does not hold, or a
 * store's token that was used before, makes the session `failed`, and anonymous.
 */
export async function openVisitorSession(
  deps: Deps,
  { siteKey, identityToken }: OpenSession,
  bearer: string | null,
): Promise<VisitorSession> {
  const site = await findSiteByKey(deps.db, siteKey);
  if (!site) throw notFound("site");
  const found = bearer ? await findRenewableSession(deps, bearer) : undefined;
  const held = found?.visitor.siteId === site.id ? found : undefined;
  const signed = identityToken === undefined ? undefined : await readSignedIdentity(deps, site, identityToken);

  const { entry, session } = await deps.db.transaction(async (tx) => {
    const entry = await enter(tx, deps, site, { session: held, bearer }, signed);
    return { entry, session: await mintSession(tx, deps, entry.visitor) };
  });

  deps.publish.disconnect({ sessionIds: entry.endedSessionIds });
  for (const id of entry.touchedConversationIds) await publishConversation(deps, id);
  return session;
}

async function enter(
  tx: Tx,
  deps: Deps,
  site: SiteRow,
  { session: held, bearer }: Held,
  signed: VouchedIdentity | null | undefined,
): Promise<Entry> {
  const counts = signed ? await countsNow(tx, signed, { session: held, bearer }) : false;
  if (signed && counts) return await becomeSubject(tx, deps, site, held, signed);
  if (signed !== undefined) return await enterFailed(tx, deps, site, held);
  if (held) await markSessionRenewed(tx, held.session.id, deps.now());
  return alone(held?.visitor ?? (await insertVisitor(tx, { id: deps.newId(), siteId: site.id })));
}

/**
 * A store's token opens one session. It may come again from whoever is signed in by it already, and from whoever repeats
 * a request whose answer was lost: nobody gains anything by that.
 */
async function countsNow(tx: Tx, { subject, vouched }: VouchedIdentity, { session, bearer }: Held): Promise<boolean> {
  if (!vouched || session?.visitor.subject === subject) return true;
  const sessionHash = bearer === null ? null : hashToken(bearer);
  const before = await spendToken(tx, { ...vouched.token, sessionHash });
  return before === undefined || (sessionHash !== null && before.sessionHash === sessionHash);
}

/** Somebody whose identity did not hold never continues the session of a person who was verified here before. */
async function enterFailed(tx: Tx, deps: Deps, site: SiteRow, held: SessionWithVisitor | undefined): Promise<Entry> {
  if (held && held.visitor.subject === null) {
    await markSessionRenewed(tx, held.session.id, deps.now());
    return alone(await updateVisitor(tx, held.visitor.id, { identity: "failed" }));
  }
  if (held) await deleteVisitorSession(tx, held.session.id);
  const visitor = await insertVisitor(tx, { id: deps.newId(), siteId: site.id, identity: "failed" });
  return { ...alone(visitor), endedSessionIds: held ? [held.session.id] : [] };
}

function alone(visitor: VisitorRow): Entry {
  return { visitor, endedSessionIds: [], touchedConversationIds: [] };
}

async function mintSession(tx: Tx, deps: Deps, visitor: VisitorRow): Promise<VisitorSession> {
  const { token, hash } = mintToken();
  const now = deps.now().getTime();
  const expiresAt = new Date(now + ACCESS_MS);
  await insertVisitorSession(tx, {
    id: deps.newId(),
    visitorId: visitor.id,
    tokenHash: hash,
    expiresAt,
    renewUntil: new Date(now + RENEWABLE_MS),
  });
  return {
    token,
    expiresAt: expiresAt.toISOString(),
    visitorId: visitor.id,
    identity: toVisitorIdentity(visitor),
    openConversationId: await findOpenConversationId(tx, visitor.id),
  };
}
