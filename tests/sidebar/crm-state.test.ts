import { describe, expect, test } from "vitest";
import { conflictRows } from "../../sidebar/src/screens/crm/conflict-rows.ts";
import { settleNotes } from "../../sidebar/src/screens/crm/crm-actions.ts";
import {
  changedSinceSeen,
  createCrmState,
  takeConflicts,
  takePanel,
  takeRun,
} from "../../sidebar/src/screens/crm/crm-state.ts";
import { concernsPanel } from "../../sidebar/src/screens/crm/follow-crm.ts";
import { tabState } from "../../sidebar/src/screens/crm/tab-state.ts";
import { CANDIDATES, conflict, mintId, nameConflict, run, tab } from "./wire.ts";

describe("the panel and late answers", () => {
  test("an older reading of a run does not replace a newer one", () => {
    const state = createCrmState(mintId());
    const finished = run({ version: 3 });
    takePanel(state, { tabs: [tab({ latestRun: { ...finished, status: "running", result: null, version: 1 } })] });
    takeRun(state, finished);
    takePanel(state, { tabs: [tab({ latestRun: { ...finished, status: "running", result: null, version: 2 } })] });
    expect(state.panel.value?.tabs[0]?.latestRun?.status).toBe("done");
  });

  test("a settled conflict does not come back with an older reading", () => {
    const state = createCrmState(mintId());
    const pending = conflict();
    takePanel(state, { tabs: [tab({ conflicts: [pending] })] });
    takeConflicts(state, [{ ...pending, status: "applied", version: 2 }]);
    takePanel(state, { tabs: [tab({ conflicts: [pending] })] });
    expect(conflictRows(state.panel.value?.tabs[0]?.conflicts ?? [])).toEqual([]);
  });

  test("a CRM value that moved since the agent first saw the row is marked", () => {
    const state = createCrmState(mintId());
    const seen = conflict();
    takePanel(state, { tabs: [tab({ conflicts: [seen] })] });
    expect(changedSinceSeen(state, seen)).toBe(false);
    const moved = { ...seen, crmValue: "+1 202 555 0199", version: 2 };
    takePanel(state, { tabs: [tab({ conflicts: [moved] })] });
    expect(changedSinceSeen(state, moved)).toBe(true);
  });

  test("a run of one connection leaves the other tabs alone", () => {
    const state = createCrmState(mintId());
    const other = tab({ connection: { ...tab().connection, id: "dynamics-1" } });
    takePanel(state, { tabs: [tab(), other] });
    takeRun(state, run());
    expect(state.panel.value?.tabs.map((shown) => shown.latestRun !== null)).toEqual([true, false]);
  });
});

describe("which pushes make it read again", () => {
  const contactId = mintId();
  const latestRun = run({ version: 4 });
  const shown = conflict({ version: 2 });
  const state = createCrmState(mintId());
  takePanel(state, { tabs: [tab({ latestRun, conflicts: [shown] })] });
  const here = { conversationId: state.conversationId, contactId: null };
  const elsewhere = { conversationId: mintId(), contactId: mintId() };

  test.each([
    ["a newer version of the run", { kind: "sync_run", id: latestRun.id, version: 5, ...here }, true],
    ["a version of the run that is shown", { kind: "sync_run", id: latestRun.id, version: 4, ...here }, false],
    ["an older version of the run", { kind: "sync_run", id: latestRun.id, version: 3, ...here }, false],
    ["another run", { kind: "sync_run", id: mintId(), version: 1, ...here }, true],
    ["a conflict already known at that version", { kind: "conflict", id: shown.id, version: 2, ...here }, false],
    ["a newer version of a conflict", { kind: "conflict", id: shown.id, version: 3, ...here }, true],
    ["a new conflict of this contact", { kind: "conflict", id: mintId(), version: 1, ...elsewhere, contactId }, true],
    ["a conflict of somebody else", { kind: "conflict", id: mintId(), version: 1, ...elsewhere }, false],
    ["a connection on a tab", { kind: "connection", id: "hubspot-1", version: 9, ...elsewhere }, true],
    ["a connection on no tab", { kind: "connection", id: "ghl-9", version: 9, ...elsewhere }, false],
    ["a message", { kind: "message", id: mintId(), version: 1, ...here }, false],
  ] as const)("%s", (_, change, expected) => {
    expect(concernsPanel(state, change, contactId)).toBe(expected);
  });
});

describe("what is said after settling", () => {
  const rows = conflictRows(nameConflict());
  const members = rows.flatMap((row) => row.members);

  test("applied names what the CRM has now", () => {
    const results = members.map((member) => ({
      id: member.id,
      outcome: "applied" as const,
      conflict: { ...member, status: "applied" as const },
    }));
    expect(settleNotes(rows, results, "HubSpot")).toEqual([{ label: "Name", text: "HubSpot now has “Bob Smith”" }]);
  });

  test.each(["stale", "failed"] as const)("%s says nothing is done: the row stays", (outcome) => {
    const results = members.map((member) => ({ id: member.id, outcome, conflict: member }));
    expect(settleNotes(rows, results, "HubSpot")).toEqual([]);
  });

  test("a row of which one part went stale is not called settled", () => {
    const results = members.map((member, index) => ({
      id: member.id,
      outcome: index === 0 ? ("applied" as const) : ("stale" as const),
      conflict: member,
    }));
    expect(settleNotes(rows, results, "HubSpot")).toEqual([]);
  });
});

describe("a tab's state in words", () => {
  const connection = tab().connection;
  test.each([
    ["nothing yet", tab(), "not linked"],
    ["paused", tab({ connection: { ...connection, status: "paused" } }), "paused"],
    ["refused", tab({ connection: { ...connection, status: "needs_reconnect" } }), "needs reconnecting"],
    ["at work", tab({ latestRun: run({ status: "running", result: null }) }), "syncing"],
    ["failed", tab({ latestRun: run({ status: "failed", result: "failed" }) }), "sync failed"],
    ["ambiguous", tab({ latestRun: run({ result: "needs_choice", candidates: CANDIDATES }) }), "choose a record"],
    ["put off", tab({ latestRun: run({ result: "needs_choice" }) }), "not linked"],
    ["a name in conflict", tab({ conflicts: nameConflict() }), "not linked, 1 conflict"],
  ])("%s", (_, shown, text) => {
    expect(tabState(shown).text).toBe(text);
  });
});
