import { afterEach, describe, expect, it } from "vitest";
import type { Fault } from "../../../server/simulators/kit/faults.ts";
import { mintEmail } from "../../support/ids.ts";
import { seeded } from "../../support/seeded.ts";
import { CRMS } from "../../support/simulated-crms.ts";
import { createSyncRig, type Person, type SyncRig } from "../../support/sync-rig.ts";
import { linksOf, peopleIn, takeCalls } from "../../support/sync-state.ts";
import { tally } from "../../support/tally.ts";

let rig: SyncRig;
afterEach(() => rig.close());

const LOST_ANSWERS: readonly Fault[] = [
  { kind: "reset", after: true },
  { kind: "status", status: 504, body: "<html>gateway timeout</html>", after: true },
];

/** Three CRMs whose indexes lag by half a minute and whose answers get lost: one in five, after the work was done. */
async function badNetwork(seed: number, allowDuplicates = false): Promise<void> {
  rig = await createSyncRig({ random: seeded(seed) });
  rig.ghl.setDuplicateRule(allowDuplicates);
  for (const crm of CRMS) {
    await rig.connect(crm);
    rig[crm].setSearchLag(30_000);
    for (const fault of LOST_ANSWERS) rig[crm].faults.play({ fault, probability: 0.1 });
  }
  rig.hubspot.switches.searchesPerSecond = 1000;
}

async function inManyBrowsers(person: Person, browsers: number): Promise<void> {
  for (let browser = 0; browser < browsers; browser += 1) await rig.chatAndEnd(person);
  await rig.workUntilIdle(2);
}

async function expectOneRecordEverywhere(): Promise<void> {
  for (const crm of CRMS) expect(peopleIn(rig, crm), crm).toHaveLength(1);
  const links = await linksOf(rig);
  expect(new Set(links.map(({ contactId }) => contactId)).size).toBe(1);
  expect(links.map(({ state }) => state)).toEqual(CRMS.map(() => "live"));
  expect(await tally(rig)).toEqual({ lost: 0, doubled: 0 });
}

describe("many conversations of one person that end at once, each push delivered twice, answers lost", () => {
  it("make one record and one link per CRM for an email", async () => {
    await badNetwork(1);
    await inManyBrowsers({ firstName: "Ana", lastName: "Reyes", email: mintEmail(), phone: "+12025550123" }, 50);
    await expectOneRecordEverywhere();
    const results = (await rig.runs()).map(({ result }) => result);
    expect(results.filter((result) => result === "created")).toHaveLength(CRMS.length);
    // a push that comes between a lost create and its next attempt finds the lead that one made
    const others = results.filter((result) => result !== "created" && result !== "existing_lead");
    expect(new Set(others)).toEqual(new Set(["unchanged"]));
  });

  it("make one record and one link per CRM for a phone number alone", async () => {
    await badNetwork(2);
    await inManyBrowsers({ firstName: "Ana", phone: "+12025550123" }, 25);
    await expectOneRecordEverywhere();
  });

  it("make one record where the location allows duplicates", async () => {
    await badNetwork(3, true);
    await inManyBrowsers({ firstName: "Ana", email: mintEmail(), phone: "+12025550123" }, 20);
    await expectOneRecordEverywhere();
  });

  it("cost hardly more calls than they must where nothing fails", async () => {
    rig = await createSyncRig();
    for (const crm of CRMS) await rig.connect(crm);
    await inManyBrowsers({ lastName: "Reyes", email: mintEmail() }, 20);
    const calls = takeCalls(rig);
    const toCreate = { hubspot: 3, dynamics: 3, ghl: 3 };
    for (const crm of CRMS) expect(calls[crm] / (toCreate[crm] + 19), crm).toBeLessThanOrEqual(1.15);
  });
});
