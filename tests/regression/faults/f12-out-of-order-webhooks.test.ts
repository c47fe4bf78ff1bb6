import { isDeepStrictEqual } from "node:util";
import { afterEach, beforeEach, expect, it } from "vitest";
import { mintEmail } from "../../support/ids.ts";
import { seeded } from "../../support/seeded.ts";
import { createSyncRig, type SyncRig } from "../../support/sync-rig.ts";
import { conflictsOf, linksOf } from "../../support/sync-state.ts";
import { type HubSpotHook, hookDoor, hubspotHook } from "../../support/webhook-deliveries.ts";
import { figuresOf } from "./figures.ts";

const SEEDS = 200;
const CHAT_PHONE = "+12025550199";
const FIRST_PHONE = "+12025550101";
const PHONES = ["+12025550144", "+12025550155", CHAT_PHONE, FIRST_PHONE];

const figure = figuresOf("F12");

let rig: SyncRig;
let hook: HubSpotHook;

beforeEach(async () => {
  rig = await createSyncRig();
  const connectionId = await rig.connect("hubspot");
  hook = await hubspotHook(rig, hookDoor(rig), connectionId);
});
afterEach(() => rig.close());

interface Scenario {
  readonly random: () => number;
  /** Where HubSpot has the person in the end; null when nowhere. */
  readonly id: string | null;
  readonly phone: string;
  readonly firstId: string;
  readonly events: readonly Record<string, unknown>[];
}

/** Somebody with a pending phone conflict, whose record a salesperson then edits, merges, deletes and restores. */
function play(seed: number, firstId: string): Scenario {
  const random = seeded(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const events: Record<string, unknown>[] = [];
  let id = firstId;
  let phone = FIRST_PHONE;
  let archived = false;
  for (let step = 0; step < 1 + Math.floor(random() * 5); step += 1) {
    const what = archived ? "restore" : pick(["edit", "edit", "merge", "delete"] as const);
    if (what === "edit") {
      phone = pick(PHONES);
      rig.hubspot.edit("contact", id, { phone });
      events.push(hook.event("propertyChange", id, { propertyName: "phone", propertyValue: phone }));
    } else if (what === "merge") {
      const other = rig.hubspot.seed("contact", { email: mintEmail() });
      const survivor = rig.hubspot.merge(id, other);
      const merged = { primaryObjectId: Number(id), mergedObjectIds: [Number(other)], newObjectId: Number(survivor) };
      events.push(hook.event("creation", other), hook.event("merge", survivor, merged));
      id = survivor;
    } else if (what === "delete") {
      rig.hubspot.remove("contact", id);
      events.push(hook.event("deletion", id));
      archived = true;
    } else {
      rig.hubspot.restore(id);
      events.push(hook.event("restore", id));
      archived = false;
    }
  }
  return { random, id: archived ? null : id, phone, firstId, events };
}

/** Out of order, some twice, in batches of any size. */
async function deliver({ random, events }: Scenario): Promise<void> {
  const twice = [...events, ...events.filter(() => random() < 0.4)];
  const shuffled = twice.map((event) => ({ event, at: random() })).toSorted((a, b) => a.at - b.at);
  while (shuffled.length > 0) {
    const batch = shuffled.splice(0, 1 + Math.floor(random() * 3)).map(({ event }) => event);
    expect(await hook.tell(...batch)).toBe(200);
    if (random() < 0.5) await rig.work(1 + Math.floor(random() * 2));
  }
  await rig.workUntilIdle();
}

it(`ends where the CRM is, in whatever order and however often ${SEEDS} stories are told`, async () => {
  const firstIds: string[] = [];
  for (let seed = 0; seed < SEEDS; seed += 1) {
    const email = mintEmail();
    firstIds.push(rig.hubspot.seed("contact", { email, phone: FIRST_PHONE }));
    await rig.chatAndEnd({ email, phone: CHAT_PHONE });
    if (seed % 20 === 19) await rig.workUntilIdle();
  }
  await rig.workUntilIdle();
  const stories = firstIds.map((id, seed) => play(seed, id));
  for (const story of stories) await deliver(story);

  const links = await linksOf(rig);
  const conflicts = await conflictsOf(rig);
  const state = stories.map(({ firstId }, seed) => {
    const link = links.find((one) => one.externalId === firstId || one.aliases.includes(firstId));
    const row = conflicts.find(({ linkId }) => linkId === link?.id);
    const { state: linkState, externalId, seen } = link ?? {};
    return {
      seed,
      link: linkState,
      id: linkState === "live" ? externalId : null,
      phone: linkState === "live" ? seen?.phone : null,
      conflict: row?.status,
      shown: row?.status === "pending" ? [row.crmValue, row.staleSince !== null] : null,
    };
  });
  const expected = stories.map(({ id, phone }, seed) => ({
    seed,
    link: id === null ? "closed" : "live",
    id,
    phone: id === null ? null : phone,
    conflict: id === null ? "void" : phone === CHAT_PHONE ? "closed_equal" : "pending",
    shown: id === null || phone === CHAT_PHONE ? null : [phone, phone !== FIRST_PHONE],
  }));
  const lost = state.filter((one, seed) => !isDeepStrictEqual(one, expected[seed])).length;
  figure(`${SEEDS} stories told out of order and twice`, { lost, doubled: links.length - SEEDS });
  expect(state).toEqual(expected);
  expect(links).toHaveLength(SEEDS);
});
