import fc from "fast-check";
import { expect, test } from "vitest";
import { parseEmail } from "../../../server/domain/identity/email.ts";
import { matchRecord } from "../../../server/domain/identity/match-record.ts";
import { namesAgree } from "../../../server/domain/identity/name.ts";
import { parsePhone } from "../../../server/domain/identity/phone.ts";
import { classifyRow } from "../../../server/domain/imports/classify-row.ts";

const EMAILS = ["ana@example.com", "bob@example.com"];
const PHONES = ["+12025550123", "+12025550124"];
const NAMES = [
  { firstName: "Ana", lastName: "Demo" },
  { firstName: "Bob", lastName: "Sample" },
  { firstName: null, lastName: null },
];

const person = fc.record({
  email: fc.option(fc.constantFrom(...EMAILS), { nil: null }),
  phone: fc.option(fc.constantFrom(...PHONES), { nil: null }),
  name: fc.constantFrom(...NAMES),
});

test("a row is who the rule that finds records in a CRM says it is", () => {
  fc.assert(
    fc.property(person, fc.array(person, { maxLength: 4 }), fc.boolean(), fc.boolean(), (row, contacts, desk, many) => {
      const shared = { email: desk && row.email !== null, phone: many && row.phone !== null };
      const candidates = contacts
        .map((one, index) => ({ ...one, externalId: String(index) }))
        .filter((one) => (one.email && one.email === row.email) || (one.phone && one.phone === row.phone));
      const match = matchRecord({
        email: row.email === null ? null : parseEmail(row.email),
        phone: row.phone === null ? null : parsePhone(row.phone, []),
        name: row.name,
        shared,
        order: "email_first",
        objects: ["contact"],
        countries: [],
        candidates: candidates.map(({ email, phone, name, externalId }) => ({
          ...name,
          object: "contact",
          externalId,
          emails: email ? [email] : [],
          phones: phone ? [phone] : [],
        })),
      });
      const classified = classifyRow({
        hasEmail: row.email !== null,
        hasPhone: row.phone !== null,
        shared,
        earlier: null,
        hits: candidates.map(({ email, phone, name, externalId }) => ({
          contactId: externalId,
          byEmail: email !== null && email === row.email,
          byPhone: phone !== null && phone === row.phone,
          name: name.firstName,
          hasOtherEmail: email !== null && email !== row.email,
          nameAgrees: namesAgree(name, row.name),
        })),
      });
      const expected = { one: "matched", ambiguous: "ambiguous", none: "unmatched" }[match.kind];
      expect(classified.class).toBe(expected);
      if (match.kind === "one") expect(classified.contactId).toBe(match.candidate.externalId);
    }),
    { numRuns: 1000 },
  );
});
