import { and, eq, gt, inArray, lt, ne, sql } from "drizzle-orm";
import type { UserActor } from "../../actor.ts";
import type { DbOrTx } from "../client.ts";
import { session, user, verification } from "../schema/auth.ts";
import { siteAgent } from "../schema/site.ts";

export interface LiveSession {
  readonly id: string;
  readonly actor: UserActor;
}

/** Those of these sessions that are still good, with their user as of now: deactivated users have none. */
export async function listLiveSessions(db: DbOrTx, ids: readonly string[], now: Date): Promise<LiveSession[]> {
  if (ids.length === 0) return [];
  const rows = await db
    .select({
      id: session.id,
      userId: user.id,
      name: user.name,
      role: sql<UserActor["role"]>`${user.role}`,
      siteIds: sql<
        string[] | null
      >`(select array_agg(${siteAgent.siteId}) from ${siteAgent} where ${siteAgent.userId} = ${user.id})`,
    })
    .from(session)
    .innerJoin(user, eq(user.id, session.userId))
    .where(and(inArray(session.id, [...ids]), gt(session.expiresAt, now), eq(user.banned, false)));
  return rows.map(({ id, userId, name, role, siteIds }) => ({
    id,
    actor: { kind: "user", userId, name, role, siteIds: role === "admin" ? null : siteIds },
  }));
}

export async function deleteSession(db: DbOrTx, id: string): Promise<void> {
  await db.delete(session).where(eq(session.id, id));
}

/** Ends all sessions of a user but `keep`; answers the ids of those that ended. */
export async function deleteSessionsOfUser(db: DbOrTx, userId: string, keep?: string): Promise<string[]> {
  const rows = await db
    .delete(session)
    .where(and(eq(session.userId, userId), keep ? ne(session.id, keep) : undefined))
    .returning({ id: session.id });
  return rows.map(({ id }) => id);
}

/** Forgets sessions and links that are past their time. */
export async function purgeExpired(db: DbOrTx, now: Date): Promise<void> {
  await db.delete(session).where(lt(session.expiresAt, now));
  await db.delete(verification).where(lt(verification.expiresAt, now));
}
