import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { UserActor } from "../server/actor.ts";
import { startEmbedded } from "../server/db/embedded/start-embedded.ts";
import { migrateDatabase } from "../server/db/migrate.ts";
import { user } from "../server/db/schema/auth.ts";
import type { Deps } from "../server/deps.ts";
import { openDeps } from "../tests/support/open-deps.ts";

export interface Bench {
  readonly databaseUrl: string;
  /** For files. */
  readonly folder: string;
  readonly secretKey: Buffer;
  readonly deps: Deps;
  /** There as a user. */
  readonly admin: UserActor;
  /** Ends what the bench started: before its database, and what began last first. */
  atEnd(close: () => unknown): void;
}

/**
 * Measures with a database of its own, and ends the process. However that comes about (done, failed, too late, Ctrl-C), first
 * everything is closed and removed that was there for it.
 */
export async function runBench(endsAfterMs: number, measure: (bench: Bench) => Promise<void>): Promise<never> {
  try {
    await measureOnce(endsAfterMs, measure);
  } catch (error) {
    console.error(error);
    process.exit(1);
  }
  process.exit(0);
}

async function measureOnce(endsAfterMs: number, measure: (bench: Bench) => Promise<void>): Promise<void> {
  const closes: (() => unknown)[] = [];
  const atEnd: Bench["atEnd"] = (close) => void closes.unshift(close);
  try {
    await Promise.race([open(atEnd).then(measure), breaksOff(endsAfterMs)]);
  } finally {
    await closeAll(closes);
  }
}

/** What goes wrong where nobody waits for it, a bench that takes too long, and Ctrl-C. A second one changes nothing. */
function breaksOff(afterMs: number): Promise<never> {
  return new Promise((_, reject) => {
    const stop = (why: string) => reject(new Error(`The bench ${why}.`));
    setTimeout(() => stop("took too long"), afterMs).unref();
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => stop("was interrupted"));
    process.on("uncaughtException", reject);
  });
}

async function open(atEnd: Bench["atEnd"]): Promise<Bench> {
  const folder = mkdtempSync(join(tmpdir(), "rolodesk-bench-"));
  atEnd(() => rmSync(folder, { recursive: true, force: true }));
  const starting = startEmbedded({ folder: join(folder, "postgres"), dieWithParent: true });
  // registered before it stands: a start that is interrupted is waited for
  atEnd(async () => (await starting).stop());
  const { url } = await starting;
  await migrateDatabase(url);
  const secretKey = randomBytes(32);
  const { deps, close } = openDeps(url, secretKey);
  atEnd(close);
  const admin: UserActor = { kind: "user", userId: "bench", name: "Bench", role: "admin", siteIds: null };
  await deps.db.insert(user).values({ id: admin.userId, name: admin.name, email: "bench@example.com", role: "admin" });
  return { databaseUrl: url, folder, secretKey, deps, admin, atEnd };
}

async function closeAll([close, ...others]: readonly (() => unknown)[]): Promise<void> {
  try {
    await close?.();
  } finally {
    if (others.length > 0) await closeAll(others);
  }
}
