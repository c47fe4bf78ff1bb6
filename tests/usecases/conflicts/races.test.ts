import { eq } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { conflict } from "../../../server/db/schema/sync.ts";
import { reopenKept } from "../../../server/usecases/conflicts/reopen-kept.ts";
import { settleConflicts } from "../../../server/usecases/conflicts/settle-conflicts.ts";
import { pauseConnection, resumeConnection } from "../../../server/usecases/connections/pause-connection.ts";
import { mergeContacts } from "../../../server/usecases/contacts/merge-contacts.ts";
import { runSync } from "../../../server/usecases/sync/run-sync.ts";
import { sweepStuckRuns } from "../../../server/usecases/sync/sweep-stuck-runs.ts";
import { holdAnswer, isWrite } from "../../support/held-answers.ts";
import { mintEmail } from "../../support/ids.ts";
import { createSyncRig, type SyncRig } from "../../support/sync-rig.ts";
import { contactOf, pendingOf, settle, takeCalls } from "../../support/sync-state.ts";

let rig: SyncRig;
let connectionId: string;
let recordId: string;
const email = mintEmail();
beforeEach(async () => {
  rig = await createSyncRig();
  connectionId = await rig.connect("hubspot");
  recordId = rig.hubspot.seed("contact", { email, phone: "+12025550100" });
  await say("+12025550123");
  await rig.workUntilIdle();
  takeCalls(rig);
});
afterEach(() => rig.close());

const say = (phone: string) => rig.chatAndEnd({ email, phone });
const value = () => rig.hubspot.record("contact", recordId)?.values.phone;
const ben = () => ({ ...rig.admin, name: "Ben" });

async function row() {
  const [latest] = await rig.deps.db.select().from(conflict);
  if (!latest) throw new Error("There is a conflict.");
  return latest;
}

describe("two agents at once", () => {
  it("have one winner in each of twenty rounds; the other is told that it is settled", async () => {
    for (let round = 0; round < 20; round += 1) {
      const rows = await pendingOf(rig);
      expect(rows).toHaveLength(1);
      const crm = rows[0]?.crmValue;
      const [[ada], [bens]] = await Promise.all([
        settle(rig, "use_chat", rows),
        settle(rig, round % 2 ? "keep_crm" : "use_chat", rows, ben()),
      ]);
      expect([ada, bens].filter((outcome) => outcome === "already_settled")).toHaveLength(1);
      const won = [ada, bens].find((outcome) => outcome !== "already_settled");
      expect(value()).toBe(won === "kept" ? crm : rows[0]?.chatValue);
      await say(`+1202555${String(1000 + round)}`);
      await rig.workUntilIdle();
    }
  });
});

describe("a decision whose contact was merged a moment ago", () => {
  it("is not undone by who read it before", async () => {
    await settle(rig, "keep_crm", await pendingOf(rig));
    const before = [await row()];
    const other = await contactOf(rig, await rig.chat({ email: mintEmail("other") }));
    await mergeContacts(rig.deps, rig.admin, { masterId: other, otherIds: [before[0]?.contactId ?? ""], values: {} });
    await expect(reopenKept(rig.deps, rig.admin, before)).rejects.toMatchObject({ code: "conflict" });
    expect(await row()).toMatchObject({ status: "kept", contactId: other });
  });
});

