import { describe } from "vitest";
import { checkRows } from "./planning.ts";

const verified = { verified: true };
const strict = { verifiedOnly: true };

describe("row 1, nothing known", () => {
  checkRows([
    ["leaves what the CRM has", { chat: null, crm: "Acme" }, "noop nothing_known"],
    ["never erases by a blank", { chat: "  ", crm: "Acme", policy: "chat_wins" }, "noop nothing_known", verified],
    [
      "never erases by an empty list",
      { chat: [], crm: ["a"], as: "set", policy: "chat_wins" },
      "noop nothing_known",
      verified,
    ],
    ["never writes blanks of a list", { chat: ["", " "], as: "set" }, "noop nothing_known"],
    [
      "never erases what both sides had",
      { chat: "", crm: "Acme", base: "Acme", policy: "chat_wins" },
      "noop nothing_known",
      verified,
    ],
    ["has nothing to fill", { chat: null, crm: null }, "noop nothing_known"],
  ]);
});

describe("row 2, blank in the CRM and never agreed", () => {
  checkRows([
    ["is filled", { chat: "Acme" }, 'fill blank_in_crm "Acme"'],
    ["is filled by a claimed identity", { chat: "Acme", crm: "" }, 'fill blank_in_crm "Acme"'],
    ["is filled when the CRM holds only spaces", { chat: "Acme", crm: " \t" }, 'fill blank_in_crm "Acme"'],
    ["is filled when the base is only spaces", { chat: "Acme", base: " " }, 'fill blank_in_crm "Acme"'],
    ["is filled from an earlier conversation too", { chat: "Acme", saidNow: false }, 'fill blank_in_crm "Acme"'],
    ["is filled when the CRM wins", { chat: "Acme", policy: "crm_wins" }, 'fill blank_in_crm "Acme"'],
    ["is filled when the chat wins", { chat: "Acme", policy: "chat_wins" }, 'fill blank_in_crm "Acme"'],
    [
      "is filled when an unchanged CRM gives way",
      { chat: "Acme", policy: "chat_wins_if_crm_unchanged" },
      'fill blank_in_crm "Acme"',
    ],
    ["is asked about where the policy asks", { chat: "Acme", policy: "ask" }, "conflict policy_asks"],
    ["is left where the policy is never", { chat: "Acme", policy: "never" }, "noop policy_never"],
    [
      "is filled by a verified identity where only those may write",
      { chat: "Acme" },
      'fill blank_in_crm "Acme"',
      { ...strict, ...verified },
    ],
    ["is left by a claimed one there", { chat: "Acme" }, "noop needs_verified", strict],
    [
      "is asked about there all the same, where the policy asks",
      { chat: "Acme", policy: "ask" },
      "conflict policy_asks",
      strict,
    ],
    [
      "is left there when ours was only claimed before",
      { chat: "Acme", saidNow: false, onlyClaimed: true },
      "noop needs_verified",
      { ...strict, ...verified },
    ],
    ["is a zero or a no, when that is what was said", { chat: 0, as: "number" }, "fill blank_in_crm 0"],
  ]);
});

describe("row 3, cleared in the CRM", () => {
  checkRows([
    ["stays cleared when it was not said again", { chat: "Acme", base: "Acme", saidNow: false }, "noop cleared_in_crm"],
    [
      "stays cleared though ours is a newer value",
      { chat: "Apex", base: "Acme", saidNow: false },
      "noop cleared_in_crm",
    ],
    [
      "stays cleared whatever the policy",
      { chat: "Acme", base: "Acme", saidNow: false, policy: "chat_wins" },
      "noop cleared_in_crm",
      verified,
    ],
    [
      "stays cleared where the policy asks",
      { chat: "Acme", base: "Acme", saidNow: false, policy: "ask" },
      "noop cleared_in_crm",
    ],
    [
      "is filled when the visitor says it again",
      { chat: "Acme", base: "Acme" },
      'fill said_again_after_clearing "Acme"',
    ],
    [
      "is filled when the visitor says another value",
      { chat: "Apex", base: "Acme", crm: " " },
      'fill said_again_after_clearing "Apex"',
    ],
    [
      "is asked about when it is said again and the policy asks",
      { chat: "Acme", base: "Acme", policy: "ask" },
      "conflict policy_asks",
    ],
    [
      "is left by a claimed identity where only verified ones write",
      { chat: "Acme", base: "Acme" },
      "noop needs_verified",
      strict,
    ],
  ]);
});
