import { expect, test } from "vitest";
import { readAhead } from "../../../server/files/read-ahead.ts";
import { readCsv } from "../../../server/files/read-csv.ts";

test("rows of nearly a megabyte come a few at a time, however many a batch may hold", async () => {
  async function* file(): AsyncGenerator<string> {
    for (let row = 0; row < 7; row += 1) yield `${row},${"x".repeat(900_000)}\n`;
  }
  const batches: number[] = [];
  for await (const rows of readCsv(file(), ",", 2_000)) batches.push(rows.length);
  expect(batches.reduce((sum, rows) => sum + rows, 0)).toBe(7);
  expect(Math.max(...batches)).toBeLessThanOrEqual(6);
});

/** Counts to `last`, then fails if it is told to; notes what it has made. */
async function* counting(last: number, made: string[], fails = false): AsyncGenerator<number, void> {
  try {
    for (let number = 1; number <= last; number += 1) {
      made.push(`made ${number}`);
      yield number;
    }
    if (fails) throw new Error("unreadable");
  } finally {
    made.push("ended");
  }
}

test("what is read ahead is one, in order, and made before its reader asks for it", async () => {
  const seen: string[] = [];
  for await (const number of readAhead(counting(3, seen))) seen.push(`read ${number}`);
  expect(seen).toEqual(["made 1", "made 2", "read 1", "made 3", "read 2", "ended", "read 3"]);
});

test("a failure ahead is met after what came before it", async () => {
  const seen: number[] = [];
  const all = async () => {
    for await (const number of readAhead(counting(2, [], true))) seen.push(number);
  };
  await expect(all()).rejects.toThrow("unreadable");
  expect(seen).toEqual([1, 2]);
});

test("a reader that leaves ends what is read ahead", async () => {
  const made: string[] = [];
  for await (const _number of readAhead(counting(9, made))) break;
  expect(made).toEqual(["made 1", "made 2", "ended"]);
});
