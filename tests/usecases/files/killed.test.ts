import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { contact, contactIdentity } from "../../../server/db/schema/contact.ts";
import { importRow } from "../../../server/db/schema/staging.ts";
import type { Deps } from "../../../server/deps.ts";
import { approveRows } from "../../../server/usecases/files/decide-rows.ts";
import { startReading } from "../../../server/usecases/files/start-reading.ts";
import { checkAgain, discardImport, undoImport } from "../../../server/usecases/files/start-work.ts";
import { workOnFile } from "../../../server/usecases/files/work-on-file.ts";
import { createFileRig, type FileRig } from "../../support/file-rig.ts";
import { mint, mintEmail, newId } from "../../support/ids.ts";
import { createSyncRig, type SyncRig } from "../../support/sync-rig.ts";

let rig: SyncRig;
let files: FileRig;

beforeAll(async () => {
  rig = await createSyncRig();
  files = createFileRig(rig);
});
afterAll(() => rig.close());

function people(count: number): { file: string; mark: string } {
  const mark = mint("crowd");
  const lines = Array.from({ length: count }, (_, n) => `Person ${n},${mark}-${n % (count - 10)}@example.com`);
  return { file: `Name,Email\n${lines.join("\n")}\n`, mark };
}

/** As the process dies at its nth transaction: whatever it had not committed has not happened. */
function dyingAfter(deps: Deps, transactions: number): Deps {
  let left = transactions;
  const count = (): void => {
    left -= 1;
    if (left < 0) throw new Error("killed");
  };
  const client = new Proxy(deps.db.$client, {
    get(target, key) {
      if (key === "begin") count();
      return Reflect.get(target, key);
    },
  });
  const db = new Proxy(deps.db, {
    get(target, key) {
      if (key === "$client") return client;
      if (key === "transaction") count();
      const value = Reflect.get(target, key);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
  return { ...deps, db };
}

async function contactsOf(mark: string): Promise<number> {
  const all = await rig.deps.db.select({ email: contact.email }).from(contact);
  return all.filter(({ email }) => email?.startsWith(mark)).length;
}

test("killed anywhere while it reads or brings in, a file goes on where it was, and ends as if nothing had happened", async () => {
  const { file, mark } = people(5_510);
  const id = await files.upload(file, 65_536);
  const { encoding, delimiter, hasHeader, mapping } = await files.batch(id);
  await startReading(rig.deps, rig.admin, id, {
    encoding,
    delimiter,
    hasHeader,
    mapping,
    defaultCountry: null,
    source: "x",
  });
  for (const after of [1, 1]) {
    await expect(workOnFile(dyingAfter(rig.deps, after), { batchId: id })).rejects.toThrow("killed");
  }
  await rig.work();
  expect(await files.tally(id)).toEqual({ "unmatched pending": 5_500, "duplicate pending": 10 });

  await approveRows(rig.deps, rig.admin, id, { class: null });
  for (const after of [1, 2, 3]) {
    await expect(workOnFile(dyingAfter(rig.deps, after), { batchId: id })).rejects.toThrow("killed");
  }
  await rig.work(2);
  expect(await files.tally(id)).toEqual({ "unmatched imported": 5_500, "duplicate imported": 10 });
  expect(await contactsOf(mark)).toBe(5_500);
  expect(await files.batch(id)).toMatchObject({ status: "completed", created: 5_500 });
});

test("undo takes out what only this import made, and says of the others why they stay", async () => {
  const [free, changed, kept, known] = [mintEmail("free"), mintEmail("changed"), mintEmail("kept"), mintEmail("known")];
  const own = await files.contact({ email: known });
  const id = await files.bringIn(`Email,Company\n${free},A\n${changed},A\n${kept},A\n${known},A\n${free},B\n`);
  const idOf = async (email: string) => {
    const [row] = await rig.deps.db.select().from(contact).where(eq(contact.email, email));
    return row?.id ?? "";
  };
  await rig.deps.db
    .update(contact)
    .set({ company: "Changed", updatedAt: new Date(Date.now() + 60_000) })
    .where(eq(contact.email, changed));
  const chat = await rig.chat({ email: kept });
  expect(chat.conversationId).toBeTruthy();
  await undoImport(rig.deps, rig.admin, id);
  await rig.work(2);
  const rows = await files.rows(id);
  expect(rows.map(({ status }) => status)).toEqual(["undone", "imported", "imported", "imported", "undone"]);
  expect(rows[1]?.problem).toContain("changed since");
  expect(rows[2]?.problem).toContain("conversation");
  expect(await idOf(free)).toBe("");
  expect(await idOf(known)).toBe(own);
  const keys = await rig.deps.db.select().from(contactIdentity).where(eq(contactIdentity.norm, free));
  expect(keys).toEqual([]);
  expect(await files.batch(id)).toMatchObject({ created: 2, undoneAt: expect.any(String) });
  await expect(approveRows(rig.deps, rig.admin, id, { class: null })).rejects.toMatchObject({ code: "conflict" });
});

test("comparing anew puts waiting rows where they belong now; a file of which nobody came in can be discarded", async () => {
  const [email, other] = [mintEmail("now"), mintEmail("other")];
  const id = await files.read(`Email\n${email}\n${other}\n`);
  const own = await files.contact({ email });
  await checkAgain(rig.deps, rig.admin, id);
  await rig.work();
  expect((await files.rows(id)).map((row) => [row.class, row.contact?.id])).toEqual([
    ["matched", own],
    ["unmatched", undefined],
  ]);
  await discardImport(rig.deps, rig.admin, id);
  await expect(files.batch(id)).rejects.toMatchObject({ code: "not_found" });
  expect(await rig.deps.db.select().from(importRow).where(eq(importRow.batchId, id))).toEqual([]);
  const done = await files.bringIn(`Email\n${mintEmail("stays")}\n`);
  await expect(discardImport(rig.deps, rig.admin, done)).rejects.toMatchObject({ code: "conflict" });
});

test("a file that turns out not to be one fails with its reason, and can be read another way", async () => {
  const good = Array.from({ length: 80 }, (_, n) => `Person ${n},p${n}-${newId()}@example.com`).join("\n");
  const id = await files.read(`Name,Email\n${good}\n"open,y@example.com\nx,y@example.com\n`);
  expect(await files.batch(id)).toMatchObject({
    status: "failed",
    work: null,
    staged: false,
    problem: expect.stringContaining("quote"),
  });
});
