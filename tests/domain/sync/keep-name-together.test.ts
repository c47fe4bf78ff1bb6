import { describe, expect, it } from "vitest";
import { unitOf } from "../../../server/domain/sync/keep-name-together.ts";
import { changesOf } from "../../../server/domain/sync/plan-sync.ts";
import { type About, type FieldState, inShort, planFor } from "./planning.ts";

type Half = Omit<FieldState, "field">;
type Row = [guarantee: string, first: Half, last: Half, expected: [string, string], about?: About];

const verified = { verified: true };
const HELD_BACK = "noop other_half_of_name_differs";
const ASKED_TOO = "conflict other_half_of_name_differs";
const FILL = "fill blank_in_crm";

function states(first: Half, last: Half): FieldState[] {
  return [
    { field: "firstName", ...first },
    { field: "lastName", ...last },
  ];
}

describe("the two halves of a name", () => {
  it.each<Row>([
    [
      "are both filled into a record without a name",
      { chat: "Robert" },
      { chat: "Smythe" },
      [`${FILL} "Robert"`, `${FILL} "Smythe"`],
    ],
    [
      "need nothing when both are equal",
      { chat: "Bob", crm: "Bob" },
      { chat: "Smith", crm: "Smith" },
      ["noop equal", "noop equal"],
    ],
    [
      "fill the blank one beside an equal one",
      { chat: "Bob", crm: "Bob" },
      { chat: "Smith" },
      ["noop equal", `${FILL} "Smith"`],
    ],
    [
      "fill the blank one when nothing else was said",
      { chat: null, crm: "Bob" },
      { chat: "Smith" },
      ["noop nothing_known", `${FILL} "Smith"`],
    ],
    [
      "of Bob Smith and Robert Smythe are both asked about",
      { chat: "Robert", crm: "Bob" },
      { chat: "Smythe", crm: "Smith" },
      ["conflict differs_without_base", "conflict differs_without_base"],
    ],
    [
      "of Bob and Robert Smythe are both asked about: it never becomes Bob Smythe",
      { chat: "Robert", crm: "Bob" },
      { chat: "Smythe" },
      ["conflict differs_without_base", ASKED_TOO],
    ],
    [
      "of a last name alone and Robert Smythe are both asked about",
      { chat: "Robert" },
      { chat: "Smythe", crm: "Smith" },
      [ASKED_TOO, "conflict differs_without_base"],
    ],
    [
      "ask about one half where the other is equal",
      { chat: "Robert", crm: "Bob" },
      { chat: "Smith", crm: "Smith" },
      ["conflict differs_without_base", "noop equal"],
    ],
    [
      "hold the fill back when the other half has moved in the CRM",
      { chat: "Bob", base: "Bob", crm: "Robert" },
      { chat: "Smith" },
      ["noop crm_moved", HELD_BACK],
    ],
    [
      "hold the fill back where the CRM wins the other half",
      { chat: "Robert", crm: "Bob", policy: "crm_wins" },
      { chat: "Smythe" },
      ["noop policy_crm_wins", HELD_BACK],
    ],
    [
      "hold the fill back where the other half is never written",
      { chat: "Robert", crm: "Bob", policy: "never" },
      { chat: "Smythe" },
      ["noop policy_never", HELD_BACK],
    ],
    [
      "hold the fill back when the other half was dismissed",
      { chat: "Robert", crm: "Bob" },
      { chat: "Smythe" },
      ["noop dismissed", HELD_BACK],
      { dismissed: [{ property: "firstName", chat: "Robert", crm: "Bob" }] },
    ],
    [
      "are both overwritten where the chat wins both",
      { chat: "Robert", crm: "Bob", policy: "chat_wins" },
      { chat: "Smythe", crm: "Smith", policy: "chat_wins" },
      ['overwrite chat_wins "Robert"', 'overwrite chat_wins "Smythe"'],
      verified,
    ],
    [
      "are overwritten and filled together",
      { chat: "Robert", crm: "Bob", policy: "chat_wins" },
      { chat: "Smythe" },
      ['overwrite chat_wins "Robert"', `${FILL} "Smythe"`],
      verified,
    ],
    [
      "are not overwritten by one: Bob Smith never becomes Robert Smith",
      { chat: "Robert", crm: "Bob", policy: "chat_wins" },
      { chat: "Smythe", crm: "Smith" },
      [ASKED_TOO, "conflict differs_without_base"],
      verified,
    ],
    [
      "are not overwritten by one where the CRM wins the other",
      { chat: "Robert", crm: "Bob", policy: "chat_wins" },
      { chat: "Smythe", crm: "Smith", policy: "crm_wins" },
      [HELD_BACK, "noop policy_crm_wins"],
      verified,
    ],
    [
      "are overwritten by one where the other is equal",
      { chat: "Robert", crm: "Bob", policy: "chat_wins" },
      { chat: "Smith", crm: "Smith" },
      ['overwrite chat_wins "Robert"', "noop equal"],
      verified,
    ],
    [
      "differ by more than the space around them",
      { chat: "Bob", crm: " Bob " },
      { chat: "Smith", crm: "  " },
      ["noop equal", `${FILL} "Smith"`],
    ],
  ])("%s", (_, first, last, expected, about) => {
    const plan = planFor(states(first, last), about);
    expect(plan.decisions.map(inShort)).toEqual(expected);
  });

  it("leave every other field to itself", () => {
    const plan = planFor([
      ...states({ chat: "Robert", crm: "Bob" }, { chat: "Smythe" }),
      { field: "company", chat: "Acme" },
      { field: "title", chat: "Baker", crm: "Cook" },
    ]);
    expect(changesOf(plan)).toEqual({ company: "Acme" });
  });

  it("stay together when one is mapped to two properties that both differ", () => {
    const plan = planFor([
      { field: "firstName", chat: "Robert", crm: "Bob" },
      { field: "firstName", property: "nickname", chat: "Robert", crm: "Bobby" },
      { field: "lastName", chat: "Smythe" },
    ]);
    expect(changesOf(plan)).toEqual({});
    expect(plan.decisions.map(({ kind }) => kind)).toEqual(["conflict", "conflict", "conflict"]);
  });

  it("are one half only when the other is not mapped", () => {
    expect(changesOf(planFor([{ field: "lastName", chat: "Smythe" }]))).toEqual({ lastName: "Smythe" });
  });
});

describe("the unit a field is settled in", () => {
  it.each([
    ["firstName", "name"],
    ["lastName", "name"],
    ["email", "email"],
    ["name", "name"],
  ])("of %s is %s", (field, unit) => {
    expect(unitOf(field)).toBe(unit);
  });
});
