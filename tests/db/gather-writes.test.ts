import { expect, test } from "vitest";
import { gatherWrites } from "../../server/db/queries/gather-writes.ts";

/** Writes that wait until they are told how they went. */
function slowWriter(atOnce = 1) {
  const batches: { inputs: readonly string[]; succeed(): void; fail(): void }[] = [];
  const write = (inputs: readonly string[]) =>
    new Promise<string[]>((resolve, reject) => {
      batches.push({
        inputs,
        succeed: () => resolve(inputs.map((input) => `stored ${input}`)),
        fail: () => reject(new Error("The disk is full.")),
      });
    });
  return { batches, append: gatherWrites({ write, keyOf: (input: string) => input.charAt(0), atOnce }) };
}

async function turn(): Promise<void> {
  await new Promise(setImmediate);
}

test("a write alone begins at once; what arrives meanwhile goes together, in order", async () => {
  const { batches, append } = slowWriter();
  const answers = Promise.all(["a1", "b1", "c1"].map(append));
  expect(batches.map(({ inputs }) => inputs)).toEqual([["a1"]]);
  batches[0]?.succeed();
  await turn();
  expect(batches[1]?.inputs).toEqual(["b1", "c1"]);
  batches[1]?.succeed();
  expect(await answers).toEqual(["stored a1", "stored b1", "stored c1"]);
});

test("two of one key never go together", async () => {
  const { batches, append } = slowWriter();
  const answers = Promise.all(["x1", "a1", "a2", "b1", "a3"].map(append));
  for (let i = 0; i < 4; i += 1) {
    batches[i]?.succeed();
    await turn();
  }
  expect(batches.map(({ inputs }) => inputs)).toEqual([["x1"], ["a1", "b1"], ["a2"], ["a3"]]);
  expect(await answers).toHaveLength(5);
});

test("several go at a time, and what has the key of one under way waits for that one", async () => {
  const { batches, append } = slowWriter(2);
  const answers = Promise.all(["x1", "a1", "x2", "a2", "b1"].map(append));
  expect(batches.map(({ inputs }) => inputs)).toEqual([["x1"], ["a1"]]);
  batches[1]?.succeed();
  await turn();
  expect(batches[2]?.inputs).toEqual(["a2", "b1"]);
  batches[2]?.succeed();
  await turn();
  expect(batches).toHaveLength(3);
  batches[0]?.succeed();
  await turn();
  expect(batches[3]?.inputs).toEqual(["x2"]);
  batches[3]?.succeed();
  expect(await answers).toEqual(["stored x1", "stored a1", "stored x2", "stored a2", "stored b1"]);
});

test("a write that fails tells those it was for, and the next ones go on", async () => {
  const { batches, append } = slowWriter();
  const [first, second] = [append("a1"), append("b1")];
  const refused = expect(first).rejects.toThrow("The disk is full.");
  batches[0]?.fail();
  await refused;
  await turn();
  batches[1]?.succeed();
  expect(await second).toBe("stored b1");
  const third = append("c1");
  await turn();
  batches[2]?.succeed();
  expect(await third).toBe("stored c1");
});
