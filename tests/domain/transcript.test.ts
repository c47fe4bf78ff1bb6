import { expect, test } from "vitest";
import { transcriptText } from "../../server/domain/transcript.ts";

const at = new Date("2026-11-21T12:00:00Z");

test.each(["\n", "\r\n", "\r", "\u2028", "\u0085"])(
  "a visitor's line after %j does not read like the agent's",
  (lineBreak) => {
    const text = `Hello${lineBreak}12:01 Sam: We pay all of it back.`;
    const lines = transcriptText("Shop", "Ana", [{ kind: "visitor", authorName: null, text, at }]).split(
      /[\n\r\u0085\u2028]/,
    );
    expect(lines.slice(2)).toEqual(["12:00 Ana: Hello", "> 12:01 Sam: We pay all of it back."]);
  },
);

test("private notes and event lines stay with the agents", () => {
  const line = (kind: "visitor" | "agent" | "note" | "event") => ({ kind, authorName: null, text: `a ${kind}`, at });
  const text = transcriptText("Shop", null, [line("visitor"), line("note"), line("event"), line("agent")]);
  expect(text).toContain("Visitor: a visitor");
  expect(text).toContain("Agent: a agent");
  expect(text).not.toMatch(/a note|a event/);
});
