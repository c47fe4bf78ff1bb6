import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { DESCRIBED_AREAS } from "../../server/http/openapi/described-areas.ts";
import type { Agent } from "../support/chat-rig.ts";
import { newId } from "../support/ids.ts";
import { createTwoSites, type TwoSites } from "../support/two-sites.ts";

/**
 * Whatever stands in a query is a value: it is searched for or refused, never a command, a fault of ours or a long wait. The
 * cases are made from the API's own description, so a parameter that is added is tried here.
 */
let world: TwoSites;
let admin: Agent;

beforeAll(async () => {
  world = await createTwoSites();
  admin = await world.rig.makeUser("admin");
});
afterAll(() => world.rig.close());

const position = (text: string) => Buffer.from(text).toString("base64url");
const VALUES = [
  ...["' OR 1=1--", "'; select pg_sleep(30); --", "%\\", "\u0000x", "\uD800", "a & ! ( ) : * <->", "-1", "1e9", ""],
  ...["+275760-09-13T00:00:00.000Z", "9999-12-31T23:59:59.999Z", "__proto__", "a@".repeat(2_000), newId()],
  ...["x y", `infinity ${newId()}`, `${newId()} infinity`, "2026-01-01T00:00:00.000Z ' OR 1=1--"].map(position),
];

const QUERIES = DESCRIBED_AREAS.flatMap(({ routes }) => Object.entries(routes)).flatMap(([route, { query }]) =>
  query && route.startsWith("GET ") ? [[route, query] as const] : [],
);

function pathOf(route: string): string {
  const path = route.split(" ")[1] ?? "";
  return path.replace(":id", world.foreign[path.split("/")[2] ?? ""] ?? newId());
}

test.each(QUERIES)("%s takes no word of its query for a command", async (route, query) => {
  const before = await world.fingerprint();
  const { required = [] } = z
    .object({ required: z.array(z.string()).optional() })
    .parse(z.toJSONSchema(query, { io: "input", unrepresentable: "any" }));
  const needed = Object.fromEntries(required.map((name) => [name, newId()]));
  for (const name of [...Object.keys(query.shape), "$where"]) {
    const ask = async (value: string) => {
      const params = new URLSearchParams({ ...needed, [name]: value });
      const answer = await admin.request("GET", `${pathOf(route)}?${params}`);
      expect([200, 400, 404], `${name}=${value.slice(0, 60)}: ${await answer.text()}`).toContain(answer.status);
    };
    await Promise.all(VALUES.map(ask));
  }
  expect(await world.fingerprint()).toEqual(before);
});
