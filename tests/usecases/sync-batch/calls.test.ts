import { afterAll, beforeAll, expect, it } from "vitest";
import { endChats, insertPeople, type Known } from "../../support/ended-chats.ts";
import { mintEmail } from "../../support/ids.ts";
import { createSyncRig, type SyncRig } from "../../support/sync-rig.ts";
import { linksOf, takeCalls } from "../../support/sync-state.ts";

const CLOSES = 1_000;
const LINKED = 200;
const SECONDS = 60;

let rig: SyncRig;
let connectionId: string;
let people: Known[];
const emails = Array.from({ length: CLOSES }, () => mintEmail());
const ids: string[] = [];
beforeAll(async () => {
  rig = await createSyncRig();
  connectionId = await rig.connect("hubspot");
  for (const email of emails) ids.push(rig.hubspot.seed("contact", { email }));
  people = await insertPeople(rig, emails);
});
afterAll(() => rig.close());

/** Conversations that end evenly over a minute while the queue works. */
async function endWithinAMinute(): Promise<void> {
  const chats = people.map((known) => ({ known, told: [{ field: "firstName" as const, value: "Ana" }] }));
  for (let second = 0, ended = 0; second < SECONDS; second += 1) {
    const until = Math.round((chats.length * (second + 1)) / SECONDS);
    await endChats(rig, connectionId, chats.slice(ended, until));
    ended = until;
    await rig.work();
    rig.advance(1_000);
  }
  await rig.workUntilIdle();
}

it("a thousand conversations that end within a minute, whose people HubSpot knows by email, take at most 40 calls", async () => {
  await endWithinAMinute();
  expect(takeCalls(rig).hubspot).toBeLessThanOrEqual(40);
  expect(ids.map((id) => rig.hubspot.record("contact", id)?.values.firstname)).toEqual(ids.map(() => "Ana"));
  const runs = await rig.runs();
  expect(runs).toHaveLength(CLOSES);
  expect(new Set(runs.map(({ status, result, matchedBy }) => `${status} ${result} ${matchedBy}`))).toEqual(
    new Set(["done updated email"]),
  );
  expect(await linksOf(rig)).toHaveLength(CLOSES);
});

it("people who are linked already, who all come back at once, take two calls a hundred", async () => {
  const back = people
    .slice(0, LINKED)
    .map((known) => ({ known, told: [{ field: "lastName" as const, value: "Reyes" }] }));
  await endChats(rig, connectionId, back);
  await rig.workUntilIdle();
  expect(takeCalls(rig).hubspot).toBe((LINKED / 100) * 2);
  const named = rig.hubspot.records().filter(({ values }) => values.lastname === "Reyes");
  expect(named).toHaveLength(LINKED);
  const runs = (await rig.runs()).slice(CLOSES);
  expect(new Set(runs.map(({ status, result }) => `${status} ${result}`))).toEqual(new Set(["done updated"]));
});
