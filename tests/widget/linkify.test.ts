import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { linkify } from "../../widget/src/app/linkify.ts";

function hrefs(text: string): string[] {
  return linkify(text).flatMap((piece) => (typeof piece === "string" ? [] : [piece.href]));
}

describe("links in a message", () => {
  test.each([
    ["see https://example.com/a?b=1#c", ["https://example.com/a?b=1#c"]],
    ["(http://example.com/a).", ["http://example.com/a"]],
    ["https://example.com/wiki/Fern_(plant), really", ["https://example.com/wiki/Fern_(plant)"]],
    ["mailto:ana@example.com or tel:+12025550123!", ["mailto:ana@example.com", "tel:+12025550123"]],
    ["https://example.com https://example.org", ["https://example.com/", "https://example.org/"]],
    ["javascript:alert(1)", []],
    ["data:text/html,<script>alert(1)</script>", []],
    ["vbscript:x file:///etc/passwd blob:https://example.com/1", ["https://example.com/1"]],
    ["https://", []],
    ["no links", []],
  ])("%s", (text, expected) => {
    expect(hrefs(text)).toEqual(expected);
  });

  test("no text is lost, added or moved", () => {
    const anyText = fc.array(
      fc.oneof(fc.string(), fc.webUrl(), fc.constantFrom("javascript:", "tel:", "mailto:", "https://", "<b>", ").")),
    );
    fc.assert(
      fc.property(anyText, (parts) => {
        const text = parts.join("");
        const shown = linkify(text).map((piece) => (typeof piece === "string" ? piece : piece.text));
        expect(shown.join("")).toBe(text);
      }),
    );
  });

  test("a link never has another scheme than these four", () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.webUrl(), fc.string(), fc.constantFrom("JavaScript:", "https:", ":"))),
        (parts) => {
          for (const href of hrefs(parts.join(""))) expect(href).toMatch(/^(https?|mailto|tel):/);
        },
      ),
    );
  });
});
