import { describe, expect, it } from "vitest";
import { isSurer } from "../../../server/domain/contacts/surer-value.ts";

describe("a newly learned value takes the place of", () => {
  it.each([
    ["claimed", undefined, true],
    ["claimed", "claimed", true],
    ["claimed", "verified", false],
    ["claimed", "agent", false],
    ["verified", "claimed", true],
    ["verified", "verified", true],
    ["verified", "agent", false],
    ["agent", "claimed", true],
    ["agent", "verified", true],
    ["agent", "agent", true],
  ] as const)("%s over %s: %s", (learned, held, expected) => {
    expect(isSurer(learned, held)).toBe(expected);
  });
});
