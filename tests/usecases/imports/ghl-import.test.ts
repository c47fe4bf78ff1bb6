import { count, eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findImportRun, type ImportRunRow } from "../../../server/db/queries/import-run.ts";
import { contact, contactIdentity } from "../../../server/db/schema/contact.ts";
import { crmLink, syncRun } from "../../../server/db/schema/sync.ts";
import { startImport } from "../../../server/usecases/imports/start-import.ts";
import { createSyncRig, type SyncRig } from "../../support/sync-rig.ts";

/** `bench/import-crm.ts` does the same with 10,000. */
const PEOPLE = 2_000;
const PER_PAGE = 100;

let rig: SyncRig;
let connectionId: string;

beforeAll(async () => {
  rig = await createSyncRig();
  connectionId = await rig.connect("ghl");
  for (let n = 0; n < PEOPLE; n += 1) rig.ghl.seed("contact", personOf(n));
  rig.advance(60 * 60_000);
});
afterAll(() => rig.close());

function personOf(n: number) {
  const phone = `+1202555${String(n).padStart(4, "0")}`;
  return { firstName: `Ann${n}`, lastName: "Demo", email: `person-${n}@example.com`, ...(n % 2 === 0 && { phone }) };
}

async function importAll(kind: "full" | "changes" = "full"): Promise<ImportRunRow> {
  rig.ghl.journal.clear();
  const id = await startImport(rig.deps, rig.admin, { connectionId, kind });
  await rig.workUntilIdle();
  const run = await findImportRun(rig.deps.db, id);
  if (!run) throw new Error("The run is gone.");
  return run;
}

async function countOf(table: typeof contact | typeof crmLink | typeof contactIdentity): Promise<number> {
  const [row] = await rig.deps.db.select({ rows: count() }).from(table);
  return row?.rows ?? 0;
}

describe("an import of all contacts from HighLevel", () => {
  test("takes a call for each hundred and one more, adds up, and writes nothing to any CRM", async () => {
    const run = await importAll();
    expect(run).toMatchObject({ status: "done", total: PEOPLE, imported: PEOPLE, errors: 0, conflicts: 0 });
    expect(rig.ghl.journal.entries.length).toBeLessThanOrEqual(PEOPLE / PER_PAGE + 1);
    expect(rig.ghl.journal.entries.every(({ path }) => path.startsWith("/contacts/search"))).toBe(true);
    expect(await countOf(contact)).toBe(PEOPLE);
    expect(await countOf(crmLink)).toBe(PEOPLE);
    expect(await countOf(contactIdentity)).toBe(PEOPLE * 1.5);
    expect(await rig.deps.db.select().from(syncRun)).toEqual([]);
  });

  test("a second run finds nothing new", async () => {
    const run = await importAll();
    expect(run).toMatchObject({ status: "done", total: PEOPLE, skipped: PEOPLE, unlinked: 0 });
    expect(await countOf(contact)).toBe(PEOPLE);
  });

  test("a run of changes reads only what changed", async () => {
    rig.advance(60 * 60_000);
    const [link] = await rig.deps.db.select().from(crmLink).limit(1);
    if (!link) throw new Error("Nobody is linked.");
    rig.ghl.edit("contact", link.externalId, { firstName: "Anna" });
    const run = await importAll("changes");
    expect(run).toMatchObject({ kind: "changes", status: "done", updated: 1 });
    expect(run.total).toBeLessThanOrEqual(2);
    expect(rig.ghl.journal.entries).toHaveLength(1);
    const [row] = await rig.deps.db.select().from(contact).where(eq(contact.id, link.contactId));
    expect(row).toMatchObject({ firstName: "Anna", lastName: "Demo" });
  });
});
