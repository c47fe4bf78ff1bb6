import { and, desc, eq, isNull, lt, or } from "drizzle-orm";
import type { DbOrTx } from "../client.ts";
import { apiKey } from "../schema/api.ts";
import { user } from "../schema/auth.ts";

export type ApiKeyRow = typeof apiKey.$inferSelect;

export interface ListedApiKey {
  readonly key: ApiKeyRow;
  readonly maker: { readonly name: string; readonly role: string; readonly banned: boolean };
}

const listed = { key: apiKey, maker: { name: user.name, role: user.role, banned: user.banned } };

/** Newest first. */
export async function listApiKeys(db: DbOrTx): Promise<ListedApiKey[]> {
  return await db.select(listed).from(apiKey).innerJoin(user, eq(user.id, apiKey.createdBy)).orderBy(desc(apiKey.id));
}

export async function findListedApiKey(db: DbOrTx, id: string): Promise<ListedApiKey | undefined> {
  const [row] = await db
    .select(listed)
    .from(apiKey)
    .innerJoin(user, eq(user.id, apiKey.createdBy))
    .where(eq(apiKey.id, id));
  return row;
}

/** A key by the hash of its secret. The database compares hashes, so the time it takes tells nothing of the secret. */
export async function findApiKeyByHash(db: DbOrTx, hash: string): Promise<ApiKeyRow | undefined> {
  const [row] = await db.select().from(apiKey).where(eq(apiKey.hash, hash));
  return row;
}

export async function insertApiKey(db: DbOrTx, row: typeof apiKey.$inferInsert): Promise<void> {
  await db.insert(apiKey).values(row);
}

/** Answers undefined when there is no such key; one that is revoked already stays as it was. */
export async function revokeApiKeyRow(db: DbOrTx, id: string, at: Date): Promise<ApiKeyRow | undefined> {
  const [row] = await db
    .update(apiKey)
    .set({ revokedAt: at })
    .where(and(eq(apiKey.id, id), isNull(apiKey.revokedAt)))
    .returning();
  return row;
}

/** Notes that a key was used, unless that was noted after `since`. */
export async function noteApiKeyUse(db: DbOrTx, id: string, at: Date, since: Date): Promise<void> {
  await db
    .update(apiKey)
    .set({ lastUsedAt: at })
    .where(and(eq(apiKey.id, id), or(isNull(apiKey.lastUsedAt), lt(apiKey.lastUsedAt, since))));
}
