import { describe, expect, it } from "vitest";
import { DATED, openHubSpot } from "../support/hubspot-api.ts";

describe("batches", () => {
  it("reads what is there and names what is not, with 207", async () => {
    const { call, create } = openHubSpot();
    const id = await create({ email: "ann@example.com" });
    const { status, body } = await call("POST", `${DATED}/batch/read`, {
      inputs: [{ id }, { id }, { id: "99" }],
      properties: ["email"],
    });
    expect(status).toBe(207);
    expect(body.results).toHaveLength(1);
    expect(body).toMatchObject({ numErrors: 1, errors: [{ category: "OBJECT_NOT_FOUND", context: { ids: ["99"] } }] });
  });

  it("creates all or nothing, unless every input carries a trace id", async () => {
    const { call, create, simulator } = openHubSpot();
    await create({ email: "ann@example.com" });
    const inputs = ["bob@example.com", "ann@example.com"].map((email) => ({ properties: { email } }));
    expect((await call("POST", `${DATED}/batch/create`, { inputs })).status).toBe(409);
    expect(simulator.records()).toHaveLength(1);
    const traced = inputs.map((input, i) => ({ ...input, objectWriteTraceId: String(i) }));
    const { status, body } = await call("POST", `${DATED}/batch/create`, { inputs: traced });
    expect(status).toBe(207);
    expect(body.errors).toMatchObject([{ category: "CONFLICT", objectWriteTraceId: "1" }]);
    expect(simulator.records()).toHaveLength(2);
  });

  it("updates by id only: an email as id is a success that changes nothing", async () => {
    const { call, create, simulator } = openHubSpot();
    const id = await create({ email: "ann@example.com" });
    const update = (input: Record<string, unknown>) =>
      call("POST", `${DATED}/batch/update`, { inputs: [{ properties: { firstname: "Ann" }, ...input }] });
    expect(await update({ id: "ann@example.com" })).toMatchObject({ status: 200, body: { status: "COMPLETE" } });
    expect(simulator.record("contact", id)?.values.firstname).toBeNull();
    expect((await update({ id: "ann@example.com", idProperty: "email" })).body.message).toBe(
      "Unable to perform update/upsert by non-unique 0-1 property",
    );
    await update({ id });
    expect(simulator.record("contact", id)?.values.firstname).toBe("Ann");
  });

  it("upserts by email and by a unique custom property, and says what is new", async () => {
    const { call, create, simulator } = openHubSpot();
    const id = await create({ email: "ann@example.com" });
    simulator.defineProperty({
      name: "visitor_id",
      label: "Visitor",
      type: "string",
      fieldType: "text",
      hasUniqueValue: true,
    });
    const inputs = [
      { id: "ann@example.com", idProperty: "email", properties: { firstname: "Ann" } },
      { id: "v-1", idProperty: "visitor_id", properties: { firstname: "Bob" } },
    ];
    const { body } = await call("POST", `${DATED}/batch/upsert`, { inputs });
    expect(body.results).toMatchObject([{ id, new: false }, { new: true }]);
    const again = await call("POST", `${DATED}/batch/upsert`, { inputs: inputs.slice(1) });
    expect(again.body.results).toMatchObject([{ id: body.results[1]?.id, new: false }]);
  });

  it("refuses 101 inputs", async () => {
    const { call } = openHubSpot();
    const inputs = Array.from({ length: 101 }, (_, i) => ({ id: String(i) }));
    expect((await call("POST", `${DATED}/batch/read`, { inputs })).status).toBe(400);
  });
});

describe("properties", () => {
  const PATH = "/crm/properties/2026-09/contacts";

  it("describes what can be written, what is calculated and whose options live elsewhere", async () => {
    const { call } = openHubSpot();
    const { body } = await call("GET", PATH);
    const find = (name: string) => body.results.find((one) => one.name === name);
    expect(find("firstname")).toMatchObject({ type: "string", modificationMetadata: { readOnlyValue: false } });
    expect(find("hs_calculated_phone_number")).toMatchObject({ calculated: true, hidden: true });
    expect(find("hubspot_owner_id")).toMatchObject({ externalOptions: true, options: [] });
    expect(find("createdate")?.modificationMetadata.readOnlyValue).toBe(true);
  });

  it("makes a property once, with the scope for it", async () => {
    const { call, simulator } = openHubSpot();
    const plan = { name: "plan", label: "Plan", type: "string", fieldType: "text", groupName: "contactinformation" };
    expect((await call("POST", PATH, plan)).status).toBe(403);
    simulator.switches.scopes.push("crm.schemas.contacts.write");
    expect((await call("POST", PATH, plan)).status).toBe(201);
    expect(await call("POST", PATH, plan)).toMatchObject({ status: 409, body: { category: "OBJECT_ALREADY_EXISTS" } });
    expect((await call("POST", DATED, { properties: { firstname: "Ann", plan: "Pro" } })).body.properties.plan).toBe(
      "Pro",
    );
  });
});

describe("notes", () => {
  const note = (id: string, body = "Hello") => ({
    properties: { hs_timestamp: "2026-10-01T15:00:00Z", hs_note_body: body },
    associations: [{ to: { id }, types: [{ associationCategory: "HUBSPOT_DEFINED", associationTypeId: 202 }] }],
  });

  it("hangs on a contact, bumps it, and is read beside it", async () => {
    const { call, create, advance, simulator } = openHubSpot();
    const id = await create({ firstname: "Ann" });
    const before = simulator.record("contact", id)?.updatedAt ?? "";
    advance(1000);
    const made = await call("POST", "/crm/objects/2026-09/notes", note(id));
    expect(made.status).toBe(201);
    const { body } = await call("GET", `${DATED}/${id}?associations=notes`);
    expect(body.associations.notes.results).toEqual([{ id: made.body.id, type: "contact_to_note" }]);
    expect(simulator.record("contact", id)?.notes).toEqual(["Hello"]);
    expect((simulator.record("contact", id)?.updatedAt ?? "") > before).toBe(true);
    const batch = await call("POST", "/crm/objects/2026-09/notes/batch/read", { inputs: [{ id: made.body.id }] });
    expect(batch.body.results[0]?.properties.hs_note_body).toBe("Hello");
  });

  it("is refused over 65,536 characters, without timestamp, or for a contact that is not there", async () => {
    const { call, create } = openHubSpot();
    const id = await create({ firstname: "Ann" });
    expect((await call("POST", "/crm/v3/objects/notes", note(id, "x".repeat(65_537)))).status).toBe(400);
    expect((await call("POST", "/crm/v3/objects/notes", { properties: { hs_note_body: "x" } })).status).toBe(400);
    expect((await call("POST", "/crm/v3/objects/notes", note("1"))).status).toBe(404);
  });

  it("follows its contact through a merge", async () => {
    const { call, create, simulator } = openHubSpot();
    const ann = await create({ firstname: "Ann" });
    await call("POST", "/crm/v3/objects/notes", note(ann));
    const survivor = simulator.merge(await create({ firstname: "Bob" }), ann);
    expect(simulator.record("contact", survivor)?.notes).toEqual(["Hello"]);
  });
});
