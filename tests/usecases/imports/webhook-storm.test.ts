import { afterAll, beforeAll, expect, test } from "vitest";
import { changeContactSync } from "../../../server/usecases/imports/contact-sync.ts";
import { contactsOf, importContacts } from "../../support/import-contacts.ts";
import { seeded } from "../../support/seeded.ts";
import { createSyncRig, type SyncRig } from "../../support/sync-rig.ts";
import { linksOf } from "../../support/sync-state.ts";
import { ghlHook, hookDoor } from "../../support/webhook-deliveries.ts";

const SEEDS = 200;
const HOUR_MS = 60 * 60_000;
const NAMES = ["Ann", "Bea", "Cid", "Dee"];

let rig: SyncRig;
let connectionId: string;
let tell: (type: string, id: string) => Promise<number>;

beforeAll(async () => {
  rig = await createSyncRig();
  connectionId = await rig.connect("ghl");
  await changeContactSync(rig.deps, rig.admin, connectionId, { strategy: "crm", everyMinutes: 15 });
  tell = await ghlHook(rig, hookDoor(rig), connectionId);
});
afterAll(() => rig.close());

interface Story {
  readonly email: string;
  readonly id: string;
  /** As HighLevel has it in the end; null: deleted. */
  readonly firstName: string | null;
  readonly forbidden: boolean;
  readonly events: readonly string[];
}

/** Somebody who is made, changed, silenced and perhaps deleted in HighLevel, with what it tells of that. */
function play(seed: number): Story {
  const random = seeded(seed);
  const email = `story-${seed}@example.com`;
  let firstName = NAMES[Math.floor(random() * NAMES.length)] ?? "Ann";
  const id = rig.ghl.seed("contact", { firstName, email });
  const events = ["ContactCreate"];
  let forbidden = false;
  for (let step = Math.floor(random() * 3); step > 0; step -= 1) {
    if (random() < 0.3) {
      forbidden = true;
      rig.ghl.edit("contact", id, { dndSettings: { Email: { status: "active" } } });
      events.push("ContactDndUpdate");
    } else {
      firstName = NAMES[Math.floor(random() * NAMES.length)] ?? "Ann";
      rig.ghl.edit("contact", id, { firstName });
      events.push("ContactUpdate");
    }
  }
  const isDeleted = random() < 0.2;
  if (isDeleted) {
    rig.ghl.remove("contact", id);
    events.push("ContactDelete");
  }
  return { email, id, firstName: isDeleted ? null : firstName, forbidden, events };
}

/** Every event, some twice, in an order that says nothing. */
async function storm(stories: readonly Story[]): Promise<void> {
  const random = seeded(7);
  const told = stories.flatMap(({ id, events }) =>
    events.flatMap((type) => (random() < 0.3 ? [type, type] : [type]).map((one) => ({ type: one, id }))),
  );
  const shuffled = told.map((event) => ({ ...event, at: random() })).toSorted((a, b) => a.at - b.at);
  while (shuffled.length > 0) {
    for (const { type, id } of shuffled.splice(0, 25)) expect(await tell(type, id)).toBe(200);
    await rig.work(1 + Math.floor(random() * 2));
  }
  await rig.workUntilIdle();
}

async function stateOfStories() {
  const links = new Map((await linksOf(rig, connectionId)).map((link) => [link.contactId, link.state]));
  return (await contactsOf(rig))
    .map(({ id, email, firstName, doNotContact }) => ({ email, firstName, doNotContact, link: links.get(id) }))
    .sort((a, b) => String(a.email).localeCompare(String(b.email)));
}

test(`${SEEDS} stories told out of order and twice end where HighLevel is, and the next import finds nothing more`, async () => {
  const stories = Array.from({ length: SEEDS }, (_, seed) => play(seed));
  await storm(stories);
  const expected = stories
    .filter(({ firstName }) => firstName !== null)
    .map(({ email, firstName, forbidden }) => ({
      email,
      firstName,
      doNotContact: forbidden ? ["email"] : [],
      link: "live",
    }))
    .sort((a, b) => a.email.localeCompare(b.email));
  expect(await stateOfStories()).toEqual(expected);

  rig.advance(HOUR_MS);
  const run = await importContacts(rig, connectionId);
  expect(run).toMatchObject({ status: "done", imported: 0, updated: 0, conflicts: 0, errors: 0, unlinked: 0 });
  expect(await stateOfStories()).toEqual(expected);
});

test("somebody deleted after they came in keeps their contact and loses the link at once", async () => {
  const id = rig.ghl.seed("contact", { firstName: "Eve", email: "eve@example.com" });
  await tell("ContactCreate", id);
  await rig.workUntilIdle();
  rig.ghl.remove("contact", id);
  await tell("ContactDelete", id);
  await rig.workUntilIdle();
  const eve = (await stateOfStories()).find(({ email }) => email === "eve@example.com");
  expect(eve).toEqual({ email: "eve@example.com", firstName: "Eve", doNotContact: [], link: "closed" });
});

test("where contacts are read only when asked, a webhook brings nobody in", async () => {
  await changeContactSync(rig.deps, rig.admin, connectionId, { everyMinutes: 0 });
  const before = (await contactsOf(rig)).length;
  await tell("ContactCreate", rig.ghl.seed("contact", { firstName: "Fay", email: "fay@example.com" }));
  await rig.workUntilIdle();
  expect(await contactsOf(rig)).toHaveLength(before);
});
