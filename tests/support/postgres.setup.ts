import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres from "postgres";
import type { TestProject } from "vitest/node";
import { startEmbedded } from "../../server/db/embedded/start-embedded.ts";
import { migrateDatabase } from "../../server/db/migrate.ts";
import { isEmptied, readTables, type TemplateTables } from "./emptied-databases.ts";
import { onDatabase, TEST_DATABASE_PREFIX } from "./test-database.ts";

declare module "vitest" {
  interface ProvidedContext {
    postgres: { url: string; prefix: string; template: string; tables: TemplateTables };
  }
}

/**
 * One server for the whole run (TEST_DATABASE_URL or DATABASE_URL where set, else an embedded one that forgets fast) with a migrated
 * template, from which every test file copies a database of its own.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), "rolodesk-test-"));
  const external = process.env.TEST_DATABASE_URL || process.env.DATABASE_URL;
  const embedded = external
    ? undefined
    : await startEmbedded({ folder: join(folder, "postgres"), durable: false, dieWithParent: true });
  const url = external ?? embedded?.url ?? "";
  const prefix = `${TEST_DATABASE_PREFIX}${process.pid}_`;
  const template = `${prefix}template`;

  const admin = postgres(url, { max: 1, onnotice() {} });
  await admin`drop database if exists ${admin(template)}`;
  await admin`create database ${admin(template)}`;
  await migrateDatabase(onDatabase(url, template));
  project.provide("postgres", { url, prefix, template, tables: await tablesOf(onDatabase(url, template)) });

  return async () => {
    await admin`drop database ${admin(template)}`;
    const left = await admin<{ datname: string }[]>`
      select datname from pg_database where starts_with(datname, ${prefix})`;
    for (const { datname } of left) await admin`drop database ${admin(datname)} with (force)`;
    await admin.end();
    await embedded?.stop();
    rmSync(folder, { recursive: true, force: true });
    const undropped = left.filter(({ datname }) => !isEmptied(datname, prefix));
    // a test that failed did not come to its drop(): one failure is to be told, not two
    const allPassed = project.vitest.state.getCountOfFailedTests() === 0;
    if (undropped.length > 0 && allPassed)
      throw new Error(`${undropped.length} test databases were not dropped: call drop() in afterAll.`);
  };
}

async function tablesOf(url: string): Promise<TemplateTables> {
  const sql = postgres(url, { max: 1 });
  try {
    return await readTables(sql);
  } finally {
    await sql.end();
  }
}
