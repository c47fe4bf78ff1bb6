import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { checkConnection } from "../../../server/usecases/connections/check-connection.ts";
import { runSync } from "../../../server/usecases/sync/run-sync.ts";
import { authorize } from "../../support/authorize.ts";
import { mintEmail } from "../../support/ids.ts";
import type { Authorizable } from "../../support/simulated-crms.ts";
import { createSyncRig, type SyncRig } from "../../support/sync-rig.ts";

let rig: SyncRig;
beforeEach(async () => {
  rig = await createSyncRig();
});
afterEach(() => rig.close());

const DAY_MS = 24 * 60 * 60_000;
const CRMS: readonly Authorizable[] = ["hubspot", "ghl"];
const TOKEN_PATH = /^\/oauth\/(token|[\w-]+\/token)$/;

const chatAndEnd = () => rig.chatAndEnd({ lastName: "Reyes", email: mintEmail() });
const results = async () => (await rig.runs()).map(({ status, result }) => result ?? status);

/** A process that counts its token calls, and may do something to one. */
function anotherProcess(onToken: (send: () => Promise<Response>) => Promise<Response> = (send) => send()) {
  const calls: string[] = [];
  const process = rig.otherProcess(async (send, request) => {
    const { pathname } = new URL(request.url);
    if (!TOKEN_PATH.test(pathname)) return await send();
    calls.push(pathname);
    return await onToken(send);
  });
  return { ...process, calls };
}

describe.each(CRMS)("the tokens of an authorized account of %s", (crm) => {
  it("are renewed before they end, so that no call is made with an old one", async () => {
    const { id } = await authorize(rig, crm);
    for (const _day of [1, 2, 3]) {
      rig.advance(DAY_MS);
      await chatAndEnd();
      await rig.workUntilIdle();
    }
    expect(await results()).toEqual(["created", "created", "created"]);
    const refused = rig[crm].journal.entries.filter(({ status }) => status === 401);
    expect(refused).toEqual([]);
    expect(await rig.connection(id)).toMatchObject({ status: "active", problem: null });
  });

  it("are renewed by one process, however many need them at once", async () => {
    await authorize(rig, crm);
    rig.advance(DAY_MS);
    for (let one = 0; one < 6; one += 1) await chatAndEnd();
    const runIds = [...rig.jobs.keys()];
    rig.jobs.clear();
    const processes = [anotherProcess(), anotherProcess(), anotherProcess()];
    await Promise.all(runIds.map((runId, index) => runSync(processes[index % 3]?.deps ?? rig.deps, { runId })));
    await rig.workUntilIdle();
    expect(await results()).toEqual(runIds.map(() => "created"));
    expect(processes.flatMap(({ calls }) => calls)).toHaveLength(1);
  });

  it("are replaced once when the CRM refuses one before its time", async () => {
    const { id } = await authorize(rig, crm);
    await chatAndEnd();
    (crm === "hubspot" ? rig.hubspot.oauth : rig.ghl.oauth.server).expireAccess();
    await rig.workUntilIdle();
    expect(await results()).toEqual(["created"]);
    expect(await rig.connection(id)).toMatchObject({ status: "active" });
  });

  it("that nobody renews any more wait for a person; the queue is kept and goes on after", async () => {
    const { id } = await authorize(rig, crm);
    await chatAndEnd();
    (crm === "hubspot" ? rig.hubspot.oauth : rig.ghl.oauth.server).revokeAll();
    await rig.workUntilIdle();
    const broken = await rig.connection(id);
    expect(broken).toMatchObject({
      status: "needs_reconnect",
      problem: expect.stringMatching(/refuses: .+\. Authorize this connection again\.$/),
    });
    await chatAndEnd();
    await rig.workUntilIdle();
    expect(await results()).toEqual(["queued", "queued"]);
    expect(await authorize(rig, crm, { connectionId: id })).toMatchObject({ id, status: "active", problem: null });
    await rig.workUntilIdle();
    expect(await results()).toEqual(["created", "created"]);
  });

  it("that two pushes at once find refused are told as refused, not as lost on the way", async () => {
    const { id } = await authorize(rig, crm);
    await chatAndEnd();
    await chatAndEnd();
    const runIds = [...rig.jobs.keys()];
    (crm === "hubspot" ? rig.hubspot.oauth : rig.ghl.oauth.server).revokeAll();
    await Promise.all(runIds.map((runId) => runSync(anotherProcess().deps, { runId })));
    expect(await rig.connection(id)).toMatchObject({
      status: "needs_reconnect",
      problem: expect.stringMatching(/refuses: .+\. Authorize this connection again\.$/),
    });
  });

  it("survive an answer that did not come: a later try renews them, or says in words that they are lost", async () => {
    const { id } = await authorize(rig, crm);
    rig.advance(DAY_MS);
    await chatAndEnd();
    const [runId = ""] = rig.jobs.keys();
    const cut = anotherProcess(async (send) => {
      await send();
      throw new TypeError("connection reset");
    });
    await runSync(cut.deps, { runId });
    expect(await rig.runs()).toMatchObject([{ status: "waiting" }]);
    await rig.workUntilIdle();
    if (crm === "hubspot") {
      expect(await results()).toEqual(["created"]);
      return;
    }
    expect(await rig.connection(id)).toMatchObject({
      status: "needs_reconnect",
      problem: expect.stringContaining("the answer was lost"),
    });
    await authorize(rig, crm, { connectionId: id });
    await rig.workUntilIdle();
    expect(await results()).toEqual(["created"]);
  });

  it("are asked for with the same refresh token after a process died before it asked", async () => {
    await authorize(rig, crm);
    rig.advance(DAY_MS);
    await chatAndEnd();
    const [runId = ""] = rig.jobs.keys();
    const dying = anotherProcess(async () => {
      throw new TypeError("the process ended");
    });
    await runSync(dying.deps, { runId });
    await rig.workUntilIdle();
    expect(await results()).toEqual(["created"]);
  });
});

