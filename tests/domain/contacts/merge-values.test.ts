import { expect, test } from "vitest";
import { type MergedValues, mergeValues, unmergeValues } from "../../../server/domain/contacts/merge-values.ts";

const NOBODY: MergedValues = {
  ...{ firstName: null, lastName: null, email: null, phone: null, company: null, title: null },
  ...{ attributes: {}, origins: {}, tags: [], doNotContact: [], engagement: "new", nextFollowUpAt: null },
  lastActivityAt: "2026-11-01T00:00:00.000Z",
};
const UNCHOSEN = { fromOther: new Set<never>(), own: new Set<never>() };

test("an attribute called like a property of every object is filled as any other", () => {
  const other = { ...NOBODY, attributes: { constructor: "Northwind Builders", plan: "pro" } };
  expect(mergeValues(NOBODY, other, UNCHOSEN).attributes).toEqual(other.attributes);
});

const ANA: MergedValues = {
  ...{ ...NOBODY, firstName: "Ana", email: "ana@example.com", attributes: { plan: "pro" }, tags: ["vip"] },
  ...{ doNotContact: ["sms"], engagement: "engaged", nextFollowUpAt: "2026-11-09T00:00:00.000Z" },
};
const ANNA: MergedValues = {
  ...{ ...NOBODY, firstName: "Anna", email: "anna@example.com", phone: "+12025550123", company: "Northwind" },
  ...{ attributes: { plan: "free", seats: 5 }, tags: ["lead"], doNotContact: ["email"], engagement: "customer" },
  ...{ nextFollowUpAt: "2026-11-05T00:00:00.000Z", lastActivityAt: "2026-11-02T00:00:00.000Z" },
};
const MERGED: MergedValues = {
  ...{ ...ANA, phone: "+12025550123", company: "Northwind", attributes: { plan: "pro", seats: 5 } },
  ...{ tags: ["vip", "lead"], doNotContact: ["sms", "email"], engagement: "customer" },
  ...{ nextFollowUpAt: "2026-11-05T00:00:00.000Z", lastActivityAt: "2026-11-02T00:00:00.000Z" },
};

test("of two contacts the survivor's values win, its blanks are filled, and what forbids to write is joined", () => {
  expect(mergeValues(ANA, ANNA, UNCHOSEN)).toEqual(MERGED);
});

test("a value that was chosen wins, also the survivor's own blank", () => {
  const chosen = { fromOther: new Set(["email"] as const), own: new Set(["phone"] as const) };
  expect(mergeValues(ANA, ANNA, chosen)).toEqual({ ...MERGED, email: "anna@example.com", phone: null });
});

test("taking a merge back leaves what was changed since, and names it", () => {
  const now = { ...MERGED, company: "Contoso", tags: ["vip", "lead", "called"] };
  const { values, stayed } = unmergeValues(now, ANA, MERGED);
  expect(values).toEqual({ ...ANA, company: "Contoso", tags: now.tags });
  expect(stayed).toEqual(["company", "tags"]);
});
