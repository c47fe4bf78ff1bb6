import { afterEach, beforeEach, expect, it } from "vitest";
import { webhookEvent } from "../../../server/db/schema/webhook.ts";
import { mintEmail } from "../../support/ids.ts";
import { seeded } from "../../support/seeded.ts";
import { createSyncRig, type SyncRig } from "../../support/sync-rig.ts";
import { linksOf, takeCalls } from "../../support/sync-state.ts";
import { tally } from "../../support/tally.ts";
import { hookDoor, hubspotHook } from "../../support/webhook-deliveries.ts";
import { figuresOf } from "./figures.ts";

const EVENTS = 8;
const MOST_COPIES = 5;

const figure = figuresOf("F11");
let rig: SyncRig;
beforeEach(async () => {
  rig = await createSyncRig();
});
afterEach(() => rig.close());

it("every delivery of an event, up to five at the same time, is answered well, and it is one event and one reading", async () => {
  const connectionId = await rig.connect("hubspot");
  const hook = await hubspotHook(rig, hookDoor(rig), connectionId);
  const ids: string[] = [];
  for (let i = 0; i < EVENTS; i += 1) {
    const email = mintEmail();
    ids.push(rig.hubspot.seed("contact", { email }));
    await rig.chatAndEnd({ email });
  }
  await rig.workUntilIdle();
  takeCalls(rig);
  const random = seeded(11);
  const deliveries = ids.flatMap((id, at) => {
    rig.hubspot.edit("contact", id, { firstname: `Ana ${at}` });
    const event = hook.event("propertyChange", id, { propertyName: "firstname", propertyValue: `Ana ${at}` });
    return Array.from({ length: 1 + Math.floor(random() * MOST_COPIES) }, () => event);
  });
  const answers = await Promise.all(deliveries.map((event) => hook.tell(event)));
  expect(new Set(answers)).toEqual(new Set([200]));
  expect(await rig.deps.db.select({ id: webhookEvent.id }).from(webhookEvent)).toHaveLength(EVENTS);
  await rig.workUntilIdle(2);
  const seen = new Map((await linksOf(rig)).map((link) => [link.externalId, link.seen.firstname]));
  const { lost, doubled } = await tally(rig);
  const missed = ids.filter((id, at) => seen.get(id) !== `Ana ${at}`).length;
  const calls = { made: takeCalls(rig).hubspot, needed: EVENTS };
  figure(`${deliveries.length} deliveries of ${EVENTS} events`, { lost: lost + missed, doubled, calls });
  expect({ lost, missed, doubled }).toEqual({ lost: 0, missed: 0, doubled: 0 });
  expect(calls.made / calls.needed).toBeLessThanOrEqual(1);
});
