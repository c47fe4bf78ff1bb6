import { afterEach, beforeEach, expect, it } from "vitest";
import { mintEmail } from "../../support/ids.ts";
import type { Crm } from "../../support/simulated-crms.ts";
import { createSyncRig, type SyncRig } from "../../support/sync-rig.ts";
import { takeCalls } from "../../support/sync-state.ts";
import { tally } from "../../support/tally.ts";
import { figuresOf } from "./figures.ts";

const MINUTES = 10;
const PER_MINUTE = 2;
/** Somebody known by email whose phone is filled, and looked up before. */
const CALLS = { hubspot: 3, dynamics: 3, ghl: 3 } as const;
/** Each CRM is asked again at least this often, so a healed one is noticed by then; the rest is the work itself. */
const LONGEST_PAUSE_MS = 150_000;

const figure = figuresOf("F6");
let rig: SyncRig;
beforeEach(async () => {
  rig = await createSyncRig({ patient: true });
});
afterEach(() => rig.close());

async function endOne(...crms: readonly Crm[]): Promise<void> {
  const email = mintEmail();
  for (const crm of crms) {
    const known = crm === "dynamics" ? { emailaddress1: email, lastname: "Reyes" } : { email };
    rig[crm].seed("contact", known);
  }
  await rig.chatAndEnd({ email, phone: nextPhone() });
}

let phones = 0;
function nextPhone(): string {
  phones += 1;
  return `+1202555${String(phones + 1000)}`;
}

it.each([
  ["hubspot", "ghl"],
  ["dynamics", "ghl"],
] as const)(
  "%s out of reach for ten minutes: the chat and %s go on, then all of it is pushed once",
  async (crm: Crm, other: Crm) => {
    await rig.connect(crm);
    const otherId = await rig.connect(other);
    rig[crm].faults.play({ fault: { kind: "reset" } });
    for (let minute = 0; minute < MINUTES; minute += 1) {
      for (let i = 0; i < PER_MINUTE; i += 1) await endOne(crm, other);
      await rig.work();
      rig.advance(60_000);
    }
    await rig.work();
    expect((await rig.runs(otherId)).map(({ result }) => result)).toEqual(
      Array.from({ length: MINUTES * PER_MINUTE }, () => "updated"),
    );
    // a handful of attempts before it is known to be away, then one now and then
    expect(takeCalls(rig)[crm]).toBeLessThanOrEqual(MINUTES * 3 + PER_MINUTE * CALLS[crm]);

    rig[crm].faults.clear();
    const healedAt = rig.deps.now().getTime();
    await rig.workUntilIdle();
    const runs = await rig.runs();
    const recoveredMs =
      Math.max(...runs.map(({ finishedAt }) => finishedAt?.getTime() ?? Number.POSITIVE_INFINITY)) - healedAt;
    const { lost, doubled } = await tally(rig);
    const calls = { made: takeCalls(rig)[crm], needed: MINUTES * PER_MINUTE * CALLS[crm] };
    figure(`${crm} away for ${MINUTES} minutes`, { lost, doubled, calls, recoveredMs });
    expect({ lost, doubled }).toEqual({ lost: 0, doubled: 0 });
    expect(calls.made / calls.needed).toBeLessThanOrEqual(1.15);
    expect(recoveredMs).toBeLessThanOrEqual(LONGEST_PAUSE_MS);
  },
);
