import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { webApi } from "../support/dynamics-web-api.ts";

const REPRESENTATION = { prefer: "return=representation" };
const errorOf = (json: Record<string, unknown>) => json.error;

describe("Entra's token endpoint", () => {
  it("gives a bearer token for an hour", async () => {
    const { status, json } = await webApi().token();
    expect(status).toBe(200);
    expect(json).toMatchObject({ token_type: "Bearer", expires_in: 3599, access_token: expect.any(String) });
  });

  it.each([
    [{ client_secret: "wrong" }, "tenant", 401, "invalid_client", 7000215],
    [{ client_id: "wrong" }, "tenant", 400, "unauthorized_client", 700016],
    [{ grant_type: "password" }, "tenant", 400, "unsupported_grant_type", 70003],
    [{ scope: "https://contoso.example.test//.default" }, "tenant", 400, "invalid_scope", 1002012],
    [{}, "other", 400, "invalid_request", 90002],
  ])("refuses %j for %s with %i %s", async (changes, tenant, status, error, code) => {
    const answer = await webApi().token(changes, tenant);
    expect(answer).toMatchObject({ status, json: { error, error_codes: [code] } });
  });

  it("issues tokens that expire, and that are good for one host only", async () => {
    const clock = { now: Date.parse("2026-03-01T10:00:00Z") };
    const { call } = webApi({ now: () => clock.now });
    expect((await call("GET", "WhoAmI")).status).toBe(200);
    expect((await call("GET", "http://other.example.test/api/data/v9.2/WhoAmI")).status).toBe(401);
    clock.now += 3_599_000;
    const late = await call("GET", "WhoAmI");
    expect(late.status).toBe(401);
    expect(late.headers.get("www-authenticate")).toContain("authorization_uri=");
  });
});

describe("rows of the Web API", () => {
  it("are created with or without their representation", async () => {
    const { call, root } = webApi();
    const bare = await call("POST", "leads", {}, { lastname: "Lee", jobtitle: "" });
    expect(bare.status).toBe(204);
    const address = bare.headers.get("odata-entityid") ?? "";
    expect(address).toMatch(new RegExp(`^${root}/leads\\([0-9a-f-]{36}\\)$`));
    expect((await call("GET", address)).json).toMatchObject({ lastname: "Lee", jobtitle: null, statecode: 0 });
    const whole = await call("POST", "leads?$select=lastname", REPRESENTATION, { firstname: "Ann", lastname: "Lee" });
    expect(whole.status).toBe(201);
    expect(whole.headers.get("preference-applied")).toBe("return=representation");
    expect(whole.headers.get("odata-entityid")).toBeNull();
    expect(Object.keys(whole.json).sort()).toEqual(["@odata.context", "@odata.etag", "lastname", "leadid"]);
  });

  it("take conditions: create only, update only, one version only", async () => {
    const { call } = webApi();
    const path = `leads(${randomUUID()})`;
    const missing = await call("PATCH", path, { "if-match": "*" }, { lastname: "Lee" });
    expect(missing).toMatchObject({ status: 404, json: { error: { code: "0x80040217" } } });
    expect((await call("PATCH", path, { "if-none-match": "*" }, { lastname: "Lee" })).status).toBe(204);
    const taken = await call("PATCH", path, { "if-none-match": "*" }, { lastname: "Lee" });
    expect(taken).toMatchObject({ status: 412, json: { error: { code: "0x80040237" } } });
    const { json: first } = await call("PATCH", path, { ...REPRESENTATION, "if-match": "*" }, { firstname: "Ann" });
    const second = await call("PATCH", path, { "if-match": String(first["@odata.etag"]) }, { firstname: "Anna" });
    expect(second.status).toBe(204);
    const late = await call("PATCH", path, { "if-match": String(first["@odata.etag"]) }, { firstname: "Annie" });
    expect(late).toMatchObject({ status: 412, json: { error: { code: "0x80060882" } } });
    expect((await call("DELETE", path, { "if-match": String(first["@odata.etag"]) })).status).toBe(412);
    expect((await call("DELETE", path)).status).toBe(204);
    expect((await call("GET", path)).status).toBe(404);
  });

  it("are created by a PATCH without If-Match, as the vendor warns", async () => {
    const { call, simulator } = webApi();
    const id = randomUUID();
    expect((await call("PATCH", `contacts(${id})`, {}, { lastname: "Lee" })).status).toBe(204);
    expect(simulator.record("contact", id)).toMatchObject({ values: { lastname: "Lee" } });
  });

  it("answer 304 to a version the client has", async () => {
    const { call, simulator } = webApi();
    const path = `contacts(${simulator.seed("contact", { firstname: "Ann", lastname: "Lee" })})?$select=fullname`;
    const first = await call("GET", path);
    expect(first.json).toMatchObject({ fullname: "Ann Lee" });
    expect((await call("GET", path, { "if-none-match": String(first.json["@odata.etag"]) })).status).toBe(304);
    expect((await call("GET", path, { "if-none-match": "null" })).status).toBe(200);
  });

  it.each([
    [{ subject: "x".repeat(301) }, "0x80044331", "The length of the 'subject' attribute of the 'lead' entity"],
    [{ leadsourcecode: 99 }, "0x8004431A", "outside the valid range"],
    [{ leadsourcecode: "8" }, "0x80048d19", "expected type 'Edm.Int32'"],
    [{ lastname: 5 }, "0x80048d19", "expected type 'Edm.String'"],
    [{ donotemail: "true" }, "0x80048d19", "expected type 'Edm.Boolean'"],
    [{ estimatedclosedate: "soon" }, "0x80048d19", "expected type 'Edm.Date'"],
    [{ nosuch: "x" }, "0x80048d19", "Invalid property 'nosuch' was found"],
    [{ parentcontactid: randomUUID() }, "0x80048d19", "Invalid property 'parentcontactid' was found"],
    [{ "ParentContactId@odata.bind": "/contacts(1)" }, "0x80048d19", "undeclared property 'ParentContactId'"],
    [{ statecode: 1, statuscode: 4 }, "0x80048408", "not a valid status code"],
  ])("refuse %j with %s", async (body, code, message) => {
    const { status, json } = await webApi().call("POST", "leads", {}, body);
    expect(status).toBe(400);
    expect(errorOf(json)).toMatchObject({ code, message: expect.stringContaining(message) });
  });

  it("ignore what is read-only, and bind lookups by navigation property", async () => {
    const { call, simulator } = webApi();
    const contact = simulator.seed("contact", { lastname: "Lee" });
    const body = { lastname: "Lee", fullname: "Somebody", "parentcontactid@odata.bind": `/contacts(${contact})` };
    const { json } = await call("POST", "leads", REPRESENTATION, body);
    expect(json).toMatchObject({ fullname: "Lee", _parentcontactid_value: contact });
  });
});

