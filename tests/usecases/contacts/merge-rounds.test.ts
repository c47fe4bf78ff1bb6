import { eq, inArray, sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { contact } from "../../../server/db/schema/contact.ts";
import { phoneCall } from "../../../server/db/schema/phone-call.ts";
import { crmLink, syncRun } from "../../../server/db/schema/sync.ts";
import { DomainError } from "../../../server/domain/domain-error.ts";
import { mergeContacts } from "../../../server/usecases/contacts/merge-contacts.ts";
import { startImport } from "../../../server/usecases/imports/start-import.ts";
import { storePhoneCalls } from "../../../server/usecases/phone-calls/store-phone-calls.ts";
import { orphans } from "../../support/contact-references.ts";
import { eventually } from "../../support/eventually.ts";
import { createFileRig } from "../../support/file-rig.ts";
import { mintEmail } from "../../support/ids.ts";
import { hitOf } from "../../support/known-everywhere.ts";
import { createSyncRig, type SyncRig } from "../../support/sync-rig.ts";
import { contactOf } from "../../support/sync-state.ts";

const ROUNDS = 200;
const AT_ONCE = 10;
const TRIES = 20;

let rig: SyncRig;
let ghl: string;

beforeAll(async () => {
  rig = await createSyncRig();
  ghl = await rig.connect("ghl");
});
afterAll(() => rig.close());

/** As an agent would: again, when something else is at work on one of them. */
async function mergeAtLast(masterId: string, otherId: string): Promise<void> {
  for (let tried = 1; ; tried += 1) {
    try {
      await mergeContacts(rig.deps, rig.admin, { masterId, otherIds: [otherId], values: {} });
      return;
    } catch (error) {
      const isBusy = error instanceof DomainError && /Try again in a moment/.test(error.message);
      if (!isBusy || tried === TRIES) throw error;
    }
  }
}

/** Pairs of ids by the dozen, until there were two hundred. */
async function inWaves(wave: (from: number) => Promise<void>): Promise<void> {
  for (let from = 0; from < ROUNDS; from += AT_ONCE) await wave(from);
}

function range(from: number, count: number): number[] {
  return Array.from({ length: count }, (_, n) => from + n);
}

let phones = 0;
function mintPhone(): string {
  phones += 1;
  return `+4420794${String(60_000 + phones)}`;
}

async function known(person: Partial<typeof contact.$inferInsert>): Promise<string> {
  return await createFileRig(rig).contact({ firstName: "Ann", ...person });
}

test("of two hundred people merged while they are pushed each has one record, linked to who stays", async () => {
  await inWaves(async () => {
    const pairs = await Promise.all(
      range(0, AT_ONCE).map(async () => {
        const chat = await rig.chatAndEnd({ firstName: "Bo", email: mintEmail() });
        return { master: await known({ email: mintEmail() }), other: await contactOf(rig, chat), chat };
      }),
    );
    await Promise.all([rig.work(), ...pairs.map(({ master, other }) => mergeAtLast(master, other))]);
    await rig.workUntilIdle();

    const masters = pairs.map(({ master }) => master);
    const chats = pairs.map(({ chat }) => chat.conversationId);
    const runs = await rig.deps.db.select().from(syncRun).where(inArray(syncRun.conversationId, chats));
    expect(runs.map(({ status }) => status)).toEqual(pairs.map(() => "done"));
    expect(runs.map(({ contactId }) => contactId).sort()).toEqual(masters.toSorted());
    const links = await rig.deps.db.select().from(crmLink).where(inArray(crmLink.contactId, masters));
    expect(links.map(({ contactId, state }) => `${contactId} ${state}`).sort()).toEqual(
      masters.map((id) => `${id} live`).sort(),
    );
  });
  expect(await orphans(rig.deps.db)).toEqual([]);
  expect(rig.ghl.records()).toHaveLength(ROUNDS);
});

test("of two hundred pairs merged while they are imported nobody is lost or there twice", async () => {
  const emails = range(0, 2 * ROUNDS).map(() => mintEmail());
  for (const email of emails) rig.ghl.seed("contact", { firstName: "Imp", email });
  const people = await Promise.all(emails.map((email) => known({ email })));
  rig.advance(60 * 60_000);
  await startImport(rig.deps, rig.admin, { connectionId: ghl, kind: "full" });
  const working = rig.workUntilIdle();
  await inWaves(async (from) => {
    const pairs = range(from, AT_ONCE).map((n) => [people[2 * n] ?? "", people[2 * n + 1] ?? ""] as const);
    await Promise.all(pairs.map(([master, other]) => mergeAtLast(master, other)));
  });
  await working;
  expect(await orphans(rig.deps.db)).toEqual([]);
  const holders = await rig.deps.db.execute<{ norm: string; count: number }>(sql`
    select i.norm, count(distinct c.id)::int as count from contact_identity i join contact c on c.id = i.contact_id
    where c.merged_into_id is null and i.norm in (
      select jsonb_array_elements_text(${JSON.stringify(emails)}::text::jsonb)) group by i.norm`);
  expect(holders.filter(({ count }) => count !== 1)).toEqual([]);
  expect(holders).toHaveLength(emails.length);
});

test("of two hundred people merged while calls of theirs are told each call is of who stays, and nobody waits in a ring", async () => {
  await inWaves(async () => {
    const pairs = await Promise.all(
      range(0, AT_ONCE).map(async () => {
        const phone = mintPhone();
        return { master: await known({ email: mintEmail() }), other: await known({ phone }), phone };
      }),
    );
    await Promise.all(
      pairs.flatMap(({ master, other, phone }) => [
        storePhoneCalls(rig.deps, ghl, [hitOf("Ann", { phone })]),
        storePhoneCalls(rig.deps, ghl, [hitOf("Ann", { phone })]),
        mergeAtLast(master, other),
      ]),
    );
    for (const { master, phone } of pairs) {
      const calls = await rig.deps.db.select().from(phoneCall).where(eq(phoneCall.phoneNorm, phone));
      expect(calls.map(({ contactId }) => contactId)).toEqual([master, master]);
    }
  });
  expect(await orphans(rig.deps.db)).toEqual([]);
});

test("a call that waits for its person to be merged away is of who stays", async () => {
  const phone = mintPhone();
  const [master, other] = [await known({ email: mintEmail() }), await known({ phone })];
  const { db } = rig.deps;
  let storing = Promise.resolve();
  await db.transaction(async (tx) => {
    await tx.select().from(contact).where(eq(contact.id, other)).for("update");
    storing = storePhoneCalls(rig.deps, ghl, [hitOf("Ann", { phone })]);
    await eventually("the call to wait", async () => {
      const waiting = sql`select 1 from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`;
      return (await db.execute(waiting)).length > 0;
    });
    await tx.update(contact).set({ mergedIntoId: master }).where(eq(contact.id, other));
  });
  await storing;
  const [call] = await db.select().from(phoneCall).where(eq(phoneCall.phoneNorm, phone));
  expect(call?.contactId).toBe(master);
});
