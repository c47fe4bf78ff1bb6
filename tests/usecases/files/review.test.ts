import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { importRow } from "../../../server/db/schema/staging.ts";
import { eraseContact } from "../../../server/usecases/erase/erase-contact.ts";
import { approveRows, rejectRows } from "../../../server/usecases/files/decide-rows.ts";
import { chooseContact, fixCell } from "../../../server/usecases/files/mend-row.ts";
import { settleDifference } from "../../../server/usecases/files/settle-difference.ts";
import { undoImport } from "../../../server/usecases/files/start-work.ts";
import { viewImportRows } from "../../../server/views/import-row.ts";
import { createFileRig, type FileRig } from "../../support/file-rig.ts";
import { mintEmail } from "../../support/ids.ts";
import { createSyncRig, type SyncRig } from "../../support/sync-rig.ts";

let rig: SyncRig;
let files: FileRig;

beforeAll(async () => {
  rig = await createSyncRig();
  files = createFileRig(rig);
});
afterAll(() => rig.close());

test("a search looks through what the cells say, as they say it, and not at what they are called", async () => {
  const id = await files.read(
    [
      "Company,Name,Email,Phone",
      `"Acme ""Best"" \\ Sons",ÉLODIE Demo,${mintEmail("one")},`,
      `100%_sure,Bea,${mintEmail("two")},+1 202 555 0181`,
    ].join("\n"),
  );
  const found = async (search: string) =>
    (await viewImportRows(rig.deps.db, rig.admin, id, { after: 0, limit: 50, search })).items.map(({ line }) => line);
  expect(await found("élodie")).toEqual([1]);
  expect(await found('acme "best" \\')).toEqual([1]);
  expect(await found("100%_S")).toEqual([2]);
  expect(await found("0%s")).toEqual([]);
  expect(await found("555 0181")).toEqual([2]);
  expect(await found("company")).toEqual([]);
});

test("a batch counts its rows as they are, after everything that changes them", async () => {
  const [known, twice, leaving] = [mintEmail("known"), mintEmail("twice"), mintEmail("leaving")];
  await files.contact({ email: known, firstName: "Ana", company: "Northwind" });
  const erased = await files.contact({ email: leaving, firstName: "Lea" });
  const one = await files.contact({ email: twice, firstName: "One" });
  await files.contact({ email: twice, firstName: "Two" });
  const id = await files.read(
    [
      "Company,Name,Email",
      `Fabrikam,Ana,${known}`,
      `Northwind,Made,${mintEmail("made")}`,
      `Northwind,Twin,${twice}`,
      "Northwind,Bad,not an email",
      `Northwind,Left,${mintEmail("left")}`,
      `Northwind,Lea,${leaving}`,
    ].join("\n"),
  );
  const { deps, admin } = rig;
  const at = (line: number) => ({ batchId: id, line });
  async function counted(): Promise<Record<string, number>> {
    const { differing } = await files.batch(id);
    expect(await files.tally(id)).toEqual(await rowsOf(id));
    const [open] = await deps.db
      .select({ rows: sql<number>`count(*)::int` })
      .from(importRow)
      .where(sql`batch_id = ${id} and open_differences > 0`);
    expect(differing).toBe(open?.rows);
    return await files.tally(id);
  }
  expect(await counted()).toEqual({
    "matched pending": 2,
    "unmatched pending": 2,
    "ambiguous pending": 1,
    "invalid pending": 1,
  });
  await fixCell(deps, admin, at(4), { field: "email", value: mintEmail("mended") });
  expect(await counted()).toMatchObject({ "unmatched pending": 3 });
  await chooseContact(deps, admin, at(3), one);
  await counted();
  await eraseContact(deps, admin, erased, "Ada");
  expect(await counted()).toMatchObject({ "matched pending": 1, "invalid rejected": 1 });
  await rejectRows(deps, admin, id, { rows: { lines: [5] }, reason: "" });
  expect(await counted()).toMatchObject({ "unmatched rejected": 1 });
  await approveRows(deps, admin, id, { class: null });
  expect(await counted()).toMatchObject({ "unmatched approved": 2 });
  await rig.work();
  expect(await counted()).toMatchObject({ "unmatched imported": 2 });
  await settleDifference(deps, admin, at(1), { unit: "company", decision: "ours", seenOurs: "Northwind" });
  await counted();
  await undoImport(deps, admin, id);
  await rig.work();
  expect(await counted()).toMatchObject({ "unmatched undone": 2 });
});

async function rowsOf(id: string): Promise<Record<string, number>> {
  const rows = await rig.deps.db
    .select({ kind: sql<string>`class || ' ' || status`, rows: sql<number>`count(*)::int` })
    .from(importRow)
    .where(eq(importRow.batchId, id))
    .groupBy(sql`1`);
  return Object.fromEntries(rows.map((one) => [one.kind, one.rows]));
}
