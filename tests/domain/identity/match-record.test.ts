import { describe, expect, it } from "vitest";
import type { MatchCandidate } from "../../../server/domain/identity/match-record.ts";
import { candidate, EMAIL, inShort, lookUp, OTHER_EMAIL, OTHER_PHONE, PHONE } from "./people.ts";

type About = Parameters<typeof lookUp>[1];
type Row = [guarantee: string, found: MatchCandidate[], expected: string, about?: About];

const byEmail = { emails: [EMAIL] };
const byPhone = { phones: [PHONE] };
const ana = { firstName: "Ana", lastName: "Demo" };
const bob = { firstName: "Bob", lastName: "Sample" };

function check(rows: readonly Row[]): void {
  it.each(rows)("%s", (_, found, expected, about) => {
    expect(inShort(lookUp(found, about))).toBe(expected);
  });
}

describe("by email", () => {
  check([
    ["matches the one record that has it", [candidate("A", byEmail)], "one A by email"],
    ["matches it in other case and form", [candidate("A", { emails: ["ANA@Example.com "] })], "one A by email"],
    ["matches it as a secondary address", [candidate("A", { emails: [OTHER_EMAIL, EMAIL] })], "one A by email"],
    ["matches under whatever name", [candidate("A", { ...byEmail, ...bob })], "one A by email"],
    ["matches without a phone", [candidate("A", byEmail)], "one A by email", { phone: null }],
    ["does not match a +tag", [candidate("A", { emails: ["ana+x@example.com"] })], "none"],
    ["does not match what only looks alike", [candidate("A", { emails: ["n/a", ""] })], "none"],
    ["asks when several have it", [candidate("A", byEmail), candidate("B", byEmail)], "several_by_email: A B"],
    [
      "asks even when the phone would tell them apart",
      [candidate("A", byEmail), candidate("B", { ...byEmail, ...byPhone })],
      "several_by_email: B A",
    ],
    [
      "asks even when the name would tell them apart",
      [candidate("A", byEmail), candidate("B", { ...byEmail, ...ana })],
      "several_by_email: A B",
    ],
    [
      "takes a record that both keys found for one",
      [candidate("A", byEmail), candidate("A", byEmail)],
      "one A by email",
    ],
  ]);
});

describe("by phone", () => {
  check([
    ["matches a record without email", [candidate("A", byPhone)], "one A by phone"],
    [
      "matches a record with an agreeing name",
      [candidate("A", { ...byPhone, ...ana, emails: [OTHER_EMAIL] })],
      "one A by phone",
    ],
    ["matches a record without email under another name", [candidate("A", { ...byPhone, ...bob })], "one A by phone"],
    [
      "asks when it has another email and another name",
      [candidate("A", { ...byPhone, ...bob, emails: [OTHER_EMAIL] })],
      "other_person_by_phone: A",
    ],
    ["takes a blank email for none", [candidate("A", { ...byPhone, ...bob, emails: [" "] })], "one A by phone"],
    [
      "asks when it has another email and no name",
      [candidate("A", { ...byPhone, emails: [OTHER_EMAIL] })],
      "other_person_by_phone: A",
    ],
    [
      "asks when it has another email and nothing is known of the visitor's name",
      [candidate("A", { ...byPhone, ...ana, emails: [OTHER_EMAIL] })],
      "other_person_by_phone: A",
      { name: { firstName: null, lastName: null } },
    ],
    [
      "matches whatever its email and name when no email was given",
      [candidate("A", { ...byPhone, ...bob, emails: [OTHER_EMAIL] })],
      "one A by phone",
      { email: null },
    ],
    ["asks when several have it", [candidate("B", byPhone), candidate("A", byPhone)], "several_by_phone: A B"],
    ["matches another spelling of it", [candidate("A", { phones: ["(202) 555-0123"] })], "one A by phone"],
    ["matches any of the record's numbers", [candidate("A", { phones: [OTHER_PHONE, PHONE] })], "one A by phone"],
    [
      "does not match a national number without a country",
      [candidate("A", { phones: ["202 555 0123"] })],
      "none",
      { countries: [null] },
    ],
    ["does not match the number with an extension", [candidate("A", { phones: [`${PHONE} x5`] })], "none"],
    [
      "does not match another extension",
      [candidate("A", { phones: [`${PHONE} x5`] })],
      "none",
      { phone: `${PHONE} x6` },
    ],
    [
      "matches the same extension",
      [candidate("A", { phones: [`${PHONE} ext. 5`] })],
      "one A by phone",
      { phone: `${PHONE} x5` },
    ],
    [
      "does not match a Belgian number by its digits",
      [candidate("A", { phones: ["323 555 0123"] })],
      "none",
      { phone: "+3235550123" },
    ],
  ]);
});

