import { FIELD_POLICIES } from "@rolodesk/shared/vocabulary";
import { describe, expect, it } from "vitest";
import { checkRows, decide, type FieldState, inShort } from "./planning.ts";

type State = Omit<FieldState, "field">;

const verified = { verified: true };
const strict = { verifiedOnly: true };

describe("row 4, equal", () => {
  it.each(FIELD_POLICIES.filter((policy) => policy !== "never"))("needs nothing under %s", (policy) => {
    expect(inShort(decide({ chat: "Acme", crm: "Acme", base: "Apex", policy }, verified))).toBe("noop equal");
  });

  checkRows([
    ["after trimming", { chat: "Acme", crm: " Acme " }, "noop equal"],
    ["as the same email", { chat: "ana@example.com", crm: "ANA@EXAMPLE.COM", as: "email" }, "noop equal"],
    [
      "as the same phone in another spelling",
      { chat: "+12025550123", crm: "(202) 555-0123", as: "phone" },
      "noop equal",
    ],
    ["as the same number", { chat: "1.50", crm: 1.5, as: "number" }, "noop equal"],
    ["even when another record has the value too", { chat: "Acme", crm: "Acme", ownedByAnother: true }, "noop equal"],
  ]);
});

describe("row 5, the CRM moved and we did not", () => {
  it.each(FIELD_POLICIES.filter((policy) => policy !== "never"))("is no conflict under %s", (policy) => {
    const state: State = { chat: "Acme", base: "Acme", crm: "Apex", policy };
    expect(inShort(decide(state, verified))).toBe("noop crm_moved");
    expect(inShort(decide(state))).toBe("noop crm_moved");
  });

  checkRows([
    [
      "also when ours and the base differ only in form",
      { chat: "ana@example.com", base: "Ana@Example.com", crm: "bob@example.test", as: "email" },
      "noop crm_moved",
    ],
  ]);
});

describe("row 6, the CRM has not changed and ours differs", () => {
  const state: State = { chat: "Apex", base: "Acme", crm: "Acme" };
  checkRows([
    ["is a conflict by default", state, "conflict crm_unchanged"],
    ["is a conflict for a verified identity too", state, "conflict crm_unchanged", verified],
    ["is a conflict where the policy asks", { ...state, policy: "ask" }, "conflict crm_unchanged", verified],
    [
      "is written under chat_wins_if_crm_unchanged",
      { ...state, policy: "chat_wins_if_crm_unchanged" },
      'overwrite crm_unchanged "Apex"',
      verified,
    ],
    [
      "is not written there for a claimed identity",
      { ...state, policy: "chat_wins_if_crm_unchanged" },
      "conflict only_claimed",
    ],
    [
      "is not written there when ours was only claimed before",
      { ...state, policy: "chat_wins_if_crm_unchanged", saidNow: false, onlyClaimed: true },
      "conflict only_claimed",
      verified,
    ],
    ["is written under chat_wins", { ...state, policy: "chat_wins" }, 'overwrite chat_wins "Apex"', verified],
    ["is left where the CRM wins", { ...state, policy: "crm_wins" }, "noop policy_crm_wins", verified],
    ["is left where the policy is never", { ...state, policy: "never" }, "noop policy_never", verified],
    [
      "counts as unchanged after the normal form",
      {
        chat: "bob@example.test",
        base: "ana@example.com",
        crm: "ANA@example.com ",
        as: "email",
        policy: "chat_wins_if_crm_unchanged",
      },
      'overwrite crm_unchanged "bob@example.test"',
      verified,
    ],
  ]);
});

describe("row 7, no base or all three differ", () => {
  const noBase: State = { chat: "Apex", crm: "Acme" };
  const allDiffer: State = { chat: "Apex", crm: "Acme", base: "Alta" };
  checkRows([
    ["is a conflict without a base", noBase, "conflict differs_without_base", verified],
    ["is a conflict when both changed", allDiffer, "conflict both_changed", verified],
    [
      "is a conflict under chat_wins_if_crm_unchanged without a base",
      { ...noBase, policy: "chat_wins_if_crm_unchanged" },
      "conflict differs_without_base",
      verified,
    ],
    [
      "is a conflict under chat_wins_if_crm_unchanged when both changed",
      { ...allDiffer, policy: "chat_wins_if_crm_unchanged" },
      "conflict both_changed",
      verified,
    ],
    [
      "is written under chat_wins for a verified identity",
      { ...allDiffer, policy: "chat_wins" },
      'overwrite chat_wins "Apex"',
      verified,
    ],
    ["is written there without a base too", { ...noBase, policy: "chat_wins" }, 'overwrite chat_wins "Apex"', verified],
    ["is a conflict under chat_wins for a claimed one", { ...allDiffer, policy: "chat_wins" }, "conflict only_claimed"],
    ["is left where the CRM wins", { ...allDiffer, policy: "crm_wins" }, "noop policy_crm_wins"],
    [
      "is queued where only verified identities write: asking writes nothing",
      noBase,
      "conflict differs_without_base",
      strict,
    ],
    [
      "is a conflict between a phone with and without its extension",
      { chat: "+12025550123;ext=5", crm: "+12025550123", as: "phone" },
      "conflict differs_without_base",
    ],
    [
      "is a conflict between numbers of two countries with the same digits",
      { chat: "+3235550123", crm: "323 555 0123", as: "phone" },
      "conflict differs_without_base",
    ],
  ]);
});
