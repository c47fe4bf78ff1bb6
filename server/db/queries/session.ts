import { and, eq, gt, inArray, lt, ne, sql } from "drizzle-orm";
import type { UserActor } from "../../actor.ts";
import type { DbOrTx } from "../client.ts";
import { session, user, verification } from "../schema/auth.ts";
import { siteAgent } from "../schema/site.ts";

export interface LiveSession {
  readonly id: string;
  readonly actor: UserActor;
}

const actorColumns = {
  userId: user.id,
  name: user.name,
  role: sql<UserActor["role"]>`${user.role}`,
  // columns are written in full: drizzle shortens them where `user` is the only table
  siteIds: sql<string[] | null>`(select array_agg(sa.site_id) from ${siteAgent} sa where sa.user_id = "user"."id")`,
};

/** Those of these sessions that are still good, with their user as of now: deactivated users have none. */
export async function listLiveSessions(db: DbOrTx, ids: readonly string[], now: Date): Promise<LiveSession[]> {
  if (ids.length === 0) return [];
  const rows = await db
    .select({ id: session.id, ...actorColumns })
    .from(session)
    .innerJoin(user, eq(user.id, session.userId))
    .where(and(inArray(session.id, [...ids]), gt(session.expiresAt, now), eq(user.banned, false)));
  return rows.map(({ id, ...actor }) => ({ id, actor: toActor(actor) }));
}

function toActor({ userId, name, role, siteIds }: Omit<UserActor, "kind">): UserActor {
  return { kind: "user", userId, name, role, siteIds: role === "admin" ? null : siteIds };
}

/** A user as of now, for work that goes on after the request; undefined for deactivated users. */
export async function findActor(db: DbOrTx, userId: string): Promise<UserActor | undefined> {
  const [row] = await db
    .select(actorColumns)
    .from(user)
    .where(and(eq(user.id, userId), eq(user.banned, false)));
  return row && toActor(row);
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
