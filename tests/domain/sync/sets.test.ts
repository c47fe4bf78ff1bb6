import { describe } from "vitest";
import { checkRows } from "./planning.ts";

const verified = { verified: true };
const strict = { verifiedOnly: true };

describe("row 9, several values", () => {
  const set = { as: "set" } as const;
  checkRows([
    ["are united", { ...set, chat: ["b"], crm: ["a"] }, 'fill added_to_set ["a","b"]'],
    [
      "are united with the text of a CRM that joins them",
      { ...set, chat: ["b"], crm: "a;c" },
      'fill added_to_set ["a","c","b"]',
    ],
    [
      "are united for a claimed identity under every writing policy",
      { ...set, chat: ["b"], crm: ["a"], policy: "chat_wins" },
      'fill added_to_set ["a","b"]',
    ],
    [
      "are never taken away, even by chat_wins",
      { ...set, chat: ["a"], crm: ["a", "b"], policy: "chat_wins" },
      "noop equal",
      verified,
    ],
    ["need nothing in another order", { ...set, chat: ["b", "a"], crm: ["a", "b"] }, "noop equal"],
    ["fill a blank", { ...set, chat: ["a"], crm: [] }, 'fill blank_in_crm ["a"]'],
    [
      "that somebody took away stay away",
      { ...set, chat: ["a", "b"], base: ["a", "b"], crm: ["a"], saidNow: false },
      "noop cleared_in_crm",
    ],
    [
      "that somebody took away come back when said again",
      { ...set, chat: ["a", "b"], base: ["a", "b"], crm: ["a"] },
      'fill added_to_set ["a","b"]',
    ],
    [
      "that are new are added beside one taken away",
      { ...set, chat: ["b", "c"], base: ["a", "b"], crm: ["a"], saidNow: false },
      'fill added_to_set ["a","c"]',
    ],
    ["are left where the CRM wins", { ...set, chat: ["b"], crm: ["a"], policy: "crm_wins" }, "noop policy_crm_wins"],
    [
      "are asked about where the policy asks",
      { ...set, chat: ["b"], crm: ["a"], policy: "ask" },
      "conflict policy_asks",
    ],
    [
      "are left by a claimed identity where only verified ones write",
      { ...set, chat: ["b"], crm: ["a"] },
      "noop needs_verified",
      strict,
    ],
    [
      "are not added again when they were dismissed",
      { ...set, chat: ["b"], crm: ["a"] },
      "noop dismissed",
      { dismissed: [{ property: "company", chat: '["b"]', crm: '["a"]' }] },
    ],
  ]);
});
