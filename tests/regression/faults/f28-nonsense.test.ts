import { afterEach, beforeEach, expect, it } from "vitest";
import type { Fault } from "../../../server/simulators/kit/faults.ts";
import { mintEmail } from "../../support/ids.ts";
import { CRMS } from "../../support/simulated-crms.ts";
import { createSyncRig, type SyncRig } from "../../support/sync-rig.ts";
import { linksOf } from "../../support/sync-state.ts";
import { tally } from "../../support/tally.ts";
import { figuresOf } from "./figures.ts";

const WRONG_TYPES = {
  id: 7,
  properties: "none",
  contact: [],
  contacts: { id: true },
  value: "x",
  results: [{ id: null }],
};
const json = (body: string): Fault => ({ kind: "body", body });

const NONSENSE: readonly [string, Fault][] = [
  ["a web page", { kind: "body", body: "<html>hello</html>", contentType: "text/html" }],
  ["half of a JSON", json('{"id":"1","properties":{"email":"wr')],
  ["10 MB of JSON", json(JSON.stringify({ id: "1", properties: { firstname: "x".repeat(10 * 1024 * 1024) } }))],
  ["wrong types", json(JSON.stringify(WRONG_TYPES))],
  ["nothing", json("")],
  ["a JSON null", json("null")],
];

const figure = figuresOf("F28");
let rig: SyncRig;
beforeEach(async () => {
  rig = await createSyncRig();
  for (const crm of CRMS) await rig.connect(crm);
});
afterEach(() => rig.close());

it.each(NONSENSE)("a 200 with %s is tried again, and nothing of it reaches anybody's contact", async (what, fault) => {
  const email = mintEmail();
  for (const crm of CRMS) rig[crm].faults.play({ fault, match: ({ path }) => !path.includes("/oauth2/") });
  await rig.chatAndEnd({ lastName: "Reyes", email });
  await rig.work();
  expect((await rig.runs()).map(({ status, attempts }) => [status, attempts])).toEqual(CRMS.map(() => ["waiting", 1]));
  expect(await linksOf(rig)).toEqual([]);
  for (const crm of CRMS) rig[crm].faults.clear();
  await rig.workUntilIdle();
  const links = await linksOf(rig);
  expect(links).toHaveLength(CRMS.length);
  for (const { seen } of links) expect(Object.values(seen).filter(Boolean).toSorted()).toEqual(["Reyes", email]);
  const { lost, doubled } = await tally(rig);
  figure(what, { lost, doubled });
  expect({ lost, doubled }).toEqual({ lost: 0, doubled: 0 });
});
