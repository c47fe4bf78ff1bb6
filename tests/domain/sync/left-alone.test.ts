import { describe } from "vitest";
import { checkRows, type FieldState } from "./planning.ts";

type State = Omit<FieldState, "field">;

const verified = { verified: true };

describe("row 8, a dismissed pair", () => {
  const state: State = { chat: "Apex", crm: "Acme" };
  const pair = { property: "company", chat: "Apex", crm: "Acme" };
  const dismissed = { dismissed: [pair] };
  checkRows([
    ["is not asked about again", state, "noop dismissed", dismissed],
    ["is not written by chat_wins", { ...state, policy: "chat_wins" }, "noop dismissed", { ...dismissed, ...verified }],
    [
      "is not written when the CRM is unchanged",
      { ...state, base: "Acme", policy: "chat_wins_if_crm_unchanged" },
      "noop dismissed",
      { ...dismissed, ...verified },
    ],
    [
      "is asked about again when ours is a new value",
      { ...state, chat: "Alta" },
      "conflict differs_without_base",
      dismissed,
    ],
    [
      "is asked about again when the CRM has a new value",
      { ...state, crm: "Alta" },
      "conflict differs_without_base",
      dismissed,
    ],
    [
      "holds for its own property only",
      state,
      "conflict differs_without_base",
      { dismissed: [{ ...pair, property: "title" }] },
    ],
    [
      "is compared in normal form",
      { chat: "Ana@Example.com", crm: "BOB@example.test", as: "email" },
      "noop dismissed",
      { dismissed: [{ property: "company", chat: "ana@example.com", crm: "bob@example.test" }] },
    ],
    [
      "with a blank CRM is not asked about again",
      { chat: "Apex", policy: "ask" },
      "noop dismissed",
      { dismissed: [{ ...pair, crm: "" }] },
    ],
    [
      "with a blank CRM is not filled after a change of policy",
      { chat: "Apex", crm: " " },
      "noop dismissed",
      { dismissed: [{ ...pair, crm: "" }] },
    ],
    [
      "with a blank CRM is asked about again for a new value",
      { chat: "Alta", policy: "ask" },
      "conflict policy_asks",
      { dismissed: [{ ...pair, crm: "" }] },
    ],
    ["of a full CRM does not keep a cleared one blank", { chat: "Apex" }, 'fill blank_in_crm "Apex"', dismissed],
  ]);
});

describe("a value the record has elsewhere", () => {
  const state: State = {
    chat: "ana@example.com",
    crm: "ana@work.test",
    as: "email",
    heldElsewhere: ["ana@work.test", "Ana@Example.com"],
  };
  checkRows([
    ["is no conflict", state, "noop held_elsewhere"],
    ["does not push out the primary one", { ...state, policy: "chat_wins" }, "noop held_elsewhere", verified],
    [
      "is found in another spelling",
      { chat: "+12025550123", crm: "+12025550199", as: "phone", heldElsewhere: ["(202) 555-0123"] },
      "noop held_elsewhere",
    ],
    [
      "is another one with an extension",
      { chat: "+12025550123;ext=5", crm: "+12025550199", as: "phone", heldElsewhere: ["+12025550123"] },
      "conflict differs_without_base",
    ],
    ["fills a blank all the same", { ...state, crm: null }, 'fill blank_in_crm "ana@example.com"'],
  ]);
});

describe("a value another record owns", () => {
  checkRows([
    ["does not fill a blank", { chat: "Acme", ownedByAnother: true }, "noop owned_by_another"],
    ["is no conflict", { chat: "Acme", crm: "Apex", ownedByAnother: true }, "noop owned_by_another"],
    [
      "does not overwrite",
      { chat: "Acme", crm: "Apex", policy: "chat_wins", ownedByAnother: true },
      "noop owned_by_another",
      verified,
    ],
    ["is not asked about", { chat: "Acme", policy: "ask", ownedByAnother: true }, "noop owned_by_another"],
  ]);
});
