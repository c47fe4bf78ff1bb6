import { describe, expect, it } from "vitest";
import { DATED, openHubSpot, V3 } from "../support/hubspot-api.ts";

describe("contacts", () => {
  it("needs an email or a name", async () => {
    const { call, simulator } = openHubSpot();
    expect((await call("POST", DATED, { properties: { phone: "+12025550100" } })).status).toBe(400);
    expect(simulator.records()).toEqual([]);
  });

  it("answers a requested empty property with null, leaves out an unknown one, and gives six by default", async () => {
    const { call, create } = openHubSpot();
    const id = await create({ email: "ann@example.com" });
    const asked = await call("GET", `${DATED}/${id}?properties=phone,nonsense&properties=company`);
    expect(asked.body.properties).toMatchObject({ phone: null, company: null });
    expect(asked.body.properties).not.toHaveProperty("nonsense");
    const plain = await call("GET", `${DATED}/${id}`);
    expect(Object.keys(plain.body.properties).sort()).toEqual([
      "createdate",
      "email",
      "firstname",
      "hs_object_id",
      "lastmodifieddate",
      "lastname",
    ]);
  });

  it("is read by email without case, not by id without idProperty, and not when archived", async () => {
    const { call, create } = openHubSpot();
    const id = await create({ email: "Ann@Example.com" });
    expect((await call("GET", `${DATED}/ANN%40example.com?idProperty=email`)).body.id).toBe(id);
    expect((await call("GET", `${DATED}/ann%40example.com`)).body).toMatchObject({
      message: "Object not found.  objectId are usually numeric.",
      category: "OBJECT_NOT_FOUND",
    });
    expect((await call("DELETE", `${DATED}/${id}`)).status).toBe(204);
    const gone = await call("GET", `${DATED}/${id}`);
    expect(gone).toMatchObject({ status: 404, body: { message: "resource not found" } });
    expect(gone.body).not.toHaveProperty("category");
    expect((await call("GET", `${DATED}/${id}?archived=true`)).body.archived).toBe(true);
  });

  it("overwrites with PATCH, clears with an empty text, and answers with what was written", async () => {
    const { call, create, simulator } = openHubSpot();
    const id = await create({ email: "ann@example.com", company: "Acme", phone: "202-555-0100" });
    const { body } = await call("PATCH", `${DATED}/${id}`, { properties: { company: "", firstname: "Ann" } });
    expect(body.properties).toMatchObject({ company: null, firstname: "Ann" });
    expect(body.properties).not.toHaveProperty("email");
    expect(simulator.record("contact", id)?.values).toMatchObject({
      firstname: "Ann",
      company: null,
      phone: "202-555-0100",
    });
  });

  it("names every bad property of a write and writes none", async () => {
    const { call, create, simulator } = openHubSpot();
    const id = await create({ email: "ann@example.com" });
    const { status, body } = await call("PATCH", `${DATED}/${id}`, {
      properties: {
        missing: "x",
        hs_calculated_phone_number: "1",
        email: "nonsense",
        hs_lead_status: "dreaming",
        annualrevenue: "1,000",
        closedate: "soon",
        firstname: "Ann",
      },
    });
    expect(status).toBe(400);
    expect(body.errors.map((error) => error.code).sort()).toEqual([
      "INVALID_DATE",
      "INVALID_EMAIL",
      "INVALID_LONG",
      "INVALID_OPTION",
      "PROPERTY_DOESNT_EXIST",
      "READ_ONLY_VALUE",
    ]);
    expect(JSON.parse(body.message.slice(body.message.indexOf("[")))).toHaveLength(6);
    expect(simulator.record("contact", id)?.values).toMatchObject({ firstname: null, email: "ann@example.com" });
  });

  it("refuses an email that is somebody's first or additional address, with the id in the text only", async () => {
    const { call, create, simulator } = openHubSpot();
    const ann = await create({ email: "ann@example.com" });
    const annie = await create({ email: "annie@example.com" });
    const survivor = simulator.merge(ann, annie);
    for (const email of ["ANN@example.com", "annie@example.com"]) {
      expect(await call("POST", DATED, { properties: { email } })).toMatchObject({
        status: 409,
        body: { message: `Contact already exists. Existing ID: ${survivor}`, category: "CONFLICT" },
      });
    }
    const bob = await create({ email: "bob@example.com" });
    expect((await call("PATCH", `${DATED}/${bob}`, { properties: { email: "annie@example.com" } })).status).toBe(409);
    simulator.switches.refusesForeignEmail = false;
    expect((await call("PATCH", `${DATED}/${bob}`, { properties: { email: "annie@example.com" } })).status).toBe(200);
  });

  it("finds an additional address by idProperty only when switched so", async () => {
    const { call, create, simulator } = openHubSpot();
    const survivor = simulator.merge(
      await create({ email: "ann@example.com" }),
      await create({ email: "annie@example.com" }),
    );
    const path = `${DATED}/annie%40example.com?idProperty=email`;
    expect((await call("GET", path)).status).toBe(404);
    simulator.switches.readsSecondaryEmail = true;
    expect((await call("GET", path)).body.id).toBe(survivor);
  });

  it("blocks an address that was deleted for privacy", async () => {
    const { call, simulator } = openHubSpot();
    const body = { objectId: "ghost@example.com", idProperty: "email" };
    expect((await call("POST", `${DATED}/gdpr-delete`, body)).status).toBe(204);
    expect((await call("POST", DATED, { properties: { email: "ghost@example.com" } })).status).toBe(400);
    expect(simulator.records()).toEqual([]);
  });

  it("lists by id in pages whose cursor is the next id", async () => {
    const { call, create } = openHubSpot();
    const ids: string[] = [];
    for (let i = 0; i < 5; i++) ids.push(await create({ firstname: `Ann ${i}` }));
    const first = await call("GET", `${DATED}?limit=2`);
    expect(first.body.paging.next.after).toBe(ids[2]);
    const rest = await call("GET", `${DATED}?limit=9&after=${ids[2]}`);
    expect(rest.body.results.map((one) => one.id)).toEqual(ids.slice(2));
    expect(rest.body).not.toHaveProperty("paging");
  });

  it("tells who set a value and when, newest first", async () => {
    const { call, create, simulator, advance } = openHubSpot();
    const id = await create({ firstname: "Ann" });
    advance(1000);
    simulator.edit("contact", id, { firstname: "Anna" });
    const { body } = await call("GET", `${DATED}/${id}?propertiesWithHistory=firstname`);
    expect(body.propertiesWithHistory.firstname).toMatchObject([
      { value: "Anna", sourceType: "CRM_UI", updatedByUserId: 4711 },
      { value: "Ann", sourceType: "INTEGRATION" },
    ]);
  });

  it("lets a person be quicker than a write that is under way", async () => {
    const { call, create, simulator } = openHubSpot();
    const id = await create({ firstname: "Ann" });
    simulator.beforeNextWrite(() => simulator.edit("contact", id, { company: "Acme" }));
    await call("GET", `${DATED}/${id}`);
    expect(simulator.record("contact", id)?.values.company).toBeNull();
    await call("PATCH", `${DATED}/${id}`, { properties: { lastname: "Lee" } });
    expect(simulator.record("contact", id)?.values).toMatchObject({ company: "Acme", lastname: "Lee" });
  });

  it("enforces an admin's required properties from 2026-09 on, and not in older versions", async () => {
    const { call } = openHubSpot({
      switches: {
        requiredOnCreate: ["company"],
        requiredWhen: [{ property: "lifecyclestage", value: "customer", requires: "phone" }],
      },
    });
    expect((await call("POST", DATED, { properties: { firstname: "Ann" } })).body.errors[0]).toMatchObject({
      code: "MISSING_REQUIRED_PROPERTY",
      context: { propertyName: ["company"] },
    });
    const made = await call("POST", V3, { properties: { firstname: "Ann" } });
    expect(made.status).toBe(201);
    const patch = { properties: { lifecyclestage: "customer" } };
    expect((await call("PATCH", `${DATED}/${made.body.id}`, patch)).body.errors[0]?.code).toBe(
      "MISSING_CONDITIONAL_REQUIRED_PROPERTY",
    );
    expect((await call("PATCH", `${V3}/${made.body.id}`, patch)).status).toBe(200);
  });
});
