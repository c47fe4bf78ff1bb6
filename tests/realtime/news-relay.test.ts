import { afterAll, beforeAll, expect, test } from "vitest";
import type { Publisher } from "../../server/deps.ts";
import { createLog } from "../../server/log.ts";
import { createRelay, listenToRelays } from "../../server/news-relay.ts";
import { eventually } from "../support/eventually.ts";
import { type FreshDb, freshDb } from "../support/fresh-db.ts";
import { newId } from "../support/ids.ts";

let database: FreshDb;
beforeAll(async () => {
  database = await freshDb();
});
afterAll(() => database.drop());

test("what a process without sockets says is said where the sockets are, in order", async () => {
  const said: unknown[][] = [];
  const hear =
    (call: string) =>
    (...args: unknown[]): void =>
      void said.push([call, ...args]);
  const listener: Publisher = {
    toAgents: hear("toAgents"),
    toVisitor: hear("toVisitor"),
    disconnect: hear("disconnect"),
  };
  const stop = await listenToRelays(database.sql, listener);
  const relay = createRelay(database.sql, createLog({ level: "silent" }));

  const change = { kind: "sync_run", id: newId(), conversationId: newId(), contactId: null, version: 3 } as const;
  relay.toAgents({ siteId: "s" }, "changed", change);
  await eventually("the first", () => said.length === 1);
  relay.toVisitor("v", "presence", { agentsOnline: true });
  relay.disconnect({ sessionIds: ["a", "b"] });
  await eventually("two at once", () => said.length === 3);

  expect(said).toEqual([
    ["toAgents", { siteId: "s" }, "changed", change],
    ["toVisitor", "v", "presence", { agentsOnline: true }],
    ["disconnect", { sessionIds: ["a", "b"] }],
  ]);
  await stop();
});
