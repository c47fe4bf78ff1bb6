import type { MappingInput } from "@rolodesk/shared/connection";
import { eq } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { visitor } from "../../../server/db/schema/conversation.ts";
import { checkConnection } from "../../../server/usecases/connections/check-connection.ts";
import { checkMapping, checkMappings } from "../../../server/usecases/connections/check-mappings.ts";
import { saveMapping } from "../../../server/usecases/connections/save-mapping.ts";
import { viewConnections } from "../../../server/views/connection.ts";
import { mintEmail } from "../../support/ids.ts";
import { createSyncRig, type SyncRig } from "../../support/sync-rig.ts";

let rig: SyncRig;
let email: string;
beforeEach(async () => {
  rig = await createSyncRig();
  email = mintEmail();
});
afterEach(() => rig.close());

type Row = MappingInput["fields"][number];

const PLAN = {
  name: "plan",
  label: "Plan",
  type: "enumeration",
  fieldType: "select",
  options: ["Free", "Pro"].map((label, displayOrder) => ({
    ...{ label, value: label.toLowerCase(), hidden: false, displayOrder },
  })),
};
const SOURCE = { name: "lead_source", label: "Lead source", type: "string", fieldType: "text" };
const ROWS: Row[] = [
  { field: "email", object: "contact", property: "email", policy: "fill_blank" },
  { field: "lastName", object: "contact", property: "lastname", policy: "fill_blank" },
  { field: "attribute:source", object: "contact", property: "lead_source", policy: "chat_wins" },
  { field: "attribute:plan", object: "contact", property: "plan", policy: "fill_blank" },
];

/** HubSpot with two fields of the customer's own, mapped from attributes. */
async function connectHubSpot(): Promise<string> {
  rig.hubspot.defineProperty(SOURCE);
  rig.hubspot.defineProperty(PLAN);
  const id = await rig.connect("hubspot");
  await saveMapping(rig.deps, rig.admin, id, { fields: ROWS });
  return id;
}

async function push(attributes: Record<string, string>) {
  const chat = await rig.chat({ email, lastName: "Lima" });
  await rig.deps.db.update(visitor).set({ attributes }).where(eq(visitor.id, chat.actor.visitorId));
  await rig.end(chat);
  await rig.workUntilIdle();
  return (await rig.runs()).at(-1);
}

async function faultsOf(id: string): Promise<string[]> {
  const shown = await viewConnections(rig.deps.db, rig.deps.connectors, rig.admin);
  return (shown.find((one) => one.id === id)?.mappingFaults ?? []).map(({ words }) => words);
}

describe("a field that goes from the CRM between two looks", () => {
  it("never fails a push: it is left out and named, the rest is written, and it is written again once it is back", async () => {
    const id = await connectHubSpot();
    const record = rig.hubspot.seed("contact", { email });
    rig.hubspot.archiveProperty("lead_source");

    const run = await push({ source: "fair", plan: "Pro" });
    expect(run).toMatchObject({ status: "done", result: "updated" });
    expect(run?.reason).toContain("The field “Lead source” is gone from HubSpot.");
    expect(rig.hubspot.record("contact", record)?.values).toMatchObject({ lastname: "Lima", plan: "pro" });
    expect(await faultsOf(id)).toEqual(["The field “Lead source” is gone from HubSpot."]);

    rig.hubspot.defineProperty(SOURCE);
    await checkMapping(rig.deps, { connectionId: id });
    expect(await faultsOf(id)).toEqual([]);
    expect(await push({ source: "fair", plan: "Pro" })).toMatchObject({ result: "updated", reason: null });
    expect(rig.hubspot.record("contact", record)?.values).toMatchObject({ lead_source: "fair" });
  });

  it("creates a new person without it", async () => {
    await connectHubSpot();
    rig.hubspot.archiveProperty("lead_source");
    const run = await push({ source: "fair" });
    expect(run).toMatchObject({ status: "done", result: "created" });
    expect(rig.hubspot.records()).toHaveLength(1);
  });

  it("is not read from a table that has it no more", async () => {
    const id = await rig.connect("dynamics");
    const base = { object: "contact", policy: "fill_blank" as const };
    await saveMapping(rig.deps, rig.admin, id, {
      fields: [
        { ...base, field: "email", property: "emailaddress1" },
        { ...base, field: "attribute:card", property: "new_loyaltynumber" },
        { ...base, field: "lastName", object: "lead", property: "lastname" },
      ],
    });
    const record = rig.dynamics.seed("contact", { emailaddress1: email });
    expect(await push({ card: "7" })).toMatchObject({ result: "updated", reason: null });
    rig.dynamics.alterColumn("contact", "new_loyaltynumber", undefined);
    const run = await push({ card: "8" });
    expect(run?.status).toBe("done");
    expect(run?.reason).toContain("The field “Loyalty number” is gone from Dynamics 365.");
    expect(await faultsOf(id)).toEqual(["The field “Loyalty number” is gone from Dynamics 365."]);
    expect(rig.dynamics.record("contact", record)).toBeDefined();
  });
});

