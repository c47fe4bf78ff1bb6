import { describe, expect, it } from "vitest";
import { changesOf, planSync } from "../../../server/domain/sync/plan-sync.ts";
import { decide, inShort, planFor, planned } from "./planning.ts";

describe("a plan", () => {
  it("tells the record, its version and, of each field, what all three sides have", () => {
    const plan = planFor([{ field: "company", property: "org", chat: "Apex", crm: "Acme", base: "Alta" }]);
    expect(plan).toEqual({
      target: { object: "contact", externalId: "1" },
      expectedVersion: "v1",
      decisions: [
        {
          field: "company",
          property: "org",
          kind: "conflict",
          reason: "both_changed",
          crm: "Acme",
          chat: "Apex",
          base: "Alta",
          write: null,
        },
      ],
    });
  });

  it("writes what was said, not the form it is compared in", () => {
    expect(decide({ chat: "Ana@Exämple.com", as: "email" }).write).toBe("Ana@Exämple.com");
  });

  it("takes a property the CRM did not send for blank", () => {
    const record = { object: "contact", externalId: "1", version: null, values: {} };
    const fields = [planned({ field: "company", chat: "Acme" })];
    const plan = planSync({ record, base: {}, fields, verified: false, verifiedOnly: false, dismissed: [] });
    expect(changesOf(plan)).toEqual({ company: "Acme" });
  });

  it("of a create writes all that is known and leaves out the rest", () => {
    const fields = [
      planned({ field: "email", as: "email", chat: "ana@example.com" }),
      planned({ field: "firstName", chat: "Ana" }),
      planned({ field: "lastName" }),
      planned({ field: "company", chat: "Acme", policy: "never" }),
      planned({ field: "title", chat: "Baker", policy: "ask" }),
    ];
    const plan = planSync({ record: null, base: {}, fields, verified: false, verifiedOnly: false, dismissed: [] });
    expect(plan.target).toBeNull();
    expect(plan.expectedVersion).toBeNull();
    expect(changesOf(plan)).toEqual({ email: "ana@example.com", firstName: "Ana" });
  });

  it("decides each property of a field that is mapped twice by what that property has", () => {
    const plan = planFor([
      { field: "phone", property: "phone", as: "phone", chat: "+12025550123", crm: "+12025550199" },
      { field: "phone", property: "mobile", as: "phone", chat: "+12025550123" },
    ]);
    expect(plan.decisions.map(inShort)).toEqual(["conflict differs_without_base", 'fill blank_in_crm "+12025550123"']);
  });

  it("writes nothing when every decision is a conflict or none", () => {
    const plan = planFor([
      { field: "company", chat: "Apex", crm: "Acme" },
      { field: "title", chat: null, crm: "Baker" },
    ]);
    expect(changesOf(plan)).toEqual({});
  });
});
