import { expect, test } from "vitest";
import { z } from "zod";
import { newId } from "../../server/new-id.ts";

test("ids are version 7 UUIDs, never the same, and sort by when they were made, also within a millisecond", () => {
  const before = Date.now();
  const ids = Array.from({ length: 5000 }, newId);
  const after = Date.now();
  expect(z.array(z.uuidv7()).safeParse(ids).success).toBe(true);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.toSorted()).toEqual(ids);
  const madeAt = ids.map((id) => Number.parseInt(id.replace("-", "").slice(0, 12), 16));
  expect(madeAt[0]).toBeGreaterThanOrEqual(before);
  expect(madeAt.at(-1)).toBeLessThanOrEqual(after);
});

test("ids share no randomness", () => {
  const tails = Array.from({ length: 5000 }, () => newId().slice(-12));
  expect(new Set(tails).size).toBe(tails.length);
});