describe("an option that goes", () => {
  it("is named, and only its value is left out", async () => {
    const id = await connectHubSpot();
    const record = rig.hubspot.seed("contact", { email });
    rig.hubspot.changeProperty("plan", { options: PLAN.options.slice(0, 1) });
    const run = await push({ plan: "Pro" });
    expect(run).toMatchObject({ status: "done", result: "updated" });
    expect(run?.reason).toContain("“Pro” is not one of the options of Plan in HubSpot.");
    expect(await faultsOf(id)).toEqual(["The option “Pro” is gone from “Plan” in HubSpot."]);
    expect(await push({ plan: "Free" })).toMatchObject({ result: "updated", reason: null });
    expect(rig.hubspot.record("contact", record)?.values).toMatchObject({ plan: "free" });
  });
});

describe("a field that changes its type", () => {
  it("is left out until the mapping is saved again", async () => {
    const id = await connectHubSpot();
    const record = rig.hubspot.seed("contact", { email });
    rig.hubspot.changeProperty("lead_source", { type: "number", fieldType: "number" });
    await checkMapping(rig.deps, { connectionId: id });
    expect(await faultsOf(id)).toEqual(["The field “Lead source” was a text in HubSpot and is a number now."]);
    expect((await push({ source: "4" }))?.reason).toContain("is a number now. Mend the mapping.");

    await saveMapping(rig.deps, rig.admin, id, { fields: ROWS });
    expect(await faultsOf(id)).toEqual([]);
    expect(await push({ source: "4" })).toMatchObject({ result: "updated", reason: null });
    expect(rig.hubspot.record("contact", record)?.values).toMatchObject({ lead_source: "4" });
  });
});

describe("the look for broken mappings", () => {
  it("is taken daily at every active connection, and when a connection is tested", async () => {
    const id = await connectHubSpot();
    rig.hubspot.archiveProperty("plan");
    await checkMappings(rig.deps);
    await rig.work();
    expect(await faultsOf(id)).toEqual(["The field “Plan” is gone from HubSpot."]);
    rig.hubspot.defineProperty(PLAN);
    await checkConnection(rig.deps, rig.admin, id);
    await rig.work();
    expect(await faultsOf(id)).toEqual([]);
  });

  it("leaves what is known as it is when the CRM does not answer, and says so", async () => {
    const id = await connectHubSpot();
    rig.hubspot.archiveProperty("plan");
    await checkMapping(rig.deps, { connectionId: id });
    rig.hubspot.faults.play({ fault: { kind: "status", status: 503 }, times: 5 });
    await checkMapping(rig.deps, { connectionId: id });
    const [shown] = await viewConnections(rig.deps.db, rig.deps.connectors, rig.admin);
    expect(shown).toMatchObject({ status: "active", mappingProblem: expect.stringMatching(/./) });
    expect(shown?.mappingFaults).toHaveLength(1);
    rig.hubspot.faults.clear();
    await checkMapping(rig.deps, { connectionId: id });
    expect((await viewConnections(rig.deps.db, rig.deps.connectors, rig.admin))[0]?.mappingProblem).toBeNull();
  });

  it("finds a field that HighLevel would silently drop", async () => {
    const field = rig.ghl.addCustomField({ name: "Plan", dataType: "TEXT" });
    const id = await rig.connect("ghl");
    const base = { object: "contact", policy: "fill_blank" as const };
    await saveMapping(rig.deps, rig.admin, id, {
      fields: [
        { ...base, field: "email", property: "email" },
        { ...base, field: "attribute:plan", property: `customField:${field}` },
      ],
    });
    rig.ghl.removeCustomField(field);
    await checkMapping(rig.deps, { connectionId: id });
    expect(await faultsOf(id)).toEqual(["The field “Plan” is gone from HighLevel."]);
    expect((await push({ plan: "Pro" }))?.reason).toContain("The field “Plan” is gone from HighLevel.");
  });

  it("is told to admins alone", async () => {
    const id = await connectHubSpot();
    rig.hubspot.archiveProperty("plan");
    await checkMapping(rig.deps, { connectionId: id });
    const agent = { ...rig.admin, role: "agent" as const };
    const shown = await viewConnections(rig.deps.db, rig.deps.connectors, agent);
    expect(shown.map(({ mappingFaults, mappingProblem }) => ({ mappingFaults, mappingProblem }))).toEqual([
      { mappingFaults: [], mappingProblem: null },
    ]);
  });
});
