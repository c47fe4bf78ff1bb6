import { FIELD_POLICIES } from "@rolodesk/shared/vocabulary";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { FieldValue, Values } from "../../../server/domain/connector.ts";
import { type ComparedAs, isBlank, normalForm, toSet } from "../../../server/domain/sync/normal-form.ts";
import { changesOf, type Decision, type PlanInput, planSync } from "../../../server/domain/sync/plan-sync.ts";

/** Few values that meet often: equal, equal in form, different, blank. */
const VALUES: Record<ComparedAs, readonly FieldValue[]> = {
  text: [null, "", "  ", "Bob", " Bob ", "Robert", "Smith"],
  email: [null, " ", "ana@example.com", "ANA@example.com", "bob@example.test", "n/a"],
  phone: [null, "", "+12025550123", "(202) 555-0123", "+12025550123 x5", "+3235550123", "323 555 0123"],
  number: [null, "", 0, "0", 1.5, "1.50", "many"],
  boolean: [null, false, "False", true],
  date: ["2026-03-01", "2026-03-01T00:00:00.000Z", "1772323200000", "2026-03-02", "someday", "", null],
  set: [null, [], [" "], ["a"], ["b", "a"], "a;b", ["c"]],
};

const FIELDS: readonly (readonly [field: string, property: string, as: ComparedAs])[] = [
  ["firstName", "first", "text"],
  ["lastName", "last", "text"],
  ["firstName", "nick", "text"],
  ["email", "mail", "email"],
  ["phone", "tel", "phone"],
  ["age", "age", "number"],
  ["vip", "vip", "boolean"],
  ["tags", "tags", "set"],
];

const input: fc.Arbitrary<PlanInput> = fc
  .record({
    rows: fc.tuple(
      ...FIELDS.map(([field, property, as]) => {
        const value = fc.constantFrom(...VALUES[as]);
        return fc.record({
          planned: fc.record({
            field: fc.constant(field),
            property: fc.constant(property),
            policy: fc.constantFrom(...FIELD_POLICIES),
            comparison: fc.constant({ as, countries: ["US"] }),
            chat: value,
            saidNow: fc.boolean(),
            onlyClaimed: fc.boolean(),
            heldElsewhere: fc.constantFrom(undefined, ["bob@example.test", "+12025550123"]),
            ownedByAnother: fc.boolean(),
          }),
          crm: value,
          base: value,
          dismissed: fc.option(fc.tuple(value, value), { nil: null }),
        });
      }),
    ),
    creates: fc.boolean(),
    verified: fc.boolean(),
    verifiedOnly: fc.boolean(),
  })
  .map(({ rows, creates, verified, verifiedOnly }) => {
    const side = (of: "crm" | "base"): Values => Object.fromEntries(rows.map((row) => [row.planned.property, row[of]]));
    return {
      record: creates ? null : { object: "contact", externalId: "1", version: null, values: side("crm") },
      base: creates ? {} : side("base"),
      fields: rows.map(({ planned }) => planned),
      verified,
      verifiedOnly,
      dismissed: rows.flatMap(({ planned: { property, comparison }, dismissed: pair }) => {
        if (!pair) return [];
        const [chat, crm] = pair.map((value) => normalForm(value, comparison) ?? "");
        return [{ property, chat: chat ?? "", crm: crm ?? "" }];
      }),
    };
  });

function always(guarantee: string, holds: (input: PlanInput, decisions: readonly Decision[]) => void): void {
  it(guarantee, () => {
    fc.assert(
      fc.property(input, (given) => holds(given, planSync(given).decisions)),
      { numRuns: 400 },
    );
  });
}

function writes({ kind }: Decision): boolean {
  return kind === "fill" || kind === "overwrite";
}

/** The world after the plan was carried out: what was written, and a base wherever both sides are equal. */
function applied(given: PlanInput): PlanInput {
  const values = { ...given.record?.values, ...changesOf(planSync(given)) };
  const agreed = given.fields.filter(({ chat, property, comparison }) => {
    const ours = normalForm(chat, comparison);
    return ours !== null && ours === normalForm(values[property], comparison);
  });
  return {
    ...given,
    record: { object: "contact", externalId: "1", version: null, values },
    base: { ...given.base, ...Object.fromEntries(agreed.map(({ property }) => [property, values[property] ?? null])) },
  };
}

