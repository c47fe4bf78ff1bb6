import { ListConversations } from "@rolodesk/shared/conversation";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { UserActor } from "../../../server/actor.ts";
import { listMapping } from "../../../server/db/queries/connection.ts";
import type { Fault } from "../../../server/simulators/kit/faults.ts";
import { saveMapping } from "../../../server/usecases/connections/save-mapping.ts";
import { readConversationPage } from "../../../server/views/conversation-page.ts";
import { mintEmail, newId } from "../../support/ids.ts";
import { createSyncRig, type Person, type SyncRig } from "../../support/sync-rig.ts";
import { conflictsOf, linksOf, pendingOf, settle, takeCalls } from "../../support/sync-state.ts";

let rig: SyncRig;
let recordId: string;
const email = mintEmail();
beforeEach(async () => {
  rig = await createSyncRig();
  await rig.connect("hubspot");
  recordId = rig.hubspot.seed("contact", { email, firstname: "Robert", lastname: "Smythe", phone: "+12025550100" });
  await push({ email, firstName: "Bob", lastName: "Smith", phone: "+12025550123" });
});
afterEach(() => rig.close());

async function push(person: Person): Promise<void> {
  await rig.chatAndEnd({ email, ...person });
  await rig.workUntilIdle();
  takeCalls(rig);
}

async function rowOf(field: string) {
  const row = (await conflictsOf(rig)).findLast((one) => one.field === field);
  if (!row) throw new Error(`There is no conflict about ${field}.`);
  return row;
}

const values = () => rig.hubspot.record("contact", recordId)?.values;
const writes = () => rig.hubspot.journal.entries.filter(({ method }) => method === "PATCH").length;

describe("using the chat's value", () => {
  it("writes both halves of a name in one call", async () => {
    const rows = [await rowOf("firstName"), await rowOf("lastName")];
    expect(await settle(rig, "use_chat", rows)).toEqual(["applied", "applied"]);
    expect(values()).toMatchObject({ firstname: "Bob", lastname: "Smith", phone: "+12025550100" });
    expect(takeCalls(rig).hubspot).toBe(2);
    expect(await rowOf("lastName")).toMatchObject({ status: "applied", decidedBy: "Ada" });
  });

  it("makes it the base: the next conversation asks nothing and writes nothing", async () => {
    await settle(rig, "use_chat", await pendingOf(rig));
    await push({ firstName: "Bob", lastName: "Smith", phone: "(202) 555-0123" });
    expect(await pendingOf(rig)).toEqual([]);
    expect((await rig.runs()).at(-1)).toMatchObject({ result: "unchanged" });
  });

  it("needs no write when the CRM has it already", async () => {
    rig.hubspot.edit("contact", recordId, { phone: "(202) 555-0123" });
    expect(await settle(rig, "use_chat", [await rowOf("phone")])).toEqual(["applied"]);
    expect([writes(), values()?.phone]).toEqual([0, "(202) 555-0123"]);
  });

  it("writes nothing when the CRM's value has moved, shows the new one and asks again", async () => {
    rig.hubspot.edit("contact", recordId, { phone: "+12025550155" });
    expect(await settle(rig, "use_chat", [await rowOf("phone")])).toEqual(["stale"]);
    expect(await rowOf("phone")).toMatchObject({ status: "pending", crmValue: "+12025550155" });
    expect(writes()).toBe(0);
    expect(await settle(rig, "use_chat", [await rowOf("phone")])).toEqual(["applied"]);
    expect(values()).toMatchObject({ phone: "+12025550123" });
  });

  it("leaves both halves of a name when one of them has moved", async () => {
    rig.hubspot.edit("contact", recordId, { lastname: "Smithers" });
    const rows = [await rowOf("firstName"), await rowOf("lastName")];
    expect(await settle(rig, "use_chat", rows)).toEqual(["stale", "stale"]);
    expect(values()).toMatchObject({ firstname: "Robert", lastname: "Smithers" });
  });

  it.each<[string, Fault, RegExp]>([
    [
      "refuses the value",
      {
        kind: "status",
        status: 400,
        contentType: "application/json",
        body: '{"message":"Phone numbers are closed today."}',
      },
      /closed today/,
    ],
    ["is down", { kind: "status", status: 503 }, /not available/],
    ["answers HTML", { kind: "body", body: "<html>hello</html>" }, /./],
  ])("returns to pending with the reason when the CRM %s", async (_what, fault, reason) => {
    rig.hubspot.faults.play({ fault, match: ({ method }) => method === "PATCH" });
    expect(await settle(rig, "use_chat", [await rowOf("phone")])).toEqual(["failed"]);
    expect(await rowOf("phone")).toMatchObject({ status: "pending", problem: expect.stringMatching(reason) });
    rig.hubspot.faults.clear();
    expect(await settle(rig, "use_chat", [await rowOf("phone")])).toEqual(["applied"]);
  });

  it("is told to be applied at the next try when the answer to the write was lost", async () => {
    rig.hubspot.faults.play({
      fault: { kind: "reset", after: true },
      times: 1,
      match: ({ method }) => method === "PATCH",
    });
    expect(await settle(rig, "use_chat", [await rowOf("phone")])).toEqual(["failed"]);
    expect(await settle(rig, "use_chat", [await rowOf("phone")])).toEqual(["applied"]);
    expect(writes()).toBe(1);
  });

  it("fails and voids the row when the record was deleted meanwhile", async () => {
    rig.hubspot.remove("contact", recordId);
    expect(await settle(rig, "use_chat", [await rowOf("phone")])).toEqual(["failed"]);
    expect((await conflictsOf(rig)).map(({ status }) => status)).toEqual(["void", "void", "void"]);
    expect(await linksOf(rig)).toMatchObject([{ state: "closed" }]);
  });
});

