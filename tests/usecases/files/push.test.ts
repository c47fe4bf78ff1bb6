import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { contact } from "../../../server/db/schema/contact.ts";
import { crmLink } from "../../../server/db/schema/sync.ts";
import { startPush } from "../../../server/usecases/files/start-push.ts";
import { workOnFile } from "../../../server/usecases/files/work-on-file.ts";
import { createFileRig, type FileRig } from "../../support/file-rig.ts";
import { mintEmail } from "../../support/ids.ts";
import { createSyncRig, type SyncRig } from "../../support/sync-rig.ts";

let rig: SyncRig;
let files: FileRig;
let ghl: string;

beforeAll(async () => {
  rig = await createSyncRig();
  files = createFileRig(rig);
  ghl = await rig.connect("ghl");
});
afterAll(() => rig.close());

async function linksOf(email: string) {
  const rows = await rig.deps.db
    .select({ link: crmLink })
    .from(crmLink)
    .innerJoin(contact, eq(contact.id, crmLink.contactId))
    .where(and(eq(contact.email, email), eq(crmLink.connectionId, ghl), eq(crmLink.state, "live")));
  return rows.map(({ link }) => link);
}

function recordsOf(email: string) {
  return rig.ghl.records().filter(({ values }) => values.email === email);
}

async function push(id: string, retry = false): Promise<number> {
  const rows = await startPush(rig.deps, rig.admin, id, { connectionId: ghl, retry });
  await rig.workUntilIdle();
  return rows;
}

test("imported people without a link are created once, linked, and each row says so", async () => {
  const [one, two] = [mintEmail("one"), mintEmail("two")];
  const id = await files.bringIn(
    `Name,Email,Phone\nAna Demo,${one},+12025550181\nBen Demo,${two},\nBen Demo,${two},\n`,
  );
  expect(await push(id)).toBe(3);
  expect(await push(id)).toBe(0);
  expect(recordsOf(one)).toHaveLength(1);
  expect(recordsOf(two)).toHaveLength(1);
  const [link] = await linksOf(one);
  expect(link).toMatchObject({ matchedBy: "created", matchedReason: expect.stringContaining("people.csv") });
  expect((await files.rows(id)).map((row) => row.push)).toEqual(["created", "created", "linked"]);
  expect(await files.batch(id)).toMatchObject({ work: null, status: "completed", problem: null });
});

test("somebody who is there already is linked, and keeps what the CRM says", async () => {
  const email = mintEmail("there");
  const first = await files.bringIn(`Name,Email\nAna Demo,${email}\n`);
  await push(first);
  const [record] = recordsOf(email);
  await rig.deps.db.delete(crmLink).where(eq(crmLink.connectionId, ghl));
  const second = await files.bringIn(`Name,Email\nAna Demo,${email}\n`);
  expect(await push(second)).toBe(1);
  expect(recordsOf(email)).toEqual([record]);
  expect((await files.rows(second))[0]).toMatchObject({ push: "linked" });
});

test("a lost answer, then a killed process: still one record", async () => {
  const email = mintEmail("lost");
  const id = await files.bringIn(`Name,Email\nAna Demo,${email}\n`);
  await startPush(rig.deps, rig.admin, id, { connectionId: ghl, retry: false });
  let sent = 0;
  const other = rig.otherProcess(async (send, request) => {
    const answer = await send();
    if (request.method !== "POST" || !new URL(request.url).pathname.endsWith("/contacts/")) return answer;
    sent += 1;
    throw new TypeError("fetch failed");
  });
  await workOnFile(other.deps, { batchId: id });
  expect(sent).toBe(1);
  await rig.workUntilIdle();
  expect(recordsOf(email)).toHaveLength(1);
  expect((await files.rows(id))[0]?.push).toMatch(/created|linked/);
  expect(await linksOf(email)).toHaveLength(1);
});
