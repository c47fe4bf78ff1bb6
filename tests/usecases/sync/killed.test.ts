import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { runSync } from "../../../server/usecases/sync/run-sync.ts";
import { sweepStuckRuns } from "../../../server/usecases/sync/sweep-stuck-runs.ts";
import { holdAnswer, isWrite } from "../../support/held-answers.ts";
import { mintEmail } from "../../support/ids.ts";
import { CRMS, type Crm } from "../../support/simulated-crms.ts";
import { createSyncRig, type Person, type SyncRig } from "../../support/sync-rig.ts";
import { linksOf, peopleIn } from "../../support/sync-state.ts";
import { tally } from "../../support/tally.ts";

let rig: SyncRig;
beforeEach(async () => {
  rig = await createSyncRig();
});
afterEach(() => rig.close());

const PEOPLE: [string, Person][] = [
  ["with an email", { lastName: "Reyes", email: mintEmail() }],
  ["with a phone number alone", { lastName: "Reyes", phone: "+12025550123" }],
];
const EVERY_KIND = CRMS.flatMap((crm) => PEOPLE.map(([keys, person]) => ({ crm, keys, person })));

/** A process takes the only job and dies when the CRM has answered the call that `which` picks. */
async function killDuringPush(which: (request: Request) => boolean): Promise<void> {
  const { network, reached } = holdAnswer(which);
  const doomed = rig.otherProcess(network);
  const [runId] = rig.jobs.keys();
  if (!runId) throw new Error("There is a job.");
  rig.jobs.delete(runId);
  void runSync(doomed.deps, { runId });
  await reached;
  await doomed.kill();
  rig.jobs.set(runId, rig.deps.now());
}

function blankKey(crm: Crm): Record<string, string> {
  return crm === "dynamics" ? { lastname: "Reyes" } : { [crm === "ghl" ? "lastName" : "lastname"]: "Reyes" };
}

describe("a process killed between the CRM's write and our commit", () => {
  it.each(EVERY_KIND)(
    "leaves one record in $crm for somebody $keys, and the log says that this push created it",
    async ({ crm, person }) => {
      const connectionId = await rig.connect(crm);
      await rig.chatAndEnd(person);
      await killDuringPush(isWrite);
      await rig.workUntilIdle(2);
      expect(peopleIn(rig, crm)).toHaveLength(1);
      expect(await rig.runs()).toMatchObject([{ status: "done", result: "created", matchedBy: "created" }]);
      expect(await linksOf(rig, connectionId)).toMatchObject([{ state: "live", matchedBy: "created" }]);
    },
  );

  it.each(EVERY_KIND)(
    "leaves one record in $crm for somebody $keys whose next conversation ends before the retry",
    async ({ crm, person }) => {
      await rig.connect(crm);
      const { actor } = await rig.chatAndEnd(person);
      await killDuringPush(isWrite);
      const killed = [...rig.jobs.keys()];
      rig.jobs.clear();
      await rig.chatAndEnd({}, actor.visitorId);
      await rig.workUntilIdle(2);
      for (const runId of killed) rig.jobs.set(runId, rig.deps.now());
      await rig.workUntilIdle(2);
      expect(peopleIn(rig, crm)).toHaveLength(1);
      expect(await tally(rig)).toEqual({ lost: 0, doubled: 0 });
    },
  );

  it.each(CRMS)("has updated the %s record once, and the log says so", async (crm) => {
    await rig.connect(crm);
    const email = mintEmail();
    const key = crm === "dynamics" ? { emailaddress1: email } : { email };
    rig[crm].seed("contact", { ...blankKey(crm), ...key });
    await rig.chatAndEnd({ email, phone: "+12025550123" });
    await killDuringPush(isWrite);
    await rig.workUntilIdle();
    expect(await rig.runs()).toMatchObject([{ status: "done", result: "updated" }]);
    const writes = rig[crm].journal.entries.filter(({ method }) => method === "PATCH" || method === "PUT");
    expect(writes).toHaveLength(1);
  });

  it("is taken up by the sweep when its job is lost too", async () => {
    await rig.connect("hubspot");
    await rig.chatAndEnd({ email: mintEmail() });
    await killDuringPush(isWrite);
    rig.jobs.clear();
    await sweepStuckRuns(rig.deps);
    expect(rig.jobs.size).toBe(0);
    rig.advance(3 * 60_000);
    await sweepStuckRuns(rig.deps);
    await rig.workUntilIdle();
    expect(await rig.runs()).toMatchObject([{ status: "done", result: "created" }]);
    expect(peopleIn(rig, "hubspot")).toHaveLength(1);
  });

  it("before the write has written nothing, and the retry does", async () => {
    await rig.connect("ghl");
    await rig.chatAndEnd({ email: mintEmail() });
    await killDuringPush(({ url }) => url.includes("/search"));
    expect(peopleIn(rig, "ghl")).toHaveLength(0);
    await rig.workUntilIdle();
    expect(await rig.runs()).toMatchObject([{ status: "done", result: "created" }]);
  });
});