describe("keeping the CRM's value", () => {
  it("raises nothing in ten more conversations with the same value, and asks about a new one", async () => {
    expect(await settle(rig, "keep_crm", [await rowOf("phone")])).toEqual(["kept"]);
    expect(takeCalls(rig).hubspot).toBe(0);
    for (let n = 0; n < 10; n += 1) await push({ phone: n % 2 ? "202-555-0123" : "+12025550123" });
    expect((await pendingOf(rig)).map(({ field }) => field)).not.toContain("phone");
    await push({ phone: "+12025550177" });
    expect(await rowOf("phone")).toMatchObject({ status: "pending", chatValue: "+12025550177" });
  });

  it("is asked again when the CRM's value becomes a new one", async () => {
    await settle(rig, "keep_crm", [await rowOf("phone")]);
    rig.hubspot.edit("contact", recordId, { phone: "+12025550188" });
    await push({ phone: "+12025550123" });
    expect(await rowOf("phone")).toMatchObject({ status: "pending", crmValue: "+12025550188" });
  });

  it("for all rows covers exactly those that were shown", async () => {
    const shown = (await pendingOf(rig)).filter(({ field }) => field !== "phone");
    await settle(rig, "keep_crm", shown);
    expect((await pendingOf(rig)).map(({ field }) => field)).toEqual(["phone"]);
  });

  it("leaves a row whose chat value has changed since it was shown", async () => {
    const shown = await pendingOf(rig);
    await push({ phone: "+12025550166" });
    const outcomes = await settle(rig, "keep_crm", shown);
    expect(Object.fromEntries(shown.map(({ field }, n) => [field, outcomes[n]]))).toEqual({
      firstName: "kept",
      lastName: "kept",
      phone: "stale",
    });
  });

  it("leaves a row whose CRM value has changed since it was shown", async () => {
    const shown = [await rowOf("phone")];
    rig.hubspot.edit("contact", recordId, { phone: "+12025550188" });
    await push({});
    expect(await settle(rig, "keep_crm", shown)).toEqual(["stale"]);
    expect(await rowOf("phone")).toMatchObject({ status: "pending", crmValue: "+12025550188" });
  });
});

