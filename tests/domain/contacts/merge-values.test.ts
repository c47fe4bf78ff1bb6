import { expect, test } from "vitest";
import { type MergedValues, mergeValues } from "../../../server/domain/contacts/merge-values.ts";

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
