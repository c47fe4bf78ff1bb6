import { describe, expect, it } from "vitest";
import type { FieldDescription } from "../../server/domain/connector.ts";
import { fitValue } from "../../server/domain/mapping/fit-value.ts";
import { mappingProblems } from "../../server/domain/mapping/mapping-problems.ts";
import { missingToCreate } from "../../server/domain/mapping/missing-to-create.ts";
import { proposeMapping } from "../../server/domain/mapping/propose-mapping.ts";
import { dynamics } from "../../server/integrations/dynamics/index.ts";
import { hasLeadMetadata, serveLeadMetadata } from "../support/lead-metadata.ts";

async function describeLead(): Promise<readonly FieldDescription[]> {
  const app = serveLeadMetadata();
  const connector = dynamics.createConnector({
    settings: dynamics.settings.parse({
      environmentUrl: "http://org.example.test",
      tenantId: "tenant",
      tokenUrl: "http://org.example.test/tenant/oauth2/v2.0/token",
    }),
    credentials: { clientId: "id", clientSecret: "lead-metadata" },
    facts: {},
    now: () => Date.parse("2026-03-01T10:00:00Z"),
    http: { fetch: async (input, init) => app.fetch(new Request(input, init)) },
  });
  return await connector.describeFields("lead");
}

describe.skipIf(!hasLeadMetadata())("the lead table of a customised environment", () => {
  it("is described whole: what can be written, what only shown, and links with the reason", async () => {
    const fields = await describeLead();
    const of = (name: string) => fields.find(({ property }) => property === name);
    expect(fields.filter(({ writable }) => writable)).toHaveLength(142);
    expect(fields.filter(({ unreadable }) => unreadable)).toHaveLength(38);
    expect(fields.filter(({ writable, unreadable }) => !writable && !unreadable)).toHaveLength(19);
    expect(of("subject")).toMatchObject({ type: "text", maxLength: 50, required: false });
    expect(of("firstname")).toMatchObject({ maxLength: 450 });
    expect(of("mobilephone")).toMatchObject({ maxLength: 20 });
    expect(of("description")).toMatchObject({ label: "Description", required: false });
    expect(of("createdon")?.type).toBe("date");
    expect(of("leadsourcecode")?.options).toContainEqual({ value: "8", label: "Web" });
    expect(of("fullname")).toMatchObject({
      writable: false,
      readOnlyBecause: expect.stringContaining("Dynamics 365 itself"),
    });
    expect(of("dnb_mergedbyoptimizer")?.readOnlyBecause).toContain("calculated");
    expect(of("msdyncrm_linkedinsubmissioncount")?.readOnlyBecause).toContain("summed up");
    expect(of("parentaccountid")).toMatchObject({
      writable: false,
      unreadable: true,
      readOnlyBecause: expect.stringContaining("is a link to another record"),
    });
    expect(fields.some(({ property }) => property === "leadsourcecodename")).toBe(false);
    expect(fields.every(({ label }) => label !== "")).toBe(true);
  });

  it("takes yes and no in its own words, even where it calls yes “No”", async () => {
    const field = (await describeLead()).find(({ property }) => property === "confirminterest");
    expect(field?.options).toEqual([
      { value: "true", label: "No" },
      { value: "false", label: "Yes" },
    ]);
    expect(field && fitValue("Yes", field, "Dynamics 365")).toEqual({ value: false, problem: null });
  });

  it("refuses a mapping that it would not take, row by row, and lets a good one pass", async () => {
    const crmFields = new Map([["lead", await describeLead()]]);
    const base = { object: "lead", policy: "fill_blank" as const };
    const good = [
      { ...base, field: "email", property: "emailaddress1" },
      { ...base, field: "lastName", property: "lastname" },
      { ...base, field: "fixed", property: "leadsourcecode", transform: { kind: "fixed" as const, value: "Web" } },
    ];
    const { capabilities } = dynamics;
    expect(mappingProblems(good, crmFields, "Dynamics 365")).toEqual({});
    expect(missingToCreate(good, crmFields, capabilities, "Dynamics 365")).toEqual({});

    const bad = [
      { ...base, field: "company", property: "parentaccountid" },
      { ...base, field: "fullName", property: "fullname" },
      { ...base, field: "fixed", property: "leadsourcecode", transform: { kind: "fixed" as const, value: "Smoke" } },
      { ...base, field: "fixed", property: "subject", transform: { kind: "fixed" as const, value: "x".repeat(51) } },
      { ...base, field: "title", property: "companyname" },
      { ...base, field: "company", property: "companyname" },
    ];
    expect(mappingProblems(bad, crmFields, "Dynamics 365")).toEqual({
      "fields.0.property": expect.stringContaining("link to another record"),
      "fields.1.property": expect.stringContaining("set by Dynamics 365 itself"),
      "fields.2.transform": expect.stringContaining("not one of the options"),
      "fields.3.transform": expect.stringContaining("at most 50 characters"),
      "fields.5.property": "Another row is mapped to this field already.",
    });
  });

  it("gets proposals among its hundreds of columns that can all be written", async () => {
    const fields = await describeLead();
    const proposals = proposeMapping(fields, ["company", "title", "transcriptStart", "referrer"]);
    expect(proposals).toEqual(
      expect.arrayContaining([
        { field: "company", property: "companyname", by: "name" },
        { field: "title", property: "jobtitle", by: "name" },
        { field: "transcriptStart", property: "description", by: "name" },
      ]),
    );
  });
});
