import type { SyncRun } from "@rolodesk/shared/sync-run";
import { RUN_RESULTS, RUN_STATUSES } from "@rolodesk/shared/vocabulary";
import { describe, expect, test } from "vitest";
import { describeRun, heldWords, isUnfinished } from "../../sidebar/src/screens/crm/run-words.ts";
import { CANDIDATES, run } from "./wire.ts";

const NOW = Date.parse("2026-03-02T10:00:00.000Z");
const TOLD = { crmName: "HubSpot", now: NOW, pendingRows: 0 };
const fill: SyncRun["decisions"] = [
  { field: "company", property: "company", kind: "fill", reason: "", crm: null, chat: "Smith" },
];

const table: [name: string, state: Partial<SyncRun>, text: string, tone: string][] = [
  ["queued", { status: "queued", result: null }, "Waiting to start", "busy"],
  ["running", { status: "running", result: null }, "Syncing with HubSpot", "busy"],
  [
    "waiting with a time and a reason",
    {
      status: "waiting",
      result: null,
      nextAttemptAt: "2026-03-02T10:00:12.000Z",
      reason: "HubSpot asked us to wait",
    },
    "Trying again in 12 s: HubSpot asked us to wait",
    "busy",
  ],
  [
    "waiting for long",
    { status: "waiting", result: null, nextAttemptAt: "2026-03-02T10:05:00.000Z" },
    "Trying again in 5 min",
    "busy",
  ],
  [
    "waiting until a time that has come",
    { status: "waiting", result: null, nextAttemptAt: "2026-03-02T09:59:00.000Z" },
    "Trying again now",
    "busy",
  ],
  [
    "waiting for somebody",
    { status: "waiting", result: null, reason: "HubSpot needs reconnecting" },
    "Waiting: HubSpot needs reconnecting",
    "busy",
  ],
  ["created", { result: "created" }, "Created in HubSpot", "ok"],
  [
    "created with conflicts",
    { result: "created", conflictsQueued: 2 },
    "Created in HubSpot · 2 conflicts queued",
    "ok",
  ],
  ["updated", { result: "updated" }, "Updated", "ok"],
  ["updated with a conflict", { result: "updated", conflictsQueued: 1 }, "Updated · 1 conflict queued", "ok"],
  ["unchanged", { result: "unchanged" }, "Already up to date", "ok"],
  [
    "left alone for a reason",
    { result: "unchanged", reason: "This connection creates nobody." },
    "Nothing written",
    "plain",
  ],
  ["only conflicts", { result: "conflicts_queued", conflictsQueued: 3 }, "3 conflicts queued", "plain"],
  [
    "conflicts, and blanks filled",
    { result: "conflicts_queued", conflictsQueued: 1, decisions: fill },
    "Updated · 1 conflict queued",
    "plain",
  ],
  [
    "conflicts on a record just created",
    { result: "conflicts_queued", conflictsQueued: 1, matchedBy: "created" },
    "Created in HubSpot · 1 conflict queued",
    "plain",
  ],
  ["an open lead", { result: "existing_lead" }, "Open lead found, no duplicate made", "plain"],
  ["ambiguous", { result: "needs_choice", candidates: CANDIDATES }, "Several records fit: choose one", "choice"],
  ["put off", { result: "needs_choice" }, "No record chosen for now", "plain"],
  ["nothing to look up by", { result: "skipped_no_key" }, "Not synced: no email or phone yet", "plain"],
  ["done and failed", { result: "failed" }, "Sync failed", "danger"],
  ["in the dead letter", { status: "failed", result: "failed" }, "Sync failed", "danger"],
];

describe("what a run says", () => {
  test.each(table)("%s", (_, state, text, tone) => {
    expect(describeRun(run(state), TOLD)).toMatchObject({ text, tone });
  });

  test("every status and result has words", () => {
    for (const status of RUN_STATUSES) {
      for (const result of [null, ...RUN_RESULTS]) {
        expect(describeRun(run({ status, result }), TOLD).text).not.toBe("");
      }
    }
  });

  test("a whole name in conflict counts as the one row it is", () => {
    const decision = { property: "", kind: "conflict" as const, reason: "", crm: null, chat: null };
    const decisions = ["firstName", "lastName", "phone"].map((field) => ({ ...decision, field }));
    const words = describeRun(run({ result: "conflicts_queued", conflictsQueued: 3, decisions }), TOLD);
    expect(words.text).toBe("2 conflicts queued");
  });

  test("a run that found nothing new does not call a record with open conflicts up to date", () => {
    const words = describeRun(run({ result: "unchanged" }), { ...TOLD, pendingRows: 2 });
    expect(words).toMatchObject({ text: "Nothing new · 2 conflicts pending", tone: "plain" });
  });

  test("a failure keeps the CRM's own reason and can be retried", () => {
    const reason = "HubSpot refused the phone number: it is longer than 20 characters.";
    const words = describeRun(run({ status: "failed", result: "failed", reason }), TOLD);
    expect(words).toMatchObject({ detail: reason, canRetry: true });
  });

  test("a run of a connection that takes none is not shown as under way", () => {
    expect(heldWords({ name: "HubSpot", status: "paused" })).toMatchObject({
      tone: "plain",
      text: "Waits until HubSpot is resumed",
    });
    expect(heldWords({ name: "HubSpot", status: "needs_reconnect" }).text).toBe("Waits until HubSpot is reconnected");
  });

  test("only a failed run can be retried", () => {
    for (const result of RUN_RESULTS) {
      expect(describeRun(run({ result }), TOLD).canRetry).toBe(result === "failed");
    }
  });

  test("a run is unfinished until it is done or failed", () => {
    const unfinished = RUN_STATUSES.filter((status) => isUnfinished({ status }));
    expect(unfinished).toEqual(["queued", "running", "waiting"]);
  });
});
