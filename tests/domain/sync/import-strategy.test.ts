import { describe, expect, test } from "vitest";
import { decideImport, type ImportDecision, type ImportedField } from "../../../server/domain/sync/import-strategy.ts";

const TEXT = { as: "text", countries: [] } as const;

function imported(values: Partial<ImportedField>): ImportedField {
  return {
    field: "company",
    property: "companyName",
    comparison: TEXT,
    ours: null,
    crm: null,
    base: null,
    heldElsewhere: false,
    dismissed: false,
    ...values,
  };
}

type Kind = ImportDecision["kind"];
type Row = readonly [
  state: string,
  ours: string | null,
  crm: string | null,
  base: string | null,
  byStrategy: { readonly crm: Kind; readonly ours: Kind; readonly merge: Kind },
];

const same = (kind: Kind) => ({ crm: kind, ours: kind, merge: kind });

const TABLE: readonly Row[] = [
  ["both blank", null, null, null, same("keep")],
  ["both blank, once agreed", null, null, "A", same("keep")],
  ["CRM blank, never agreed", "A", null, null, same("keep")],
  ["CRM cleared it", "A", null, "A", same("keep")],
  ["CRM cleared it, ours moved", "B", null, "A", same("keep")],
  ["ours blank, never agreed", null, "A", null, same("take")],
  ["ours cleared, CRM as it was", null, "A", "A", same("keep")],
  ["ours cleared, CRM moved", null, "B", "A", same("take")],
  ["equal, never agreed", "A", "A", null, same("keep")],
  ["equal, agreed", "A", "A", "A", same("keep")],
  ["equal, both moved to it", "B", "B", "A", same("keep")],
  ["only the CRM moved", "A", "B", "A", same("take")],
  ["only ours moved", "B", "A", "A", same("keep")],
  ["differ, never agreed", "A", "B", null, { crm: "take", ours: "keep", merge: "conflict" }],
  ["differ, both moved", "B", "C", "A", { crm: "take", ours: "keep", merge: "conflict" }],
];

describe("what an incoming value does, by who changed it and the strategy", () => {
  for (const [state, ours, crm, base, byStrategy] of TABLE) {
    for (const strategy of ["crm", "ours", "merge"] as const) {
      test(`${state}, strategy ${strategy}: ${byStrategy[strategy]}`, () => {
        const [decision] = decideImport([imported({ ours, crm, base })], strategy);
        expect(decision?.kind).toBe(byStrategy[strategy]);
      });

      test(`${state}, strategy ${strategy}: deciding again after taking changes nothing`, () => {
        const [first] = decideImport([imported({ ours, crm, base })], strategy);
        const after = first?.kind === "take" ? { ours: crm, crm, base: crm } : { ours, crm, base };
        const [again] = decideImport([imported(after)], strategy);
        expect(again?.kind).toBe(first?.kind === "take" ? "keep" : first?.kind);
      });
    }
  }

  test("values are compared by their keys, not by their spelling", () => {
    const fields = [
      imported({
        field: "email",
        comparison: { as: "email", countries: [] },
        ours: "ana@example.com",
        crm: "Ana@Example.com",
      }),
      imported({
        field: "phone",
        comparison: { as: "phone", countries: ["US"] },
        ours: "+12025550123",
        crm: "(202) 555-0123",
      }),
    ];
    expect(decideImport(fields, "crm").map(({ reason }) => reason)).toEqual(["equal", "equal"]);
  });

  test("spaces alone are blank and replace nothing", () => {
    expect(decideImport([imported({ ours: "A", crm: "  " })], "crm")).toMatchObject([{ kind: "keep" }]);
  });

  test("a value the other side has as a further one, and a pair an agent left, raise no conflict", () => {
    const fields = [
      imported({ ours: "A", crm: "B", heldElsewhere: true }),
      imported({ ours: "A", crm: "B", dismissed: true }),
    ];
    expect(decideImport(fields, "merge").map(({ kind }) => kind)).toEqual(["keep", "keep"]);
  });
});

describe("the two halves of a name", () => {
  const name = (first: Partial<ImportedField>, last: Partial<ImportedField>) => [
    imported({ field: "firstName", property: "firstName", ...first }),
    imported({ field: "lastName", property: "lastName", ...last }),
  ];

  test.each(["crm", "ours", "merge"] as const)("with strategy %s are never mixed from both sides", (strategy) => {
    const states = [null, "A", "B"].flatMap((ours) =>
      [null, "A", "B"].flatMap((crm) => [null, "A", "B"].map((base) => ({ ours, crm, base }))),
    );
    for (const first of states) {
      for (const last of states) {
        const decisions = decideImport(name(first, last), strategy);
        const takes = decisions.some(({ kind }) => kind === "take");
        const differs = decisions.some(
          ({ kind, ours, crm, reason }) => kind !== "take" && crm !== null && ours !== crm && reason !== "equal",
        );
        expect(takes && differs, JSON.stringify({ first, last })).toBe(false);
      }
    }
  });

  test("go to an agent together when one of them does", () => {
    const decisions = decideImport(
      name({ ours: "Bob", crm: "Robert" }, { ours: "Smith", crm: "Smythe", base: "Smith" }),
      "merge",
    );
    expect(decisions.map(({ kind }) => kind)).toEqual(["conflict", "conflict"]);
  });
});
