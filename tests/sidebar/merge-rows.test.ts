import { describe, expect, test } from "vitest";
import { appendPage, mergeHead, replaceRow } from "../../sidebar/src/screens/inbox/merge-rows.ts";
import { row } from "./wire.ts";

const counts = { mine: 0, unassigned: 0, all: 0 };

function at(minute: number) {
  return row({ lastMessageAt: new Date(Date.UTC(2026, 2, 2, 10, minute)).toISOString() });
}

describe("the list after its first page was read again", () => {
  const [first, second, third, far] = [at(40), at(30), at(20), at(1)];

  test("a row that left the view is gone, rows further down stay", () => {
    const head = { items: [first, third], nextCursor: "next", counts };
    expect(mergeHead([first, second, third, far], head)).toEqual([first, third, far]);
  });

  test("a conversation that moved to the top is there once", () => {
    const moved = { ...far, lastMessageAt: new Date(Date.UTC(2026, 2, 2, 10, 50)).toISOString(), version: 2 };
    const head = { items: [moved, first], nextCursor: "next", counts };
    expect(mergeHead([first, second, third, far], head).map(({ id }) => id)).toEqual([
      moved.id,
      first.id,
      second.id,
      third.id,
    ]);
  });

  test("the whole list replaces everything", () => {
    expect(mergeHead([first, second, far], { items: [second], nextCursor: null, counts })).toEqual([second]);
  });

  test("an overtaken reading does not bring an old row back", () => {
    const renewed = { ...first, preview: "newer", version: 5 };
    const head = { items: [{ ...first, version: 4 }], nextCursor: null, counts };
    expect(mergeHead([renewed], head)).toEqual([renewed]);
  });
});

test("a further page adds each row once", () => {
  const [first, second] = [at(2), at(1)];
  expect(appendPage([first], { items: [first, second], nextCursor: null, counts })).toEqual([first, second]);
});

test("a row that no longer belongs to the view is taken out", () => {
  const shown = at(2);
  expect(replaceRow([shown], { ...shown, version: 2 }, false)).toEqual([]);
});
