import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { DESCRIBED_AREAS, descriptionOf } from "../../server/http/openapi/described-areas.ts";
import { type ChatRig, createChatRig, send } from "../support/chat-rig.ts";
import { newId } from "../support/ids.ts";

let rig: ChatRig;

beforeAll(async () => {
  rig = await createChatRig();
});
afterAll(() => rig.close());

function routesOf(app: ChatRig["app"]): string[] {
  const routes = app.routes.filter(({ method, path }) => method !== "ALL" && path.startsWith("/api/"));
  return [...new Set(routes.map(({ method, path }) => `${method} ${path}`))].toSorted();
}

test("every route below /api is described, and nothing else is", () => {
  const described = DESCRIBED_AREAS.flatMap(({ routes }) => Object.keys(routes));
  expect(described.toSorted(), "describe the route in server/http/openapi").toEqual(routesOf(rig.app));
});

test("the document is for anybody to read, names each operation once, and every reference in it leads somewhere", async () => {
  const answer = await send(rig.url, "GET", "/api/openapi.json");
  expect(answer.status).toBe(200);
  const text = await answer.text();
  const document = z
    .object({
      openapi: z.literal("3.1.0"),
      paths: z.record(z.string(), z.record(z.string(), z.object({ operationId: z.string(), summary: z.string() }))),
      components: z.object({ schemas: z.record(z.string(), z.unknown()) }),
    })
    .parse(JSON.parse(text));
  const operations = Object.values(document.paths).flatMap((methods) => Object.values(methods));
  expect(operations).toHaveLength(DESCRIBED_AREAS.flatMap(({ routes }) => Object.keys(routes)).length);
  expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length);
  for (const [, name = ""] of text.matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)) {
    expect(Object.keys(document.components.schemas)).toContain(name);
  }
  expect(text).not.toContain('"$ref":"#/$defs');
});

test("what is described as for admins alone is refused to agents, and nothing else is", async () => {
  const site = await rig.makeSite();
  const agent = await rig.makeUser("agent", [site.id]);
  const ask = async (route: string) => {
    const described = descriptionOf(route);
    if (!described || described.access === "open") return;
    const [method = "", path = ""] = route.split(" ");
    const answer = await agent.request(method, path.replace(":id", newId()), method === "GET" ? undefined : {});
    expect(answer.status === 403, `${route} answered ${answer.status}`).toBe(described.adminOnly === true);
  };
  await Promise.all(routesOf(rig.app).map(ask));
});