describe("half a name", () => {
  it.each(["use_chat", "keep_crm"] as const)(
    "is not settled by %s without its pending other half",
    async (decision) => {
      const before = await pendingOf(rig);
      for (const field of ["firstName", "lastName"]) {
        const rows = [await rowOf(field), await rowOf("phone")];
        await expect(settle(rig, decision, rows)).rejects.toMatchObject({
          code: "bad_request",
          message: "Settle first and last name together.",
        });
      }
      expect(await pendingOf(rig)).toEqual(before);
      expect(values()).toMatchObject({ firstname: "Robert", lastname: "Smythe", phone: "+12025550100" });
    },
  );

  it("is settled alone where only it differs", async () => {
    rig.hubspot.edit("contact", recordId, { lastname: "Smith" });
    await push({});
    expect(await settle(rig, "use_chat", [await rowOf("firstName")])).toEqual(["applied"]);
    expect(values()).toMatchObject({ firstname: "Bob", lastname: "Smith" });
  });

  it("stays with the half whose chat value has changed since it was shown", async () => {
    const shown = [await rowOf("firstName"), await rowOf("lastName")];
    await push({ firstName: "Bobby", lastName: "Smith" });
    expect(await settle(rig, "keep_crm", shown)).toEqual(["stale", "stale"]);
    expect(await settle(rig, "use_chat", shown)).toEqual(["stale", "stale"]);
    expect(values()).toMatchObject({ firstname: "Robert", lastname: "Smythe" });
  });
});

describe("a pending conflict", () => {
  it("takes a newer chat value and keeps the older", async () => {
    await push({ phone: "+12025550166" });
    expect(await rowOf("phone")).toMatchObject({
      status: "pending",
      chatValue: "+12025550166",
      earlier: [{ value: "+12025550123" }],
    });
    expect((await conflictsOf(rig)).filter(({ field }) => field === "phone")).toHaveLength(1);
  });

  it("closes by itself when the CRM gets the value", async () => {
    rig.hubspot.edit("contact", recordId, { phone: "(202) 555-0123" });
    await push({});
    expect(await rowOf("phone")).toMatchObject({ status: "closed_equal" });
  });

  it("closes by itself when the CRM gets the value beside its own", async () => {
    rig.hubspot.edit("contact", recordId, { mobilephone: "(202) 555-0123" });
    await push({});
    expect(await rowOf("phone")).toMatchObject({ status: "closed_equal", crmValue: "+12025550100" });
    expect(values()).toMatchObject({ phone: "+12025550100" });
  });

  it("becomes void when its field is not to be sent any more", async () => {
    const mapping = await listMapping(rig.deps.db, (await rowOf("phone")).connectionId);
    const fields = mapping.map(({ field, object, property, policy }) => ({
      ...{ field, object, property },
      policy: field === "phone" ? ("never" as const) : policy,
    }));
    await saveMapping(rig.deps, rig.admin, (await rowOf("phone")).connectionId, { fields });
    await push({});
    expect(await rowOf("phone")).toMatchObject({ status: "void" });
    expect((await pendingOf(rig)).map(({ field }) => field)).toEqual(["firstName", "lastName"]);
  });

  it("counts in the inbox as one with the other half of the name", async () => {
    const { items } = await readConversationPage(rig.deps.db, rig.admin, ListConversations.parse({ status: "ended" }));
    expect(await pendingOf(rig)).toHaveLength(3);
    expect(items).toMatchObject([{ pendingConflicts: 2 }]);
  });

  it("does not exist for an agent of another site", async () => {
    const stranger: UserActor = { ...rig.admin, role: "agent", siteIds: [newId()] };
    const rows = await pendingOf(rig);
    await expect(settle(rig, "use_chat", rows, stranger)).rejects.toMatchObject({ code: "not_found" });
    await expect(settle(rig, "keep_crm", rows, stranger)).rejects.toMatchObject({ code: "not_found" });
    expect(await pendingOf(rig)).toEqual(rows);
  });
});
