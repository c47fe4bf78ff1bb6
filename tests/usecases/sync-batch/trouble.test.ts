import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Fault } from "../../../server/simulators/kit/faults.ts";
import { requestSync } from "../../../server/usecases/sync/request-sync.ts";
import { runSync } from "../../../server/usecases/sync/run-sync.ts";
import { endChats, insertPeople } from "../../support/ended-chats.ts";
import { holdAnswer, isWrite } from "../../support/held-answers.ts";
import { mintEmail, newId } from "../../support/ids.ts";
import { type Chat, createSyncRig, type SyncRig } from "../../support/sync-rig.ts";
import { peopleIn } from "../../support/sync-state.ts";
import { tally } from "../../support/tally.ts";

const SEVERAL = 6;

let rig: SyncRig;
let connectionId: string;
beforeEach(async () => {
  rig = await createSyncRig({ timeoutMs: 1500 });
  connectionId = await rig.connect("hubspot");
});
afterEach(() => rig.close());

/** People HubSpot knows by email whose conversations end at once. Returns their ids there. */
async function endSeveral(): Promise<string[]> {
  const emails = Array.from({ length: SEVERAL }, () => mintEmail());
  const ids = emails.map((email) => rig.hubspot.seed("contact", { email }));
  const people = await insertPeople(rig, emails);
  const told = [{ field: "firstName" as const, value: "Ana" }];
  await endChats(
    rig,
    connectionId,
    people.map((known) => ({ known, told })),
  );
  return ids;
}

const firstNames = (ids: readonly string[]) => ids.map((id) => rig.hubspot.record("contact", id)?.values.firstname);
const ends = async () => (await rig.runs()).map(({ status, result }) => `${status} ${result}`);
const allOf = (what: string) => Array.from({ length: SEVERAL }, () => what);

describe("a lone conversation's push", () => {
  it("goes at once and by itself", async () => {
    const email = mintEmail();
    rig.hubspot.seed("contact", { email });
    await rig.chatAndEnd({ email, firstName: "Ana" });
    await rig.work();
    expect(await ends()).toEqual(["done updated"]);
    expect(rig.hubspot.journal.entries.map(({ method }) => method)).toEqual(["GET", "PATCH"]);
  });

  it("goes at once after others of its minute have", async () => {
    for (let i = 0; i < 10; i += 1) {
      await rig.chatAndEnd({ email: mintEmail() });
      await rig.work();
      rig.advance(2_000);
    }
    expect(new Set(await ends())).toEqual(new Set(["done created"]));
  });

  it("does not wait for others when an agent asks for it", async () => {
    await endSeveral();
    const chat: Chat = await rig.chat({ email: mintEmail() });
    const request = { connectionId, requestId: newId() };
    await rig.work();
    const run = await requestSync(rig.deps, rig.admin, chat.conversationId, request);
    await rig.work();
    expect((await rig.runs()).find(({ id }) => id === run.id)).toMatchObject({ status: "done", result: "created" });
  });
});

const PASSING: readonly [string, Fault][] = [
  ["a 503", { kind: "status", status: 503 }],
  ["an answer lost after the work", { kind: "status", status: 504, after: true }],
  ["a reset after the work", { kind: "reset", after: true }],
  ["no answer", { kind: "hang" }],
  [
    "a 429",
    { kind: "status", status: 429, contentType: "application/json", body: "{}", headers: { "retry-after": "7" } },
  ],
  ["a page of HTML", { kind: "body", body: "<html>hello</html>", contentType: "text/html" }],
  ["half an answer", { kind: "body", body: '{"results": [{"id": "1"' }],
  ["a refusal of all", { kind: "status", status: 400, contentType: "application/json", body: '{"message": "No."}' }],
];

