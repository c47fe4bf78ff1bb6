import { afterAll, beforeAll, expect, test } from "vitest";
import { mergeContacts } from "../../../server/usecases/contacts/merge-contacts.ts";
import { approveRows } from "../../../server/usecases/files/decide-rows.ts";
import { undoImport } from "../../../server/usecases/files/start-work.ts";
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

async function merge(masterId: string, otherId: string): Promise<void> {
  await mergeContacts(rig.deps, rig.admin, { masterId, otherIds: [otherId], values: {} });
}

test("a contact that was merged away is nobody a row could be, though it keeps a key that the survivor has too", async () => {
  const [email, phone] = [mintEmail("shared"), "+12025550171"];
  const survivor = await files.contact({ email, phone });
  await merge(survivor, await files.contact({ email, phone }));
  const id = await files.read(`Email,Phone\n${email},\n,${phone}\n`);
  expect((await files.rows(id)).map((row) => [row.class, row.contact?.id])).toEqual([
    ["matched", survivor],
    ["matched", survivor],
  ]);
});

test("a row that waits shows who it is found to be now, after a merge too", async () => {
  const email = mintEmail("moves");
  const other = await files.contact({ email });
  const id = await files.read(`Email\n${email}\n`);
  expect((await files.rows(id))[0]?.contact?.id).toBe(other);
  const survivor = await files.contact({ email: mintEmail("survivor") });
  await merge(survivor, other);
  expect((await files.rows(id))[0]?.contact?.id).toBe(survivor);
});

test("a file that only waits does not hold what another one made: undone there, its row makes the contact itself", async () => {
  const email = mintEmail("twice");
  const first = await files.bringIn(`Email\n${email}\n`);
  const waiting = await files.read(`Email,Company\n${email},Northwind\n`);
  const [made] = await files.rows(first);
  expect((await files.rows(waiting))[0]).toMatchObject({ class: "matched", contact: made?.contact });
  await undoImport(rig.deps, rig.admin, first);
  await rig.work(2);
  expect((await files.rows(first))[0]).toMatchObject({ status: "undone", contact: null });
  expect((await files.rows(waiting))[0]).toMatchObject({ status: "pending", contact: null });
  await approveRows(rig.deps, rig.admin, waiting, { class: null });
  await rig.work();
  expect((await files.rows(waiting))[0]).toMatchObject({
    class: "unmatched",
    status: "imported",
    createdContact: true,
  });
});
