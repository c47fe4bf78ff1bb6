import { afterEach, describe, expect, it } from "vitest";
import { createSyncRig, type Person, type SyncRig } from "../../support/sync-rig.ts";
import { conflictsOf, linksOf, peopleIn } from "../../support/sync-state.ts";

const rigs: SyncRig[] = [];
afterEach(async () => {
  for (const rig of rigs.splice(0)) await rig.close();
});

/** Somebody as HubSpot has them (perhaps several times, perhaps not at all), and what they say in the chat. */
const PEOPLE: readonly [string, readonly Record<string, string>[], Person][] = [
  ["known by email, nothing new", [{ email: "a1@example.com", firstname: "Ana" }], { email: "a1@example.com" }],
  ["known by email, gives a name", [{ email: "a2@example.com" }], { email: "a2@example.com", firstName: "Ana" }],
  [
    "known by email, another name",
    [{ email: "a3@example.com", firstname: "Eva" }],
    { email: "a3@example.com", firstName: "Ana" },
  ],
  ["known by email, gives a phone", [{ email: "a4@example.com" }], { email: "a4@example.com", phone: "+12025550104" }],
  [
    "known by email, the phone is another's",
    [{ email: "a5@example.com" }, { phone: "+12025550105", lastname: "Ruiz" }],
    { email: "a5@example.com", phone: "+12025550105" },
  ],
  ["known by another email of theirs", [{ email: "b6@example.com" }], { email: "a6@example.com" }],
  ["known by phone", [{ phone: "+12025550107", lastname: "Reyes" }], { phone: "+12025550107", firstName: "Ana" }],
  [
    "two by phone",
    [
      { phone: "+12025550108", lastname: "Reyes" },
      { phone: "+12025550108", lastname: "Ruiz" },
    ],
    { phone: "+12025550108" },
  ],
  ["unknown", [], { email: "a9@example.com", firstName: "Ana" }],
  [
    "a shared address",
    [{ email: "info@example.com", firstname: "Shop" }],
    { email: "info@example.com", firstName: "Ana" },
  ],
  ["another unknown", [], { email: "a10@example.com", phone: "+12025550110" }],
];

async function story(together: boolean) {
  const rig = await createSyncRig();
  rigs.push(rig);
  await rig.connect("hubspot");
  for (const [, records] of PEOPLE) for (const values of records) rig.hubspot.seed("contact", values);
  const other = rig.hubspot.seed("contact", { email: "a6@example.com" });
  rig.hubspot.merge(idOf(rig, "b6@example.com"), other);
  const chats = [];
  for (const [, , person] of PEOPLE) {
    chats.push(await rig.chatAndEnd(person));
    if (!together) await rig.workUntilIdle();
    if (!together) rig.advance(6_000);
  }
  await rig.workUntilIdle();
  rig.advance(60_000);
  for (const { actor } of chats) {
    await rig.chatAndEnd({ lastName: "Later" }, actor.visitorId);
    if (!together) await rig.workUntilIdle();
    if (!together) rig.advance(6_000);
  }
  await rig.workUntilIdle();
  const batches = rig.hubspot.journal.entries.filter(({ path }) => path.includes("/batch/")).length;
  return { batches, ends: await endsOf(rig) };
}

function idOf(rig: SyncRig, email: string): string {
  return rig.hubspot.records().find(({ values }) => values.email === email)?.id ?? "";
}

/** Everything that came of the story but ids, times and costs. */
async function endsOf(rig: SyncRig) {
  return {
    runs: (await rig.runs()).map(({ status, result, reason, matchedBy, suggestion, conflictsQueued, candidates }) => ({
      ...{ status, result, reason, matchedBy, suggestion, conflictsQueued },
      candidates: candidates.length,
    })),
    links: (await linksOf(rig))
      .map(({ state, matchedBy, matchedReason, base, seen }) =>
        [state, matchedBy, matchedReason, base, seen].map(String),
      )
      .sort(),
    conflicts: (await conflictsOf(rig))
      .map(({ field, status, chatValue, crmValue }) => `${field} ${status} ${chatValue} ${crmValue}`)
      .sort(),
    people: peopleIn(rig, "hubspot")
      .map(({ values }) => JSON.stringify([values.email, values.firstname, values.lastname, values.phone]))
      .sort(),
  };
}

describe("pushes that go together", () => {
  it("end as they would have one by one, whoever the people are", async () => {
    const alone = await story(false);
    const together = await story(true);
    expect(alone.batches).toBe(0);
    expect(together.batches).toBeGreaterThan(0);
    expect(together.ends).toEqual(alone.ends);
  });
});