describe("a row that is being written", () => {
  it("is not settled again, and a newer chat value that arrives meanwhile is asked about", async () => {
    const [shown] = await pendingOf(rig);
    if (!shown) throw new Error("There is a conflict.");
    const held = holdAnswer(isWrite);
    const other = rig.otherProcess(held.network);
    const seen = { id: shown.id, seenCrmValue: shown.crmValue, seenChatValue: shown.chatValue };
    const writing = settleConflicts(other.deps, rig.admin, { decision: "use_chat", conflicts: [seen] });
    await held.reached;
    await say("+12025550166");
    const working = rig.workUntilIdle();
    held.release();
    expect([...(await writing).values()]).toEqual(["applied"]);
    await working;
    expect(await pendingOf(rig)).toMatchObject([{ chatValue: "+12025550166", crmValue: "+12025550123" }]);
  });

  it("is released by the sweep after its process was killed, and can then be settled", async () => {
    const [shown] = await pendingOf(rig);
    if (!shown) throw new Error("There is a conflict.");
    const held = holdAnswer(isWrite);
    const doomed = rig.otherProcess(held.network);
    const seen = { id: shown.id, seenCrmValue: shown.crmValue, seenChatValue: shown.chatValue };
    void settleConflicts(doomed.deps, rig.admin, { decision: "use_chat", conflicts: [seen] });
    await held.reached;
    await doomed.kill();
    expect(await row()).toMatchObject({ status: "applying" });
    await sweepStuckRuns(rig.deps);
    expect(await row()).toMatchObject({ status: "applying" });
    rig.advance(61_000);
    await sweepStuckRuns(rig.deps);
    expect(await settle(rig, "use_chat", await pendingOf(rig))).toEqual(["applied"]);
    const writes = rig.hubspot.journal.entries.filter(({ method }) => method === "PATCH");
    expect(writes).toHaveLength(1);
  });
});

describe("a value that changes while its agent's click waits for a push", () => {
  it("is not taken for the one the agent saw", async () => {
    const shown = await pendingOf(rig);
    await say("+12025550166");
    const held = holdAnswer(({ method }) => method === "GET");
    const other = rig.otherProcess(held.network);
    const [runId = ""] = rig.jobs.keys();
    rig.jobs.clear();
    const pushing = runSync(other.deps, { runId });
    await held.reached;
    const clicked = settle(rig, "use_chat", shown);
    held.release();
    await pushing;
    expect(await clicked).toEqual(["stale"]);
    expect(value()).toBe("+12025550100");
    expect(await pendingOf(rig)).toMatchObject([{ chatValue: "+12025550166" }]);
  });
});

describe("a click while the connection makes no calls", () => {
  it("stays pending with what to do, and works after resuming", async () => {
    await pauseConnection(rig.deps, rig.admin, connectionId);
    expect(await settle(rig, "use_chat", await pendingOf(rig))).toEqual(["failed"]);
    expect(takeCalls(rig).hubspot).toBe(0);
    expect(await row()).toMatchObject({ status: "pending", problem: expect.stringContaining("Resume or reconnect") });
    await resumeConnection(rig.deps, rig.admin, connectionId);
    expect(await settle(rig, "use_chat", await pendingOf(rig))).toEqual(["applied"]);
  });

  it("marks the connection when the credentials are refused", async () => {
    rig.hubspot.switches.token = "expired";
    expect(await settle(rig, "use_chat", await pendingOf(rig))).toEqual(["failed"]);
    expect(await rig.connection(connectionId)).toMatchObject({ status: "needs_reconnect" });
    expect(await row()).toMatchObject({ status: "pending", problem: expect.stringContaining("expired") });
  });

  it("waits as long as the CRM asked, and makes no call meanwhile", async () => {
    const fault = { kind: "status" as const, status: 429, headers: { "retry-after": "30" }, body: "{}" };
    rig.hubspot.faults.play({ fault, times: 1 });
    expect(await settle(rig, "use_chat", await pendingOf(rig))).toEqual(["failed"]);
    takeCalls(rig);
    expect(await settle(rig, "use_chat", await pendingOf(rig))).toEqual(["failed"]);
    expect(takeCalls(rig).hubspot).toBe(0);
    rig.advance(30_000);
    expect(await settle(rig, "use_chat", await pendingOf(rig))).toEqual(["applied"]);
  });

  it("keeps the CRM's value without a call", async () => {
    await pauseConnection(rig.deps, rig.admin, connectionId);
    expect(await settle(rig, "keep_crm", await pendingOf(rig))).toEqual(["kept"]);
    const kept = await rig.deps.db.select().from(conflict).where(eq(conflict.status, "kept"));
    expect(kept).toMatchObject([{ decidedBy: "Ada" }]);
  });
});
