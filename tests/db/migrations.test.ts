import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { generateDrizzleJson, generateMigration } from "drizzle-kit/api";
import { expect, test } from "vitest";
import { schema } from "../../server/db/client.ts";
import { projectRoot } from "../../server/project-root.ts";

const META = join(projectRoot(), "drizzle/meta");

test("the migrations make the tables the schema describes", async () => {
  const latest = readdirSync(META)
    .filter((name) => name.endsWith("_snapshot.json"))
    .toSorted()
    .at(-1);
  const migrated = JSON.parse(readFileSync(join(META, latest ?? ""), "utf8"));
  const missing = await generateMigration(migrated, generateDrizzleJson(schema, migrated.id));
  expect(missing, "run `npx drizzle-kit generate`").toEqual([]);
});