describe("whatever chat, CRM and base say", () => {
  always("nothing is ever erased: no blank is written", (_, decisions) => {
    for (const decision of decisions.filter(writes)) expect(isBlank(decision.write)).toBe(false);
  });

  always("a fill takes nothing away from what the CRM had", ({ fields }, decisions) => {
    decisions.forEach(({ kind, crm, write }, index) => {
      if (kind !== "fill" || isBlank(crm)) return;
      expect(fields[index]?.comparison.as).toBe("set");
      for (const item of toSet(crm)) expect(toSet(write)).toContain(item);
    });
  });

  always("a claimed identity overwrites nothing", ({ verified, fields }, decisions) => {
    decisions.forEach(({ kind }, index) => {
      if (!verified || fields[index]?.onlyClaimed) expect(kind).not.toBe("overwrite");
    });
  });

  always("only the policies that say so overwrite", ({ fields }, decisions) => {
    decisions.forEach(({ kind }, index) => {
      if (kind === "overwrite") expect(fields[index]?.policy).toMatch(/^chat_wins/);
    });
  });

  always("a claimed identity writes nothing where only verified ones may", (given, decisions) => {
    if (given.verified || !given.verifiedOnly) return;
    expect(decisions.filter(writes)).toEqual([]);
  });

  always("a field whose policy is never is neither written nor asked about", ({ fields }, decisions) => {
    decisions.forEach(({ kind }, index) => {
      if (fields[index]?.policy === "never") expect(kind).toBe("noop");
    });
  });

  always("a field whose policy asks is never written", ({ fields }, decisions) => {
    decisions.forEach((decision, index) => {
      if (fields[index]?.policy === "ask") expect(writes(decision)).toBe(false);
    });
  });

  always("a value another record owns is never written or asked about", ({ fields }, decisions) => {
    decisions.forEach(({ kind }, index) => {
      if (fields[index]?.ownedByAnother) expect(kind).toBe("noop");
    });
  });

  always("a dismissed pair is never asked about or overwritten", ({ fields, dismissed }, decisions) => {
    decisions.forEach(({ kind, property, chat, crm }, index) => {
      const comparison = fields[index]?.comparison;
      if (!comparison) return;
      const [H, C] = [normalForm(chat, comparison), normalForm(crm, comparison) ?? ""];
      if (dismissed.some((pair) => pair.property === property && pair.chat === H && pair.crm === C)) {
        expect(kind).toBe("noop");
      }
    });
  });

  always("a write exists exactly where the decision writes", (_, decisions) => {
    for (const decision of decisions) expect(decision.write !== null).toBe(writes(decision));
  });

  always("every mapped field gets one decision, in the order of the mapping", ({ fields }, decisions) => {
    expect(decisions.map(({ property }) => property)).toEqual(fields.map(({ property }) => property));
  });

  always("no half of a name is written while another half would still differ", (given, decisions) => {
    const halves = decisions.filter(({ field }) => field === "firstName" || field === "lastName");
    const comparison: { as: ComparedAs; countries: string[] } = { as: "text", countries: [] };
    const stillDiffers = halves.some(({ kind, chat, crm }) => {
      const [H, C] = [normalForm(chat, comparison), normalForm(crm, comparison)];
      return H !== null && C !== null && H !== C && kind !== "overwrite";
    });
    if (given.record && stillDiffers) expect(halves.filter(writes)).toEqual([]);
  });

  always("planning after applying the plan yields no write", (given) => {
    expect(changesOf(planSync(applied(given)))).toEqual({});
  });

  always("planning after applying the plan asks about nothing new", (given, decisions) => {
    const asked = new Set(decisions.filter(({ kind }) => kind === "conflict").map(({ property }) => property));
    if (given.record === null) return;
    const again = planSync(applied(given)).decisions.filter(({ kind }) => kind === "conflict");
    for (const { property } of again) expect(asked).toContain(property);
  });

  always("planning twice yields the same plan", (given, decisions) => {
    expect(planSync(given).decisions).toEqual(decisions);
  });
});
