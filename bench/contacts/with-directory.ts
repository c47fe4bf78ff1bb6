import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres from "postgres";
import type { UserActor } from "../../server/actor.ts";
import { startEmbedded } from "../../server/db/embedded/start-embedded.ts";
import { migrateDatabase } from "../../server/db/migrate.ts";
import type { Deps } from "../../server/deps.ts";
import { openDeps } from "../../tests/support/open-deps.ts";
import { seedDirectory } from "./seed.ts";

export const CONTACTS = Number(process.env.CONTACTS ?? 1_000_000);
const ENDS_AFTER_MS = 30 * 60_000;

/** Does something with a database of so many contacts, which is there for as long as that takes. */
export async function withDirectory(measure: (deps: Deps) => Promise<void>): Promise<void> {
  const tooLate = setTimeout(() => {
    console.error("The bench took too long.");
    process.exit(1);
  }, ENDS_AFTER_MS);
  const folder = mkdtempSync(join(tmpdir(), "rolodesk-bench-"));
  const database = await startEmbedded({ folder: join(folder, "postgres"), dieWithParent: true });
  const { deps, close } = openDeps(database.url, Buffer.alloc(32, 7));
  try {
    await migrateDatabase(database.url);
    const patient = postgres(database.url, { max: 1, onnotice() {} });
    await seedDirectory(patient, CONTACTS);
    await patient.end();
    await measure(deps);
  } finally {
    clearTimeout(tooLate);
    await close();
    await database.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** An admin, or an agent of some sites. */
export function actorOf(siteIds: readonly string[] | null): UserActor {
  return { kind: "user", userId: "bench", name: "Bench", role: siteIds ? "agent" : "admin", siteIds };
}
