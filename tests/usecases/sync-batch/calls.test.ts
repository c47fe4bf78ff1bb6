import { afterAll, beforeAll, expect, it } from "vitest";
import { mintEmail } from "../../support/ids.ts";
import { type Chat, createSyncRig, type SyncRig } from "../../support/sync-rig.ts";
import { linksOf, takeCalls } from "../../support/sync-state.ts";

const CLOSES = 1_000;
const LINKED = 200;
const SECONDS = 60;

let rig: SyncRig;
const emails = Array.from({ length: CLOSES }, () => mintEmail());
const ids: string[] = [];
const chats: Chat[] = [];
beforeAll(async () => {
  rig = await createSyncRig();
  await rig.connect("hubspot");
  for (const email of emails) ids.push(rig.hubspot.seed("contact", { email }));
});
afterAll(() => rig.close());

/** Conversations that end evenly over a minute while the queue works. */
async function endWithinAMinute(total: number, talk: (at: number) => Promise<Chat>): Promise<void> {
  for (let second = 0, ended = 0; second < SECONDS; second += 1) {
    const until = Math.round((total * (second + 1)) / SECONDS);
    const ending = Array.from({ length: until - ended }, (_, at) => talk(ended + at));
    chats.push(...(await Promise.all(ending)));
    ended = until;
    await rig.work();
    rig.advance(1_000);
  }
  await rig.workUntilIdle();
}

it("a thousand conversations that end within a minute, whose people HubSpot knows by email, take at most 40 calls", {
  timeout: 180_000,
}, async () => {
  await endWithinAMinute(CLOSES, (at) => rig.chatAndEnd({ email: emails[at], firstName: "Ana" }));
  expect(takeCalls(rig).hubspot).toBeLessThanOrEqual(40);
  expect(ids.map((id) => rig.hubspot.record("contact", id)?.values.firstname)).toEqual(ids.map(() => "Ana"));
  const runs = await rig.runs();
  expect(runs).toHaveLength(CLOSES);
  expect(new Set(runs.map(({ status, result, matchedBy }) => `${status} ${result} ${matchedBy}`))).toEqual(
    new Set(["done updated email"]),
  );
  expect(await linksOf(rig)).toHaveLength(CLOSES);
});

it("people who are linked already, who all come back at once, take two calls a hundred", {
  timeout: 60_000,
}, async () => {
  const known = chats.slice(0, LINKED);
  await Promise.all(known.map(({ actor }) => rig.chatAndEnd({ lastName: "Reyes" }, actor.visitorId)));
  await rig.workUntilIdle();
  expect(takeCalls(rig).hubspot).toBe((LINKED / 100) * 2);
  const named = rig.hubspot.records().filter(({ values }) => values.lastname === "Reyes");
  expect(named).toHaveLength(LINKED);
  const runs = (await rig.runs()).slice(CLOSES);
  expect(new Set(runs.map(({ status, result }) => `${status} ${result}`))).toEqual(new Set(["done updated"]));
});
