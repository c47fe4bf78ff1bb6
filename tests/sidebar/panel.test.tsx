import { type Conflict, SettleConflicts, type SettleResult } from "@rolodesk/shared/conflict";
import type { CrmTab } from "@rolodesk/shared/crm-panel";
import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, describe, expect, test, vi } from "vitest";
import { CandidatePicker } from "../../sidebar/src/screens/crm/candidate-picker.tsx";
import { ConflictsPanel } from "../../sidebar/src/screens/crm/conflicts-panel.tsx";
import { type CrmState, createCrmState, takePanel } from "../../sidebar/src/screens/crm/crm-state.ts";
import { until } from "../support/until.ts";
import { sentTo, serveFake } from "./fake-server.ts";
import { CANDIDATES, conflict, mintId, nameConflict, run, tab } from "./wire.ts";

afterEach(() => {
  render(null, document.body);
  vi.unstubAllGlobals();
});

function Panel({ state }: { state: CrmState }) {
  const shown = state.panel.value?.tabs[0];
  return shown ? <ConflictsPanel state={state} tab={shown} /> : null;
}

async function showPanel(conflicts: Conflict[]): Promise<CrmState> {
  const state = createCrmState(mintId());
  takePanel(state, { tabs: [tab({ conflicts })] });
  await act(() => render(<Panel state={state} />, document.body));
  return state;
}

async function press(name: string, nth = 0): Promise<void> {
  const buttons = Array.from(document.querySelectorAll("button")).filter((button) => button.textContent === name);
  await act(() => buttons[nth]?.click());
}

async function shows(text: string): Promise<void> {
  await until(() => expect(document.body.textContent).toContain(text));
}

/** A server that settles what it is asked to, and whose panel then holds what is left. */
function settlingServer(
  conflicts: Conflict[],
  outcome: SettleResult["results"][number]["outcome"],
  change: Partial<Conflict>,
) {
  let left: CrmTab = tab({ conflicts });
  return serveFake(({ path, body }) => {
    if (path !== "/api/conflicts/settle") return { body: { tabs: [left] } };
    const { conflicts: settled } = SettleConflicts.parse(body);
    const ids = new Set(settled.map(({ id }) => id));
    const changed = conflicts
      .filter(({ id }) => ids.has(id))
      .map((one) => ({ ...one, ...change, version: one.version + 1 }));
    const open = conflicts.map((one) => changed.find(({ id }) => id === one.id) ?? one);
    left = tab({ conflicts: open.filter(({ status }) => status === "pending") });
    return { body: { results: changed.map((one) => ({ id: one.id, outcome, conflict: one })) } };
  });
}

