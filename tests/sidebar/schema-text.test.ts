import { describe, expect, test } from "vitest";
import { schemaText } from "../../sidebar/src/screens/settings/api/schema-text.ts";

describe("a schema is told", () => {
  test.each([
    ["a limit", { type: "string", maxLength: 100 }, "string  (at most 100 characters)"],
    ["a bound that means something", { type: "integer", minimum: 1, maximum: 9007199254740991 }, "integer  (from 1)"],
    ["a default", { type: "integer", default: 50 }, "integer  (default 50)"],
    ["a choice", { enum: ["admin", "agent"] }, '"admin" | "agent"'],
    ["what may be null", { type: ["string", "null"] }, "string | null"],
    ["a reference", { anyOf: [{ $ref: "#/components/schemas/User" }, { type: "null" }] }, "User | null"],
    ["a list of choices", { type: "array", items: { enum: ["a", "b"] } }, '("a" | "b")[]'],
    ["a map", { type: "object", additionalProperties: { type: "string" } }, "{ [name]: string }"],
    ["anything", {}, "anything"],
  ])("with %s", (_what, schema, text) => {
    expect(schemaText(schema)).toBe(text);
  });

  test("with its parts indented, and what may be left out marked", () => {
    const schema = {
      type: "object",
      properties: { user: { type: "object", properties: { id: { type: "string" } }, required: ["id"] }, note: {} },
      required: ["user"],
    };
    expect(schemaText(schema)).toBe("{\n  user: {\n    id: string\n  }\n  note?: anything\n}");
  });
});
