import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  AMBIGUITY_WORDS,
  describeCandidate,
  type MatchCandidate,
} from "../../../server/domain/identity/match-record.ts";
import { candidate, EMAIL, emailKey, inShort, lookUp, OTHER_EMAIL, PHONE, phoneKey } from "./people.ts";

const both = { emails: [EMAIL], phones: [PHONE] };

describe("the order of ambiguous candidates", () => {
  it("is both keys, then the email, then the phone, then contacts before leads, then the id", () => {
    const found = [
      candidate("p", { phones: [PHONE] }),
      candidate("e10", { emails: [EMAIL] }),
      candidate("e9", { emails: [EMAIL] }),
      candidate("l", { object: "lead", emails: [EMAIL] }),
      candidate("z", both),
    ];
    expect(inShort(lookUp(found))).toBe("several_by_email: z e9 e10 l p");
  });

  it("counts numeric ids as people do", () => {
    const found = ["10", "9", "101", "2"].map((id) => candidate(id, both));
    expect(inShort(lookUp(found))).toBe("several_by_email: 2 9 10 101");
  });

  it("tells of each which keys it has", () => {
    const match = lookUp([
      candidate("A", both),
      candidate("B", { emails: [EMAIL] }),
      candidate("C", { phones: [PHONE] }),
    ]);
    expect(match.kind === "ambiguous" && match.candidates.map(({ has }) => has)).toEqual([
      ["email", "phone"],
      ["email"],
      ["phone"],
    ]);
  });
});

describe("matchRecord", () => {
  const records = fc.uniqueArray(
    fc.record({
      object: fc.constantFrom("contact", "lead"),
      externalId: fc.constantFrom("1", "2", "3", "10", "a", "b"),
      firstName: fc.constantFrom(null, "Ana", "Bob"),
      lastName: fc.constantFrom(null, "Demo", "Sample"),
      emails: fc.subarray([EMAIL, OTHER_EMAIL, "n/a"]),
      phones: fc.subarray([PHONE, "(202) 555-0123", "+12025550199"]),
    }),
    { selector: ({ object, externalId }) => `${object}:${externalId}`, maxLength: 8 },
  );
  const about = fc.record({
    email: fc.constantFrom(EMAIL, null),
    phone: fc.constantFrom(PHONE, null),
    order: fc.constantFrom("email_first" as const, "phone_first" as const),
    shared: fc.record({ email: fc.boolean(), phone: fc.boolean() }),
  });
  const carries = (record: MatchCandidate) =>
    record.emails.includes(EMAIL) || record.phones.some((phone) => phone !== "+12025550199");

  it("answers the same in whatever order the CRM answered", () => {
    fc.assert(
      fc.property(
        records.chain((found) => fc.tuple(fc.constant(found), fc.shuffledSubarray(found, { minLength: found.length }))),
        about,
        ([found, shuffled], question) => {
          expect(inShort(lookUp(shuffled, question))).toBe(inShort(lookUp(found, question)));
        },
      ),
      { numRuns: 500 },
    );
  });

  it("answers the same when the CRM names each record twice", () => {
    fc.assert(
      fc.property(records, about, (found, question) => {
        expect(inShort(lookUp([...found, ...found], question))).toBe(inShort(lookUp(found, question)));
      }),
    );
  });

  it("answers the same whatever false hits a search brings along", () => {
    fc.assert(
      fc.property(records, about, (found, question) => {
        const confirmed = found.filter(carries);
        expect(inShort(lookUp(found, question))).toBe(inShort(lookUp(confirmed, question)));
      }),
    );
  });

  it("never links by a shared key", () => {
    fc.assert(
      fc.property(records, about, (found, question) => {
        const match = lookUp(found, question);
        if (match.kind === "one") expect(question.shared[match.by]).toBe(false);
      }),
    );
  });

  it("never takes one of several: a link's record is alone of its kind with the key", () => {
    fc.assert(
      fc.property(records, about, (found, question) => {
        const match = lookUp(found, question);
        if (match.kind !== "one") return;
        const { candidate: linked, by } = match;
        const has = (record: MatchCandidate) =>
          by === "email" ? record.emails.includes(EMAIL) : record.phones.some((phone) => phone !== "+12025550199");
        expect(found.filter((record) => record.object === linked.object && has(record))).toEqual([linked]);
      }),
    );
  });
});

describe("a candidate's reason", () => {
  const keys = { email: emailKey(EMAIL), phone: phoneKey(PHONE) };
  const ana = { firstName: "Ana", lastName: "Demo" };

  it.each([
    ["both keys", { ...ana, ...both }, ["email", "phone"], `Ana Demo has the email ${EMAIL} and the phone ${PHONE}.`],
    ["the email", { ...ana, emails: [EMAIL] }, ["email"], `Ana Demo has the email ${EMAIL}.`],
    ["the phone", { ...ana, phones: [PHONE] }, ["phone"], `Ana Demo has the phone ${PHONE}.`],
    [
      "the phone beside another email",
      { ...ana, phones: [PHONE], emails: [OTHER_EMAIL] },
      ["phone"],
      `Ana Demo has the phone ${PHONE}, but another email (${OTHER_EMAIL}).`,
    ],
    ["a record without a name", { emails: [EMAIL] }, ["email"], `This record has the email ${EMAIL}.`],
    ["neither key", ana, [], "Ana Demo shows neither key to us, but the CRM found it by one of them."],
  ] as const)("says it in words: %s", (_, record, has, words) => {
    expect(describeCandidate({ candidate: candidate("A", record), has }, keys)).toBe(words);
  });

  it("is a sentence for every kind of ambiguity", () => {
    for (const words of Object.values(AMBIGUITY_WORDS)) expect(words).toMatch(/^[A-Z].*\.$/);
  });
});