describe("collections of the Web API", () => {
  it("are paged by cookie, which ignores $top, and is good until the last page", async () => {
    const { call, simulator, root } = webApi();
    for (const lastname of ["A", "B", "C"]) simulator.seed("contact", { lastname });
    const prefer = { prefer: "odata.maxpagesize=2" };
    const first = await call("GET", "contacts?$select=lastname&$orderby=lastname desc&$top=1&$count=true", prefer);
    expect(first.json).toMatchObject({ "@odata.count": 3, value: [{ lastname: "C" }, { lastname: "B" }] });
    const next = String(first.json["@odata.nextLink"]);
    expect(next.startsWith(`${root}/contacts?`)).toBe(true);
    expect(next).toContain("pagingcookie%3D%22%253Ccookie%2520page");
    const second = await call("GET", next, prefer);
    expect(second.json).toMatchObject({ value: [{ lastname: "A" }] });
    expect(second.json["@odata.nextLink"]).toBeUndefined();
  });

  it("stop at $top, without a next page", async () => {
    const { call, simulator } = webApi();
    for (const lastname of ["A", "B"]) simulator.seed("lead", { lastname });
    const { json } = await call("GET", "leads?$top=1");
    expect(json.value).toHaveLength(1);
    expect(json["@odata.nextLink"]).toBeUndefined();
  });

  it.each([
    ["contacts?$skip=1", 400, "Skip Clause is not supported"],
    ["contacts?$select=xyz", 400, "Could not find a property named 'xyz'"],
    ["contacts?$select=gendercodename", 400, "Could not find a property named 'gendercodename'"],
    ["contacts?$orderby=xyz", 400, "Could not find a property named 'xyz'"],
    ["contacts?$top=x", 400, "Invalid value 'x' for $top"],
    ["contacts?$filter=lastname eq 'O'Bryan'", 400, "unterminated literal"],
    ["persons", 404, "Resource not found for the segment 'persons'."],
  ])("refuse %s with %i", async (path, status, message) => {
    const answer = await webApi().call("GET", path);
    expect(answer.status).toBe(status);
    expect(errorOf(answer.json)).toMatchObject({ code: "0x80060888", message: expect.stringContaining(message) });
  });
});

describe("a simulated environment", () => {
  it("keeps its records and its identity across a restart", async () => {
    const folder = await mkdtemp(join(tmpdir(), "dynamics-"));
    try {
      const file = join(folder, "dynamics.json");
      const before = webApi({ file }).simulator;
      const id = before.seed("lead", { lastname: "Lee" });
      const after = webApi({ file }).simulator;
      expect(after.record("lead", id)).toEqual(before.record("lead", id));
      expect(after.organizationId).toBe(before.organizationId);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it("lets a person play the salesperson, and leads to the record from its deep link", async () => {
    const { simulator } = webApi();
    const id = simulator.seed("lead", { lastname: "Lee", leadsourcecode: "8" });
    const link = await simulator.app.request(`/main.aspx?etn=lead&pagetype=entityrecord&id=${id}`);
    const page = await simulator.app.request(link.headers.get("location") ?? "");
    expect(await page.text()).toContain(id);
    simulator.edit("lead", id, { leadsourcecode: "9" });
    expect(simulator.record("lead", id)?.values.leadsourcecode).toBe(9);
    expect(simulator.journal.entries).toEqual([]);
  });
});
