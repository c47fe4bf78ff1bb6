import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { contrast, TEXT_CONTRAST, textOn } from "../../widget/src/theme/contrast.ts";
import { legible } from "../../widget/src/theme/legible.ts";

const colour = fc.integer({ min: 0, max: 0xffffff }).map((value) => `#${value.toString(16).padStart(6, "0")}`);

describe("contrast", () => {
  test.each([
    ["#ffffff", "#000000", 21],
    ["#ffffff", "#ffffff", 1],
    ["#767676", "#ffffff", 4.54],
    ["#ff0000", "#ffffff", 4],
  ])("of %s and %s is %d", (one, other, ratio) => {
    expect(contrast(one, other)).toBeCloseTo(ratio, 1);
    expect(contrast(other, one)).toBe(contrast(one, other));
  });

  test.each([
    ["#1d6b5f", "#ffffff"],
    ["#000000", "#ffffff"],
    ["#f2b134", "#1c1f23"],
    ["#ffffff", "#1c1f23"],
  ])("text on %s is %s", (background, text) => {
    expect(textOn(background)).toBe(text);
  });

  test("text on any colour a site may choose can be read", () => {
    fc.assert(
      fc.property(colour, (background) => {
        expect(contrast(textOn(background), background)).toBeGreaterThanOrEqual(TEXT_CONTRAST);
      }),
    );
  });

  test("any colour, used as text on a light or dark surface, is moved until it can be read", () => {
    fc.assert(
      fc.property(colour, fc.constantFrom("#ffffff", "#1b1e22"), (accent, surface) => {
        expect(contrast(legible(accent, surface), surface)).toBeGreaterThanOrEqual(TEXT_CONTRAST);
      }),
    );
  });

  test("a colour that can be read is left as it is", () => {
    expect(legible("#1d6b5f", "#ffffff")).toBe("#1d6b5f");
  });
});
