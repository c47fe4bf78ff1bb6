import { afterEach, beforeEach, expect, it } from "vitest";
import { runSync } from "../../../server/usecases/sync/run-sync.ts";
import { isWrite } from "../../support/held-answers.ts";
import { mintEmail } from "../../support/ids.ts";
import { type ServedApp, serveApp } from "../../support/serve.ts";
import { createSyncRig, type SyncRig } from "../../support/sync-rig.ts";
import { peopleIn, takeCalls } from "../../support/sync-state.ts";
import { tally } from "../../support/tally.ts";
import { figuresOf } from "./figures.ts";

const PEOPLE = 5;

const figure = figuresOf("F10");
let rig: SyncRig;
let server: ServedApp;
beforeEach(async () => {
  rig = await createSyncRig();
});
afterEach(async () => {
  await server.close();
  await rig.close();
});

// Dynamics' tokens are for one address, which the detour over a socket changes: its lost answers are pinned beside the pushes
it.each(["hubspot", "ghl"] as const)(
  "a socket that %s resets after it has made the record leaves one record of each person",
  async (crm) => {
    await rig.connect(crm);
    server = await serveApp(rig[crm].app);
    const overSockets = rig.otherProcess(async (_send, request) => {
      const { pathname, search } = new URL(request.url);
      const body = request.method === "GET" ? undefined : await request.text();
      return await fetch(server.url + pathname + search, { method: request.method, headers: request.headers, body });
    });
    rig[crm].faults.play({
      fault: { kind: "reset", after: true },
      match: ({ method, path }) => isWrite(new Request(`http://crm.test${path}`, { method })),
      times: PEOPLE,
    });
    for (let i = 0; i < PEOPLE; i += 1) await rig.chatAndEnd({ lastName: "Reyes", email: mintEmail() });
    for (const runId of [...rig.jobs.keys()]) {
      rig.jobs.delete(runId);
      await runSync(overSockets.deps, { runId });
    }
    expect(peopleIn(rig, crm).length).toBeGreaterThan(0);
    await rig.workUntilIdle();
    const { lost, doubled } = await tally(rig);
    const found = crm === "hubspot" ? 1 : 2;
    figure(`${crm}, ${PEOPLE} creates reset after the work`, {
      lost,
      doubled,
      calls: { made: takeCalls(rig)[crm], needed: PEOPLE * (3 + found) },
    });
    expect({ lost, doubled }).toEqual({ lost: 0, doubled: 0 });
    expect(peopleIn(rig, crm)).toHaveLength(PEOPLE);
    const results = (await rig.runs()).map(({ status, result }) => `${status} ${result}`);
    expect(results).toEqual(Array.from({ length: PEOPLE }, () => "done created"));
  },
);