describe("a batch that meets", () => {
  it.each(PASSING.flatMap(([what, fault]) => ["/batch/read", "/batch/update"].map((verb) => ({ what, fault, verb }))))(
    "$what at $verb loses and doubles nothing",
    async ({ fault, verb }) => {
      const ids = await endSeveral();
      rig.hubspot.faults.play({ fault, match: ({ path }) => path.endsWith(verb), times: 1 });
      await rig.workUntilIdle();
      expect(await ends()).toEqual(allOf("done updated"));
      expect(firstNames(ids)).toEqual(allOf("Ana"));
      expect(await tally(rig)).toEqual({ lost: 0, doubled: 0 });
    },
  );

  it("one record that is gone when it is written updates the others", async () => {
    const [gone = "", ...others] = await endSeveral();
    rig.hubspot.beforeNextWrite(() => rig.hubspot.remove("contact", gone));
    await rig.workUntilIdle();
    expect(firstNames(others)).toEqual(others.map(() => "Ana"));
    expect((await ends()).toSorted()).toEqual(["done created", ...allOf("done updated").slice(1)]);
  });

  it("one record that was merged away follows it and writes the others", async () => {
    const [old = "", ...others] = await endSeveral();
    rig.hubspot.merge(old, rig.hubspot.seed("contact", { email: mintEmail() }));
    await rig.workUntilIdle();
    expect(await ends()).toEqual(allOf("done updated"));
    expect(firstNames(others)).toEqual(others.map(() => "Ana"));
  });

  it("a record an agent is writing to leaves that one for later", async () => {
    await endSeveral();
    const [first] = await rig.runs();
    const held = await rig.deps.locks.hold(connectionId, first?.contactId ?? "", 0, async () => {
      await rig.work();
      return await ends();
    });
    expect(held).toEqual(["queued null", ...allOf("done updated").slice(1)]);
    await rig.workUntilIdle();
    expect(await ends()).toEqual(allOf("done updated"));
  });

  it("a token HubSpot refuses keeps every run until somebody reconnects", async () => {
    await endSeveral();
    rig.hubspot.faults.play({ fault: { kind: "status", status: 401, contentType: "application/json", body: "{}" } });
    await rig.work();
    expect(await ends()).toEqual(allOf("queued null"));
    expect(await rig.connection(connectionId)).toMatchObject({ status: "needs_reconnect" });
  });
});

describe("a batch that outlasts its claim", () => {
  it.each([
    ["the reading", (request: Request) => request.url.endsWith("/batch/read")],
    ["the writing", isWrite],
  ])("because %s takes a minute and a half keeps its records, and each run is pushed once", async (_what, which) => {
    const ids = await endSeveral();
    const { network, reached, release } = holdAnswer(which);
    const slow = rig.otherProcess(network);
    const [runId = ""] = rig.jobs.keys();
    rig.jobs.delete(runId);
    const pushing = runSync(slow.deps, { runId });
    await reached;
    for (let seconds = 0; seconds < 90; seconds += 15) {
      rig.advance(15_000);
      await rig.work();
    }
    release();
    await pushing;
    await rig.workUntilIdle();
    expect(await ends()).toEqual(allOf("done updated"));
    expect(firstNames(ids)).toEqual(allOf("Ana"));
    expect(rig.hubspot.journal.entries.filter(({ path }) => path.endsWith("/batch/update"))).toHaveLength(1);
    expect((await rig.runs()).map(({ attempts }) => attempts)).toEqual(ids.map(() => 1));
  });
});

describe("a process that dies with a batch", () => {
  it.each([
    ["before it has written", (request: Request) => request.url.endsWith("/batch/read")],
    ["before it has stored what it wrote", isWrite],
  ])("%s leaves every run to be taken up within a minute, and nothing is written twice", async (_when, which) => {
    const ids = await endSeveral();
    const { network, reached } = holdAnswer(which);
    const doomed = rig.otherProcess(network);
    const [runId = ""] = rig.jobs.keys();
    rig.jobs.delete(runId);
    void runSync(doomed.deps, { runId });
    await reached;
    await doomed.kill();
    const killedAt = rig.deps.now().getTime();
    await rig.workUntilIdle();
    for (const run of await rig.runs()) expect(run.finishedAt?.getTime()).toBeLessThanOrEqual(killedAt + 60_000);
    expect(await ends()).toEqual(allOf("done updated"));
    expect(firstNames(ids)).toEqual(allOf("Ana"));
    expect(rig.hubspot.journal.entries.filter(({ path }) => path.endsWith("/batch/update"))).toHaveLength(1);
    expect(peopleIn(rig, "hubspot")).toHaveLength(SEVERAL);
  });
});
