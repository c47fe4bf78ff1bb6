import { describe, expect, test } from "vitest";
import { isShownAtInputs } from "../../sidebar/src/forms/use-form-send.ts";
import { valuesOf } from "../../sidebar/src/screens/settings/connections/provider-inputs.tsx";
import {
  errorsByRow,
  mappingOf,
  missingByRow,
  newRow,
  rowsOf,
} from "../../sidebar/src/screens/settings/mapping/mapping-draft.ts";
import { linesOfMap, mapOfLines } from "../../sidebar/src/screens/settings/mapping/transform-words.ts";
import { contrast, textOn } from "../../sidebar/src/screens/settings/sites/contrast.ts";
import { draftOf, inputOf, NEW_SITE, originsError } from "../../sidebar/src/screens/settings/sites/site-draft.ts";
import { snippetOf } from "../../sidebar/src/screens/settings/sites/snippet-card.tsx";

describe("mapping", () => {
  const transform = { kind: "none" as const };
  const mapping = {
    fields: [
      { field: "email", object: "contact", property: "email", policy: "fill_blank" as const, transform },
      { field: "phone", object: "lead", property: "telephone1", policy: "ask" as const, transform },
    ],
  };

  test("what was read is what is sent, when nothing was edited", () => {
    expect(mappingOf(rowsOf(mapping))).toEqual(mapping);
  });

  test("the server's refusal finds its row also after another was removed", () => {
    const rows = [...rowsOf(mapping), newRow("contact")];
    const errors = errorsByRow({ "fields.1.property": "Mapped twice.", "fields.2.field": "Name it." }, rows);
    expect(errors.get(rows[1]?.key ?? 0)).toEqual({ property: "Mapped twice." });
    expect(errors.get(rows[2]?.key ?? 0)).toEqual({ field: "Name it." });
    expect(errors.size).toBe(2);
  });
});

describe("values mapped to options", () => {
  test("are read from lines, of which those that say nothing yet are left out", () => {
    const map = mapOfLines("pro = Professional\nfree=Basic = 1\nteam\n= x\ny =");
    expect(map).toEqual({ pro: "Professional", free: "Basic = 1" });
    expect(mapOfLines(linesOfMap(map))).toEqual(map);
  });

  test("and a fixed value must be named before the mapping is sent", () => {
    const row = { ...newRow("contact"), field: "company", property: "company" };
    const fixed = { ...row, key: 1, field: "fixed", transform: { kind: "fixed" as const, value: " " } };
    const options = { ...row, key: 2, transform: { kind: "options" as const, map: {} } };
    const nameless = { ...row, key: 3, field: "attribute:" };
    expect([...missingByRow([row, fixed, options, nameless]).keys()]).toEqual([1, 2, 3]);
  });
});

describe("sites", () => {
  test("origins may be separated by lines, commas or spaces", () => {
    const draft = { ...NEW_SITE, origins: "https://a.example.com,\nhttps://b.example.com  https://c.example.com\n" };
    expect(inputOf(draft).origins).toEqual(["https://a.example.com", "https://b.example.com", "https://c.example.com"]);
  });

  test("no country is null, and a site read is the site sent", () => {
    expect(inputOf(NEW_SITE).defaultCountry).toBeNull();
    const site = { ...inputOf(NEW_SITE), id: "1", key: "k", hasIdentitySecret: false, createdAt: "" };
    expect(inputOf(draftOf(site))).toEqual(inputOf(NEW_SITE));
  });

  test("a refused origin is named", () => {
    const origins = ["https://a.example.com", "shop"];
    expect(originsError({ "origins.1": "Write an origin." }, origins)).toBe("shop: Write an origin.");
    expect(originsError({ name: "x" }, origins)).toBeUndefined();
  });

  test("the snippet names the server once, whatever slash its address ends with", () => {
    const expected = '<script async src="https://chat.example.com/widget/loader.js" data-site="st_1"></script>';
    expect(snippetOf("https://chat.example.com", "st_1")).toBe(expected);
    expect(snippetOf("https://chat.example.com/", "st_1")).toBe(expected);
  });

  test.each([
    ["#000000", "White", 21],
    ["#ffffff", "Dark", 16.5],
    ["#1d6b5f", "White", 6.3],
    ["#e9b949", "Dark", 9.1],
  ])("text on %s is %s", (accent, name, ratio) => {
    const text = textOn(accent);
    expect(text.name).toBe(name);
    expect(text.ratio).toBeCloseTo(ratio, 0);
    expect(contrast(accent, accent)).toBe(1);
  });
});

test("credentials and settings of one name are kept apart, blank ones are left out", () => {
  const input = { label: "", hint: "", required: false };
  const inputs = [
    { ...input, name: "id", in: "settings" as const },
    { ...input, name: "id", in: "credentials" as const },
    { ...input, name: "secret", in: "credentials" as const },
  ];
  const values = { "settings.id": " org ", "credentials.id": "client", "credentials.secret": " " };
  expect(valuesOf(inputs, "settings", values)).toEqual({ id: "org" });
  expect(valuesOf(inputs, "credentials", values)).toEqual({ id: "client" });
});

test("a mapping row that is not complete says what to choose", () => {
  const empty = newRow("contact");
  const half = { ...newRow("contact"), field: "email" };
  const whole = { ...newRow("contact"), field: "phone", property: "phone" };
  const missing = missingByRow([empty, half, whole]);
  expect(missing.get(empty.key)).toHaveProperty("field");
  expect(missing.get(half.key)).toHaveProperty("property");
  expect(missing.size).toBe(2);
});

describe("a refusal is never silent", () => {
  test.each([
    ["no field named", {}, false],
    ["every field has its input", { name: "Give it a name.", "credentials.token": "Refused." }, true],
    ["a part of an input's list", { "origins.2": "Write an origin." }, true],
    ["a field without an input", { name: "Give it a name.", settings: "Unreachable." }, false],
    ["a name that merely begins alike", { names: "?" }, false],
  ])("%s", (_, fields, shown) => {
    expect(isShownAtInputs(fields, ["name", "origins", "credentials.token"])).toBe(shown);
  });
});