describe("the tokens of an agency's installation", () => {
  it("are stored before they are used: a sub-account's token that was not given costs no authorization", async () => {
    const { id } = await authorize(rig, "ghl", { label: "The whole agency" });
    rig.advance(DAY_MS);
    await chatAndEnd();
    const [runId = ""] = rig.jobs.keys();
    const cut = rig.otherProcess(async (send, request) => {
      if (new URL(request.url).pathname === "/oauth/locationToken") throw new TypeError("connection reset");
      return await send();
    });
    await runSync(cut.deps, { runId });
    await rig.workUntilIdle();
    expect(await results()).toEqual(["created"]);
    expect(await rig.connection(id)).toMatchObject({ status: "active" });
  });
});

describe("a sub-account that is not active", () => {
  it("is waited for, and needs no new authorization", async () => {
    const { id } = await authorize(rig, "ghl");
    rig.advance(DAY_MS);
    rig.ghl.oauth.switches.locationIsActive = false;
    await chatAndEnd();
    await rig.workUntilIdle();
    expect(await rig.connection(id)).toMatchObject({
      status: "needs_reconnect",
      problem: expect.stringContaining("not active"),
    });
    rig.ghl.oauth.switches.locationIsActive = true;
    expect(await checkConnection(rig.deps, rig.admin, id)).toMatchObject({ status: "active", problem: null });
    await rig.workUntilIdle();
    expect(await results()).toEqual(["created"]);
  });
});

describe("reconnecting by OAuth", () => {
  it("to another account is refused by its name, and changes nothing", async () => {
    const { id } = await authorize(rig, "ghl");
    const before = await rig.connection(id);
    const other = { location: { id: "anotherLocation0001", name: "Elsewhere" } };
    rig.ghl.faults.play({
      fault: { kind: "body", body: JSON.stringify(other) },
      match: ({ path }) => path.startsWith("/locations/"),
    });
    await expect(authorize(rig, "ghl", { connectionId: id })).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringContaining("Elsewhere"),
    });
    expect(await rig.connection(id)).toEqual(before);
  });
});
