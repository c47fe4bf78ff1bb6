import { and, asc, eq, gt, sql } from "drizzle-orm";
import type { DbOrTx, Tx } from "../client.ts";
import { account, user, verification } from "../schema/auth.ts";

export type UserRow = typeof user.$inferSelect;

export async function findUser(db: DbOrTx, id: string): Promise<UserRow | undefined> {
  const [row] = await db.select().from(user).where(eq(user.id, id));
  return row;
}

/** `email` in lower case. */
export async function findUserByEmail(db: DbOrTx, email: string): Promise<UserRow | undefined> {
  const [row] = await db.select().from(user).where(eq(user.email, email));
  return row;
}

export async function listUsers(db: DbOrTx): Promise<UserRow[]> {
  return await db.select().from(user).orderBy(asc(user.name), asc(user.id));
}

export async function anyUserExists(db: DbOrTx): Promise<boolean> {
  const rows = await db.select({ id: user.id }).from(user).limit(1);
  return rows.length > 0;
}

/** Makes parallel changes to the set of admins wait for each other, until the transaction ends. */
export async function lockAdmins(tx: Tx): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(7265100002)`);
}

export async function countActiveAdmins(db: DbOrTx): Promise<number> {
  return await db.$count(user, and(eq(user.role, "admin"), eq(user.banned, false)));
}

/** Answers undefined when the email address is taken. `passwordHash` null: nobody can sign in yet. */
export async function insertUser(
  tx: Tx,
  row: { id: string; name: string; email: string; role: string },
  passwordHash: string | null,
): Promise<UserRow | undefined> {
  const [inserted] = await tx
    .insert(user)
    .values({ ...row, emailVerified: true })
    .onConflictDoNothing({ target: user.email })
    .returning();
  if (inserted) {
    await tx
      .insert(account)
      .values({ id: row.id, userId: row.id, accountId: row.id, providerId: "credential", password: passwordHash });
  }
  return inserted;
}

export async function updateUser(
  db: DbOrTx,
  id: string,
  change: Partial<Pick<UserRow, "name" | "role" | "banned">>,
): Promise<UserRow | undefined> {
  const [updated] = await db
    .update(user)
    .set({ ...change, updatedAt: sql`now()` })
    .where(eq(user.id, id))
    .returning();
  return updated;
}

export async function findPasswordHash(db: DbOrTx, userId: string): Promise<string | null> {
  const [row] = await db
    .select({ password: account.password })
    .from(account)
    .where(and(eq(account.userId, userId), eq(account.providerId, "credential")));
  return row?.password ?? null;
}

export async function updatePasswordHash(db: DbOrTx, userId: string, password: string): Promise<void> {
  await db
    .update(account)
    .set({ password, updatedAt: sql`now()` })
    .where(and(eq(account.userId, userId), eq(account.providerId, "credential")));
}

/** Replaces an earlier reset link of this user. */
export async function storeResetToken(
  tx: Tx,
  token: { id: string; userId: string; hash: string; expiresAt: Date },
): Promise<void> {
  await tx.delete(verification).where(eq(verification.value, resetValue(token.userId)));
  await tx.insert(verification).values({
    id: token.id,
    identifier: resetIdentifier(token.hash),
    value: resetValue(token.userId),
    expiresAt: token.expiresAt,
  });
}

/** Uses a reset token up; answers whose it was, or null when it is unknown, used or too old. */
export async function takeResetToken(tx: Tx, hash: string, now: Date): Promise<string | null> {
  const [row] = await tx
    .delete(verification)
    .where(and(eq(verification.identifier, resetIdentifier(hash)), gt(verification.expiresAt, now)))
    .returning({ value: verification.value });
  return row ? row.value.slice(RESET.length) : null;
}

const RESET = "password-reset:";
const resetIdentifier = (hash: string) => `${RESET}${hash}`;
const resetValue = (userId: string) => `${RESET}${userId}`;
