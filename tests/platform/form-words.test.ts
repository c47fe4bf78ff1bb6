import { SettleConflicts } from "@rolodesk/shared/conflict";
import { ConnectionChange, Mapping, NewConnection, ObjectQuery } from "@rolodesk/shared/connection";
import { Assignment, ListConversations } from "@rolodesk/shared/conversation";
import { AgentMessage } from "@rolodesk/shared/message";
import { SiteInput } from "@rolodesk/shared/site";
import { Credentials, NewUser, PasswordChange, PasswordReset, Setup, UserChange } from "@rolodesk/shared/user";
import { FactInput, OpenSession } from "@rolodesk/shared/visitor";
import { describe, expect, it } from "vitest";
import type { z } from "zod";
import { DomainError } from "../../server/domain/domain-error.ts";
import { createConnectorFactory } from "../../server/integrations/create-connector-factory.ts";
import { moduleOf } from "../../server/integrations/registry.ts";
import { parseInput } from "../../server/parse-input.ts";
import { mintEmail, newId } from "../support/ids.ts";

const ask = { firstName: "optional", lastName: "off", email: "required", phone: "optional" };
const person = { name: "Ana", email: mintEmail() };
const password = "twelve characters";
const connection = { name: "Shop", settings: { baseUrl: "https://x.test" }, credentials: { token: "t" }, siteIds: [] };

/** Every form, filled in as it should be. */
const FORMS: readonly (readonly [string, z.ZodType, Readonly<Record<string, unknown>>])[] = [
  [
    "a site",
    SiteInput,
    {
      ...{ name: "Shop", accent: "#1d6b5f", greeting: "", origins: ["https://shop.example.com"] },
      ...{ defaultCountry: "US", ask, idleMinutes: 30 },
    },
  ],
  ["a new user", NewUser, { ...person, role: "agent", siteIds: [newId()] }],
  ["a change of a user", UserChange, { name: "Ana", role: "admin", siteIds: [newId()], active: true }],
  ["the first admin", Setup, { ...person, password }],
  ["signing in", Credentials, { email: mintEmail(), password }],
  ["a change of a password", PasswordChange, { current: "old", next: password }],
  ["a reset of a password", PasswordReset, { token: "t", password }],
  ["a new connection", NewConnection, { provider: "hubspot", ...connection }],
  [
    "a change of a connection",
    ConnectionChange,
    { ...connection, verifiedOnly: true, lookupOrder: "email_first", addTranscript: false },
  ],
  ["a mapping", Mapping, { fields: [{ field: "email", object: "contact", property: "email", policy: "ask" }] }],
  ["the fields of an object", ObjectQuery, { object: "contact" }],
  ["a reply", AgentMessage, { clientId: newId(), kind: "agent", text: "Hello" }],
  ["an assignment", Assignment, { userId: "ada" }],
  ["a search", ListConversations, { view: "all", status: "open", search: "ana", limit: 50 }],
  [
    "settling",
    SettleConflicts,
    { decision: "keep_crm", conflicts: [{ id: newId(), seenCrmValue: "a", seenChatValue: "b" }] },
  ],
  ["a visitor's name", FactInput, { field: "firstName", value: "Ana", messageSeq: 1 }],
  ["a visitor's phone", FactInput, { field: "phone", value: "+12025550123" }],
  ["a session", OpenSession, { siteKey: "site", identityToken: "t" }],
];

const LONG = "x".repeat(10_000);
const WRONG = [undefined, null, "", " ", LONG, `${LONG}@example.com`, "?", -1, 0, 1.5, 1e12, true, {}, { other: 1 }];
const LISTS = [[], [""], [null], [{}], Array.from({ length: 300 }, () => newId())];

/** The same value with one part after the other replaced by what does not belong there. */
function* spoiled(value: unknown): Generator<unknown> {
  yield* [...WRONG, ...LISTS];
  if (typeof value !== "object" || value === null) return;
  for (const [key, part] of Object.entries(value)) {
    for (const other of spoiled(part)) {
      yield Array.isArray(value) ? value.with(Number(key), other) : { ...value, [key]: other };
    }
  }
  if (!Array.isArray(value)) yield { ...value, unheardOf: 1 };
}

/** How zod says it: "Too small: expected …", "Invalid input", "Invalid option: …", "Unrecognized key: …". */
const ZODS_WORDS = /^(invalid|too (small|big)|unrecognized|expected|required)\b|expected .* (to|one of)|received/i;

function wordsFor(schema: z.ZodType, raw: unknown): string[] {
  try {
    parseInput(schema, raw);
    return [];
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return [error.message, ...Object.values(error.fields ?? {})];
  }
}

describe.each(FORMS)("the form of %s", (_form, schema, filled) => {
  it("is taken when it is filled in well", () => {
    expect(wordsFor(schema, filled)).toEqual([]);
  });

  it("is refused in our words, whatever is written into it", () => {
    const words = new Set([...spoiled(filled)].flatMap((raw) => wordsFor(schema, raw)));
    expect(words.size).toBeGreaterThan(0);
    for (const word of words) {
      expect(word).not.toMatch(ZODS_WORDS);
      expect(word).toMatch(/^[A-Z].*\.$/);
    }
  });
});

describe.each(["hubspot", "dynamics", "ghl", "bigcommerce"] as const)("the form of an account of %s", (provider) => {
  const factory = createConnectorFactory({ demo: true, now: Date.now, http: {} });
  const { inputs } = moduleOf(provider);

  it("is refused in our words, whatever is written into it", () => {
    const words = ["", "?", "x y", LONG].flatMap((written) => {
      const values = Object.fromEntries(inputs.map(({ name }) => [name, written]));
      return Object.values(factory.problemsWith({ provider, settings: values, credentials: values }));
    });
    expect(words).toContain("This is needed.");
    for (const word of words) {
      expect(word).not.toMatch(ZODS_WORDS);
      expect(word).toMatch(/^[A-Z].*\.$/);
    }
  });
});

it("says how long a text may be, and which values there are", () => {
  expect(
    wordsFor(Mapping, { fields: [{ field: "", object: "contact", property: "x".repeat(201), policy: "?" }] }),
  ).toEqual(expect.arrayContaining(["Write something here.", "Use at most 200 characters."]));
  expect(wordsFor(NewUser, { ...person, role: "owner" })).toContain("Choose one of: admin, agent.");
});