describe("pending conflicts", () => {
  test("using a name's chat value is one request for both of its fields", async () => {
    const conflicts = nameConflict();
    const server = settlingServer(conflicts, "applied", { status: "applied" });
    await showPanel(conflicts);
    await press("Use chat value");
    await shows("HubSpot now has “Bob Smith”");
    expect(sentTo(server.asked, "/api/conflicts/settle")).toEqual([
      {
        decision: "use_chat",
        conflicts: [
          { id: conflicts[1].id, seenCrmValue: "Robert", seenChatValue: "Bob" },
          { id: conflicts[0].id, seenCrmValue: "Smythe", seenChatValue: "Smith" },
        ],
      },
    ]);
    expect(document.querySelector(".conflict")).toBeNull();
  });

  test("nothing reads as applied before the server has said so", async () => {
    const conflicts = [conflict()];
    const server = settlingServer(conflicts, "applied", { status: "applied" });
    const release = server.hold();
    await showPanel(conflicts);
    await press("Use chat value");
    expect(document.body.textContent).not.toContain("HubSpot now has");
    expect(document.querySelectorAll(".conflict")).toHaveLength(1);
    release();
    await shows("HubSpot now has “+1 202 555 0177”");
  });

  test("a value that moved is shown and asked about again", async () => {
    const conflicts = [conflict()];
    const server = settlingServer(conflicts, "stale", { crmValue: "+1 202 555 0199", stale: true });
    await showPanel(conflicts);
    await press("Use chat value");
    await shows("HubSpot changed this to “+1 202 555 0199” since you looked");
    await until(() => expect(document.querySelector(".ui-spinner")).toBeNull());
    await press("Use chat value");
    await until(() => expect(sentTo(server.asked, "/api/conflicts/settle")).toHaveLength(2));
    expect(sentTo(server.asked, "/api/conflicts/settle")[1]).toMatchObject({
      conflicts: [{ seenCrmValue: "+1 202 555 0199" }],
    });
  });

  test("a refused write stays pending, with the CRM's reason", async () => {
    const conflicts = [conflict()];
    const problem = "HubSpot refused the phone number: it is longer than 20 characters.";
    settlingServer(conflicts, "failed", { problem });
    await showPanel(conflicts);
    await press("Use chat value");
    await shows(problem);
    expect(document.querySelectorAll(".conflict")).toHaveLength(1);
  });

  test("who was faster is named", async () => {
    const conflicts = [conflict()];
    const decided = { status: "kept" as const, decidedBy: "Sam Okafor", decidedAt: new Date().toISOString() };
    settlingServer(conflicts, "already_settled", decided);
    await showPanel(conflicts);
    await press("Use chat value");
    await shows("Sam Okafor kept the CRM value just now");
  });

  test("discarding all asks once more, then keeps every CRM value in one request", async () => {
    const conflicts = [...nameConflict(), conflict()];
    const server = settlingServer(conflicts, "kept", { status: "kept" });
    await showPanel(conflicts);
    await press("Discard all");
    expect(sentTo(server.asked, "/api/conflicts/settle")).toEqual([]);
    await press("Keep 2 CRM values");
    await shows("Kept “Robert Smythe” in HubSpot");
    const [sent, ...more] = sentTo(server.asked, "/api/conflicts/settle");
    expect(sent).toMatchObject({ decision: "keep_crm" });
    expect(
      SettleConflicts.parse(sent)
        .conflicts.map(({ id }) => id)
        .sort(),
    ).toEqual(conflicts.map(({ id }) => id).sort());
    expect(more).toEqual([]);
  });

  test("a server that cannot be reached changes nothing on screen", async () => {
    vi.stubGlobal("fetch", async () => {
      throw new TypeError("network");
    });
    const state = await showPanel([conflict()]);
    await press("Keep CRM value");
    await until(() => expect(state.refusals.value.get("hubspot-1")).toContain("cannot be reached"));
    expect(document.querySelectorAll(".conflict")).toHaveLength(1);
  });
});

describe("several records fit", () => {
  const taken = CANDIDATES.map((one) => ({ ...one, externalId: "79", linkedContactId: mintId() }));
  const candidates = [...CANDIDATES, ...taken];
  const question = run({ result: "needs_choice", candidates });

  async function showPicker() {
    const answered = run({ result: "updated", trigger: "choice" });
    const server = serveFake(({ method }) => ({ body: method === "POST" ? answered : { tabs: [tab()] } }));
    const state = createCrmState(mintId());
    await act(() => render(<CandidatePicker state={state} run={question} crmName="HubSpot" />, document.body));
    return server;
  }

  test("nothing is chosen beforehand", async () => {
    await showPicker();
    const radios = Array.from(document.querySelectorAll<HTMLInputElement>("input[type=radio]"));
    expect(radios.map((radio) => radio.checked)).toEqual([false, false]);
  });

  test("a record linked to another contact is shown and cannot be chosen", async () => {
    await showPicker();
    const radios = Array.from(document.querySelectorAll<HTMLInputElement>("input[type=radio]"));
    expect(radios.map((radio) => radio.disabled)).toEqual([false, true]);
    expect(document.body.textContent).toContain("Already linked to another contact");
  });

  test("the record the agent picked is sent", async () => {
    const server = await showPicker();
    await act(() => document.querySelector<HTMLInputElement>("input[type=radio]")?.click());
    await press("Use this record");
    await until(() =>
      expect(sentTo(server.asked, `/api/sync-runs/${question.id}/choice`)).toEqual([
        { kind: "record", object: "contact", externalId: "77" },
      ]),
    );
  });

  test.each([
    ["Create new", "create"],
    ["Not now", "later"],
  ])("%s needs no record", async (label, kind) => {
    const server = await showPicker();
    await press(label);
    await until(() => expect(sentTo(server.asked, `/api/sync-runs/${question.id}/choice`)).toEqual([{ kind }]));
  });
});
