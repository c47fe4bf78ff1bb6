import { expect, test } from "vitest";
import { LIKE_ENOUGH, likeness, type NamedPerson } from "../../../server/domain/contacts/likeness.ts";
import { seeded } from "../../support/seeded.ts";

const FIRST =
  "Robert William James Michael Anna Maria Elizabeth Susan Thomas Daniel Laura Peter Nadia Omar Yuki Chloe".split(" ");
const SHORT: Record<string, string> = {
  Robert: "Bob",
  William: "Bill",
  James: "Jim",
  Michael: "Mike",
  Elizabeth: "Liz",
};
const LAST =
  "Miller Johnson Okafor Petersen Nakamura Fernandez Kowalski Lindqvist Abernathy Castellano Dubois Eriksen".split(" ");
const COMPANY = ["Northwind Traders", "Fabrikam", "Contoso Pharmaceuticals", "Tailspin Toys", "Wingtip", "Litware"];
const FORMS = ["", " Inc", " Ltd", " GmbH", ", LLC"];

interface Pair {
  readonly a: NamedPerson;
  readonly b: NamedPerson;
  readonly same: boolean;
}

/** Labelled pairs: a person written twice with slips, or two people who have much in common. */
function pairs(count: number, random: () => number): Pair[] {
  const pick = (list: readonly string[]): string => list[Math.floor(random() * list.length)] ?? "";
  const slip = (text: string) => {
    const at = 1 + Math.floor(random() * (text.length - 2));
    return text.slice(0, at) + text[at + 1] + text[at] + text.slice(at + 2);
  };
  return Array.from({ length: count }, () => {
    const a = { firstName: pick(FIRST), lastName: pick(LAST), company: pick(COMPANY) };
    if (random() < 0.5) {
      const kind = random();
      const firstName = kind < 0.3 ? (SHORT[a.firstName] ?? a.firstName) : a.firstName;
      const lastName = kind > 0.3 && kind < 0.6 ? slip(a.lastName) : a.lastName;
      return { a, b: { firstName, lastName, company: a.company + pick(FORMS) }, same: true };
    }
    const other = (list: readonly string[], not: string) => pick(list.filter((one) => one !== not));
    const kind = random();
    const b =
      kind < 0.4
        ? { ...a, firstName: other(FIRST, a.firstName) }
        : kind < 0.7
          ? { ...a, company: other(COMPANY, a.company) }
          : { ...a, lastName: other(LAST, a.lastName) };
    return { a, b, same: false };
  });
}

test("of what is suggested, at least 98 in 100 are one person, and most who are one are suggested", () => {
  const labelled = pairs(4_000, seeded(5));
  const suggested = labelled.filter(({ a, b }) => likeness(a, b) >= LIKE_ENOUGH);
  const right = suggested.filter(({ same }) => same).length;
  const precision = right / suggested.length;
  const recall = right / labelled.filter(({ same }) => same).length;
  expect(precision).toBeGreaterThanOrEqual(0.98);
  expect(recall).toBeGreaterThanOrEqual(0.9);
});

test.each([
  [{ firstName: "Robert", lastName: "Miller" }, { firstName: "Bob", lastName: "Miller" }, true],
  [{ firstName: "José", lastName: "Núñez" }, { firstName: "Jose", lastName: "Nunez" }, true],
  [{ firstName: "Miller", lastName: "Robert" }, { firstName: "Robert", lastName: "Miller" }, true],
  [{ firstName: "Anna", lastName: "Miller" }, { firstName: "Robert", lastName: "Miller" }, false],
  [{ firstName: null, lastName: "Miller" }, { firstName: "Robert", lastName: "Miller" }, false],
] as const)("%o and %o of one company are alike: %s", (a, b, alike) => {
  expect(likeness({ ...a, company: "Fabrikam Inc" }, { ...b, company: "Fabrikam" }) >= LIKE_ENOUGH).toBe(alike);
});
