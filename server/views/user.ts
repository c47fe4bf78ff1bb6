import type { Me, User } from "@rolodesk/shared/user";
import type { Role } from "@rolodesk/shared/vocabulary";
import type { UserActor } from "../actor.ts";
import type { Db } from "../db/client.ts";
import { sitesByAgent } from "../db/queries/site.ts";
import { findUser, listUsers, type UserRow } from "../db/queries/user.ts";
import { DomainError, notFound } from "../domain/domain-error.ts";
import type { Presence } from "../presence.ts";

export async function readUsers({ db, presence }: { db: Db; presence: Presence }): Promise<User[]> {
  const [rows, sites] = await Promise.all([listUsers(db), sitesByAgent(db)]);
  const online = new Set(presence.onlineUserIds());
  return rows.map((row) => toUser(row, sites.get(row.id) ?? [], online.has(row.id)));
}

export async function readUser({ db, presence }: { db: Db; presence: Presence }, id: string): Promise<User> {
  const [row, sites] = await Promise.all([findUser(db, id), sitesByAgent(db)]);
  if (!row) throw notFound("user");
  return toUser(row, sites.get(id) ?? [], presence.onlineUserIds().includes(id));
}

export async function readMe(db: Db, actor: UserActor, demo: boolean): Promise<Me> {
  const row = await findUser(db, actor.userId);
  if (!row) throw new DomainError("unauthenticated", "Sign in again.");
  return { id: row.id, name: row.name, email: row.email, role: actor.role, demo };
}

function toUser(row: UserRow, siteIds: string[], online: boolean): User {
  return {
    id: row.id,
    name: row.name,
    email: row.email,
    role: toRole(row.role),
    siteIds,
    active: !row.banned,
    online,
    createdAt: row.createdAt.toISOString(),
  };
}

function toRole(stored: string): Role {
  return stored === "admin" ? "admin" : "agent";
}
