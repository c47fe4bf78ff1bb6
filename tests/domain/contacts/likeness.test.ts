import { expect, test } from "vitest";
import { LIKE_ENOUGH, likeness } from "../../../server/domain/contacts/likeness.ts";
import { labelledPeople, scoresOf } from "../../support/labelled-people.ts";

test("of what is suggested among made-up staff, at least 98 in 100 are one person, and seven in ten who are one are suggested", () => {
  let [suggested, right, duplicates] = [0, 0, 0];
  for (const seed of [5, 6, 7, 8, 9]) {
    const scores = scoresOf(labelledPeople(seed), likeness, [LIKE_ENOUGH]).get(LIKE_ENOUGH);
    suggested += scores?.suggested ?? 0;
    right += scores?.right ?? 0;
    duplicates += scores?.duplicates ?? 0;
  }
  expect(right / suggested).toBeGreaterThanOrEqual(0.98);
  expect(right / duplicates).toBeGreaterThanOrEqual(0.7);
});

test.each([
  [{ firstName: "Robert", lastName: "Miller" }, { firstName: "Bob", lastName: "Miller" }, true],
  [{ firstName: "José", lastName: "Núñez" }, { firstName: "Jose", lastName: "Nunez" }, true],
  [{ firstName: "Miller", lastName: "Robert" }, { firstName: "Robert", lastName: "Miller" }, true],
  [{ firstName: "Anna", lastName: "Miller" }, { firstName: "Robert", lastName: "Miller" }, false],
  [{ firstName: null, lastName: "Miller" }, { firstName: "Robert", lastName: "Miller" }, false],
  [{ firstName: "Robert", lastName: "Miller" }, { firstName: "Robert", lastName: "Mliler" }, true],
  [{ firstName: "Michelle", lastName: "Miller" }, { firstName: "Mihcelle", lastName: "Miller" }, true],
  [{ firstName: "Anna", lastName: "Miller" }, { firstName: "Anne", lastName: "Miller" }, false],
  [{ firstName: "Daniel", lastName: "Miller" }, { firstName: "Daniela", lastName: "Miller" }, false],
  [{ firstName: "Lina", lastName: "Miller" }, { firstName: "Nina", lastName: "Miller" }, false],
] as const)("%o and %o of one company are alike: %s", (a, b, alike) => {
  expect(likeness({ ...a, company: "Fabrikam Inc" }, { ...b, company: "Fabrikam" }) >= LIKE_ENOUGH).toBe(alike);
});

test.each([
  ["Fabrikam S.A.", "Fabrikam", true],
  ["Fabrikam, LLC", "FABRIKAM Inc.", true],
  ["Fabrikam", "Fabirkam", true],
  ["Fabrikam 12", "Fabrikam 21", false],
  ["Fabrikam 2", "Fabrikam", false],
  ["Fabrikam Energy", "Fabrikam Foods", false],
])("one name at %j and at %j is one person: %s", (one, other, alike) => {
  const name = { firstName: "Robert", lastName: "Miller" };
  expect(likeness({ ...name, company: one }, { ...name, company: other }) >= LIKE_ENOUGH).toBe(alike);
});
