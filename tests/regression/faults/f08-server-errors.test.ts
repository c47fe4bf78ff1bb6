import { afterEach, beforeEach, expect, it } from "vitest";
import { endChats, insertPeople } from "../../support/ended-chats.ts";
import { mintEmail } from "../../support/ids.ts";
import { seeded } from "../../support/seeded.ts";
import { createSyncRig, type SyncRig } from "../../support/sync-rig.ts";
import { tally } from "../../support/tally.ts";
import { figuresOf } from "./figures.ts";

const PEOPLE = 12;
const CALLS_TO_CREATE = 3;
const OUTAGE_MS = 5 * 60_000;

const figure = figuresOf("F8");
let rig: SyncRig;
beforeEach(async () => {
  rig = await createSyncRig({ random: seeded(8) });
});
afterEach(() => rig.close());

it.each(["hubspot", "dynamics", "ghl"] as const)(
  "%s fails half of its calls, some after the work, then answers 503 for five minutes: nothing lost, nobody made twice",
  async (crm) => {
    const connectionId = await rig.connect(crm);
    const { faults } = rig[crm];
    const half = [
      faults.play({ fault: { kind: "status", status: 500 }, probability: 0.25 }),
      faults.play({ fault: { kind: "status", status: 502, after: true }, probability: 0.33 }),
    ];
    const emails = Array.from({ length: PEOPLE }, () => mintEmail());
    const told = [{ field: "lastName" as const, value: "Reyes" }];
    const people = await insertPeople(rig, emails);
    await endChats(
      rig,
      connectionId,
      people.map((known) => ({ known, told })),
    );
    await rig.work();
    for (const end of half) end();
    const callsBefore = rig[crm].journal.entries.length;
    const end = faults.play({ fault: { kind: "status", status: 503 } });
    const outageEnds = rig.deps.now().getTime() + OUTAGE_MS;
    for (; rig.deps.now().getTime() < outageEnds; rig.advance(1_000)) await rig.work();
    const duringOutage = rig[crm].journal.entries.length - callsBefore;
    end();
    await rig.workUntilIdle();
    const { lost, doubled } = await tally(rig);
    const calls = { made: rig[crm].journal.entries.length - duringOutage, needed: PEOPLE * CALLS_TO_CREATE };
    figure(`${crm}, ${duringOutage} calls in five minutes of 503`, { lost, doubled, calls });
    expect({ lost, doubled }).toEqual({ lost: 0, doubled: 0 });
    expect(rig[crm].records()).toHaveLength(PEOPLE);
    expect(duringOutage).toBeLessThanOrEqual(PEOPLE + 15);
  },
);
