import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { runSync } from "../../../server/usecases/sync/run-sync.ts";
import { type HeldAnswers, holdAnswer, isWrite } from "../../support/held-answers.ts";
import { mintEmail } from "../../support/ids.ts";
import { createSyncRig, type SyncRig } from "../../support/sync-rig.ts";
import { conflictsOf, linksOf, peopleIn } from "../../support/sync-state.ts";

let rig: SyncRig;
beforeEach(async () => {
  rig = await createSyncRig();
  await rig.connect("hubspot");
});
afterEach(() => rig.close());

/** An attempt that loses its hold on the record while the CRM's answer is under way, and goes on when it arrives. */
async function overtake(held: HeldAnswers): Promise<void> {
  const slow = rig.otherProcess(held.network);
  const [runId] = rig.jobs.keys();
  if (!runId) throw new Error("There is a job.");
  const first = runSync(slow.deps, { runId }).catch((error: unknown) => error);
  await held.reached;
  await slow.kill();
  await rig.workUntilIdle();
  const before = await everything();
  held.release();
  await first;
  expect(await everything()).toEqual(before);
}

async function everything() {
  return { runs: await rig.runs(), links: await linksOf(rig), conflicts: await conflictsOf(rig) };
}

describe("an attempt whose run was taken over", () => {
  it("stores nothing when its create is answered late", async () => {
    await rig.chatAndEnd({ firstName: "Ana", email: mintEmail() });
    await overtake(holdAnswer(isWrite));
    expect(peopleIn(rig, "hubspot")).toHaveLength(1);
    expect(await rig.runs()).toMatchObject([{ status: "done", result: "created" }]);
  });

  it("stores and writes nothing when its lookup is answered late", async () => {
    const email = mintEmail();
    rig.hubspot.seed("contact", { email, firstname: "Anna" });
    await rig.chatAndEnd({ firstName: "Ana", email, phone: "+12025550123" });
    await overtake(holdAnswer(({ method }) => method === "GET"));
    const writes = rig.hubspot.journal.entries.filter(({ method }) => method === "PATCH");
    expect(writes).toHaveLength(1);
    expect(await rig.runs()).toMatchObject([{ status: "done", result: "updated", conflictsQueued: 1 }]);
  });

  it("stores nothing when it fails late", async () => {
    await rig.chatAndEnd({ firstName: "Ana", email: mintEmail() });
    const failing = holdAnswer(isWrite);
    await overtake({
      ...failing,
      async network(send, request) {
        const answer = await failing.network(send, request);
        return isWrite(request) ? new Response("", { status: 500 }) : answer;
      },
    });
    expect(await rig.runs()).toMatchObject([{ status: "done" }]);
  });
});
