import { join } from "node:path";
import { startEmbedded } from "./embedded/start-embedded.ts";
import { migrateDatabase } from "./migrate.ts";

interface ProvidedDatabase {
  readonly url: string;
  /** For people: where the data is. */
  readonly description: string;
  stop(): Promise<void>;
}

/** The database named by the environment, else an embedded one in the data folder; migrated either way. */
export async function provideDatabase(external: string | undefined, dataDir: string): Promise<ProvidedDatabase> {
  if (external !== undefined) {
    await migrateDatabase(external);
    const { host, pathname } = new URL(external);
    return { url: external, description: `Postgres at ${host}${pathname}`, async stop() {} };
  }
  const embedded = await startEmbedded({ folder: join(dataDir, "postgres") });
  try {
    await migrateDatabase(embedded.url);
  } catch (error) {
    await embedded.stop();
    throw error;
  }
  return { url: embedded.url, description: `embedded Postgres in ${dataDir}`, stop: embedded.stop };
}