describe("email to one record and phone to another", () => {
  const a = candidate("A", byEmail);
  const b = candidate("B", byPhone);
  check([
    ["links the email's and names the phone's", [a, b], "one A by email, also B"],
    ["does so in whatever order they were found", [b, a], "one A by email, also B"],
    ["names every record that has the phone", [a, b, candidate("C", byPhone)], "one A by email, also B C"],
    [
      "names the other also when both have the phone",
      [candidate("A", { ...byEmail, ...byPhone }), b],
      "one A by email, also B",
    ],
    ["names nobody when one record has both", [candidate("A", { ...byEmail, ...byPhone })], "one A by email"],
    ["links the phone's where the phone comes first", [a, b], "one B by phone, also A", { order: "phone_first" }],
  ]);
});

describe("phone first", () => {
  check([
    [
      "matches by phone before email",
      [candidate("A", { ...byEmail, ...byPhone })],
      "one A by phone",
      { order: "phone_first" },
    ],
    [
      "matches by email when the phone found nobody",
      [candidate("A", byEmail)],
      "one A by email",
      { order: "phone_first" },
    ],
    [
      "asks when the phone's record is somebody else",
      [candidate("A", byEmail), candidate("B", { ...byPhone, ...bob, emails: [OTHER_EMAIL] })],
      "other_person_by_phone: A B",
      { order: "phone_first" },
    ],
  ]);
});

describe("kinds of record", () => {
  const lead = { object: "lead" };
  check([
    [
      "take a contact before a lead",
      [candidate("L", { ...lead, ...byEmail }), candidate("C", byEmail)],
      "one C by email",
    ],
    [
      "take one contact before several leads",
      [candidate("L", { ...lead, ...byEmail }), candidate("M", { ...lead, ...byEmail }), candidate("C", byEmail)],
      "one C by email",
    ],
    ["take a lead when there is no contact", [candidate("L", { ...lead, ...byEmail })], "one L by email"],
    [
      "ask among several leads",
      [candidate("M", { ...lead, ...byEmail }), candidate("L", { ...lead, ...byEmail })],
      "several_by_email: L M",
    ],
    ["leave out kinds that are nobody", [candidate("X", { object: "company", ...byEmail })], "none"],
    [
      "let the email's lead win over the phone's contact",
      [candidate("L", { ...lead, ...byEmail }), candidate("C", byPhone)],
      "one L by email, also C",
    ],
  ]);
});

it("tells a lead from a contact with the same id", () => {
  const [contact, lead] = [candidate("1", byEmail), candidate("1", { object: "lead", ...byEmail })];
  expect(lookUp([contact, lead])).toMatchObject({ kind: "one", candidate: { object: "contact" } });
  expect(lookUp([lead, contact])).toMatchObject({ kind: "one", candidate: { object: "contact" } });
});

describe("a shared key", () => {
  const sharedEmail = { shared: { email: true, phone: false } };
  const sharedPhone = { shared: { email: false, phone: true } };
  const role = { ...sharedEmail, email: "info@example.com" };
  check([
    ["never links by itself", [candidate("A", byEmail)], "shared_key: A", { ...sharedEmail, phone: null }],
    ["never creates by itself", [], "shared_key:", { ...sharedEmail, phone: null }],
    ["never links by phone either", [candidate("A", byPhone)], "shared_key: A", { ...sharedPhone, email: null }],
    ["never creates when both are shared", [], "shared_key:", { shared: { email: true, phone: true } }],
    ["leaves the match to the other key", [candidate("A", byPhone)], "one A by phone", sharedEmail],
    [
      "leaves the match to the email",
      [candidate("A", byEmail), candidate("B", byPhone)],
      "one A by email, also B",
      sharedPhone,
    ],
    ["shows its candidates when the other key found nobody", [candidate("A", byEmail)], "shared_key: A", sharedEmail],
    ["lets the other key create when nobody has either", [], "none", sharedEmail],
    [
      "is no different email: the desk's record with this phone matches",
      [candidate("A", { ...byPhone, ...bob, emails: ["info@example.com"] })],
      "one A by phone",
      role,
    ],
    [
      "does not hide that the phone is somebody else's",
      [candidate("A", { ...byPhone, ...bob, emails: [OTHER_EMAIL] })],
      "other_person_by_phone: A",
      role,
    ],
  ]);
});

describe("nobody", () => {
  check([
    ["is found among no candidates", [], "none"],
    [
      "is found without a key",
      [candidate("A", { ...byEmail, ...byPhone, ...ana })],
      "none",
      { email: null, phone: null },
    ],
    ["is found among false hits", [candidate("A", { emails: [OTHER_EMAIL], phones: [OTHER_PHONE], ...ana })], "none"],
  ]);
});
