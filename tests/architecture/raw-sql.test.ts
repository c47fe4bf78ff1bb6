import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

/** Where SQL is put together from text, and why nobody's words get into it. */
const EXCEPT: Readonly<Record<string, string>> = {
  "server/db/preparing.ts": "statements that drizzle has put together, passed on",
  "server/db/queries/merge.ts": "names and types of primary keys, from our own schema",
};

test("SQL is put together from values, never from text", () => {
  const files = readdirSync("server", { recursive: true, encoding: "utf8" })
    .filter((file) => /^(?!dist|node_modules|simulators).*\.ts$/.test(file))
    .map((file) => join("server", file));
  expect(files.length).toBeGreaterThan(300);
  const raw = files.filter((file) => /\bsql\.raw\(|\.unsafe\(/.test(readFileSync(file, "utf8")));
  expect(raw).toEqual(Object.keys(EXCEPT));
});
