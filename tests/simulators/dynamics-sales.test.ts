import { describe, expect, it } from "vitest";
import { webApi } from "../support/dynamics-web-api.ts";

const DETECT = { "mscrm.suppressduplicatedetection": "false" };

describe("the life of a lead in the simulator", () => {
  it("goes on as a contact that names it, when qualified over the API", async () => {
    const { call, simulator } = webApi();
    const lead = simulator.seed("lead", { firstname: "Ann", lastname: "Lee", mobilephone: "+12025550123" });
    const wanted = { CreateAccount: false, CreateContact: true, CreateOpportunity: false, Status: 3 };
    const action = `leads(${lead})/Microsoft.Dynamics.CRM.QualifyLead`;
    const { json } = await call("POST", action, {}, wanted);
    const [contact] = json.value as { contactid: string }[];
    const row = await call("GET", `contacts(${contact?.contactid})`);
    expect(row.json).toMatchObject({ mobilephone: "+12025550123", _originatingleadid_value: lead });
    expect((await call("GET", `leads(${lead})`)).json).toMatchObject({ statecode: 1, statuscode: 3 });
    expect((await call("POST", action, {}, wanted)).status).toBe(400);
    expect(simulator.record("lead", lead)?.state).toBe("qualified");
  });

  it("names the contact that was chosen for it", async () => {
    const { call, simulator } = webApi();
    const lead = simulator.seed("lead", { lastname: "Lee" });
    const contact = simulator.seed("contact", { lastname: "Lee" });
    expect(simulator.qualify(lead, { createContact: false, existingContactId: contact })).toBe(contact);
    expect((await call("GET", `leads(${lead})`)).json).toMatchObject({ _parentcontactid_value: contact });
    expect((await call("GET", `contacts(${contact})`)).json).toMatchObject({ _originatingleadid_value: null });
  });

  it("ends when it is disqualified, and begins again by its state", async () => {
    const { call, simulator } = webApi();
    const lead = simulator.seed("lead", { lastname: "Lee" });
    simulator.disqualify(lead);
    expect(simulator.record("lead", lead)?.state).toBe("disqualified");
    await call("PATCH", `leads(${lead})`, { "if-match": "*" }, { statecode: 0 });
    expect((await call("GET", `leads(${lead})`)).json).toMatchObject({ statecode: 0, statuscode: 1 });
  });

  it("leads to its master after a merge", async () => {
    const { call, simulator } = webApi();
    const [winner, loser] = [
      simulator.seed("contact", { lastname: "A" }),
      simulator.seed("contact", { lastname: "B" }),
    ];
    simulator.merge("contact", winner, loser);
    const { json } = await call("GET", `contacts(${loser})`);
    expect(json).toMatchObject({ merged: true, _masterid_value: winner, statecode: 1 });
  });
});

describe("duplicate rules in the simulator", () => {
  it("are off unless the environment and the request ask for them", async () => {
    const { call, simulator } = webApi();
    simulator.seed("lead", { lastname: "Lee", emailaddress1: "ann@example.com" });
    const body = { lastname: "Lee", emailaddress1: "Ann@example.com" };
    expect((await call("POST", "leads", DETECT, body)).status).toBe(204);
    simulator.duplicates.on = true;
    expect((await call("POST", "leads", {}, body)).status).toBe(204);
    expect(await call("POST", "leads", DETECT, body)).toMatchObject({
      status: 500,
      json: { error: { code: "0x80040333" } },
    });
  });

  it("compare leads with contacts only where the customer wants it", async () => {
    const { call, simulator } = webApi();
    simulator.seed("contact", { lastname: "Lee", emailaddress1: "ann@example.com" });
    Object.assign(simulator.duplicates, { on: true, status: 412 });
    const body = { lastname: "Lee", emailaddress1: "ann@example.com" };
    expect((await call("POST", "leads", DETECT, body)).status).toBe(204);
    simulator.duplicates.acrossTables = true;
    expect((await call("POST", "leads", DETECT, body)).status).toBe(412);
  });
});

describe("the simulator's service protection limits", () => {
  it.each([
    ["requests", "0x80072322"],
    ["time", "0x80072321"],
    ["concurrency", "0x80072326"],
  ] as const)("of %s answer %s for as long as they are played", async (limit, code) => {
    const { call, simulator } = webApi();
    const lift = simulator.throttle(limit, { retryAfterSeconds: 30 });
    const { status, headers, json } = await call("GET", "WhoAmI");
    expect({ status, wait: headers.get("retry-after"), json }).toMatchObject({
      status: 429,
      wait: "30",
      json: { error: { code } },
    });
    lift();
    expect((await call("GET", "WhoAmI")).status).toBe(200);
  });
});

describe("the simulator's metadata", () => {
  const attributes = "EntityDefinitions(LogicalName='lead')/Attributes";

  it("gives lengths and options on the derived types only", async () => {
    const { call } = webApi();
    const cast = `${attributes}/Microsoft.Dynamics.CRM.StringAttributeMetadata?$select=LogicalName,MaxLength`;
    const { json } = await call("GET", cast);
    expect(json.value).toContainEqual(expect.objectContaining({ LogicalName: "mobilephone", MaxLength: 20 }));
    expect(await call("GET", `${attributes}?$select=LogicalName,MaxLength`)).toMatchObject({
      status: 400,
      json: { error: { message: expect.stringContaining("named 'MaxLength'") } },
    });
    const expand = "$select=LogicalName&$expand=OptionSet($select=Options)";
    const picklists = await call("GET", `${attributes}/Microsoft.Dynamics.CRM.PicklistAttributeMetadata?${expand}`);
    expect(JSON.stringify(picklists.json)).toContain('"Label":"Word of Mouth"');
    expect((await call("GET", `${attributes}/Microsoft.Dynamics.CRM.EnumAttributeMetadata`)).status).toBe(400);
  });

  it.each([
    ["AttributeType eq Microsoft.Dynamics.CRM.AttributeTypeCode'Money'", ["revenue"]],
    [
      "RequiredLevel/Value eq Microsoft.Dynamics.CRM.AttributeRequiredLevel'ApplicationRequired'",
      ["subject", "lastname"],
    ],
    ["IsCustomAttribute eq true and SourceType ne 1", ["new_chatpage"]],
    ["LogicalName eq 'lastname'", ["lastname"]],
  ])("can be filtered: %s", async (filter, names) => {
    const { json } = await webApi().call(
      "GET",
      `${attributes}?$select=LogicalName&$filter=${encodeURIComponent(filter)}`,
    );
    expect((json.value as { LogicalName: string }[]).map((one) => one.LogicalName)).toEqual(names);
  });

  it("describes tables and single columns", async () => {
    const { call } = webApi();
    const table = "EntityDefinitions(LogicalName='contact')";
    const { json } = await call("GET", `${table}?$select=EntitySetName,IsOptimisticConcurrencyEnabled`);
    expect(json).toMatchObject({ EntitySetName: "contacts", IsOptimisticConcurrencyEnabled: true });
    const column = `${table}/Attributes(LogicalName='firstname')/Microsoft.Dynamics.CRM.StringAttributeMetadata`;
    expect((await call("GET", `${column}?$select=MaxLength`)).json).toMatchObject({ MaxLength: 50 });
    expect((await call("GET", "EntityDefinitions(LogicalName='nosuch')")).status).toBe(404);
  });
});
