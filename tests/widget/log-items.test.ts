import { expect, test } from "vitest";
import type { Bubble } from "../../widget/src/app/bubbles.ts";
import { dayLabel } from "../../widget/src/app/components/dates.ts";
import { loadLanguage } from "../../widget/src/app/locales/language.ts";
import { logItems } from "../../widget/src/app/log-items.ts";

function bubble(seq: number, at: string, kind: Bubble["kind"] = "visitor", author: string | null = null): Bubble {
  return { clientId: `c${seq}`, seq, kind, event: null, author, text: `${seq}`, at, tick: null, reason: null };
}

/** "day", "event", or the seqs of a group. */
function shape(bubbles: Bubble[]): string[] {
  return logItems(bubbles).map((item) =>
    item.kind === "group" ? item.bubbles.map(({ text }) => text).join("+") : item.kind,
  );
}

test("one author's messages within three minutes stand together", () => {
  const bubbles = [
    bubble(1, "2026-03-02T10:00:00"),
    bubble(2, "2026-03-02T10:02:59"),
    bubble(3, "2026-03-02T10:06:00"),
    bubble(4, "2026-03-02T10:06:01", "agent", "Sam"),
    bubble(5, "2026-03-02T10:06:02", "agent", "Ada"),
    bubble(6, "2026-03-02T10:06:03", "event"),
    bubble(7, "2026-03-02T10:06:04", "agent", "Ada"),
  ];
  expect(shape(bubbles)).toEqual(["day", "1+2", "3", "4", "5", "event", "7"]);
});

test("a day line stands before the first message of every day and parts a group", () => {
  const bubbles = [bubble(1, "2026-03-02T23:59:30"), bubble(2, "2026-03-03T00:00:10")];
  expect(shape(bubbles)).toEqual(["day", "1", "day", "2"]);
});

test("every line has a key of its own, the same after the server has the message", () => {
  const before = logItems([{ ...bubble(1, "2026-03-02T10:00:00"), seq: null }]);
  const after = logItems([bubble(1, "2026-03-02T10:00:00")]);
  expect(after.map(({ key }) => key)).toEqual(before.map(({ key }) => key));
});

test.each([
  ["2026-03-02T00:00:01", "Today"],
  ["2026-03-01T23:59:59", "Yesterday"],
  ["2026-02-27T12:00:00", "Fri, February 27"],
  ["2025-12-31T12:00:00", "Wed, December 31, 2025"],
])("%s is called %s on 2 March 2026", async (at, label) => {
  expect(dayLabel(at, new Date("2026-03-02T12:00:00"), await loadLanguage("en"))).toBe(label);
});
