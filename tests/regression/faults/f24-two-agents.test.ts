import { afterEach, beforeEach, expect, it } from "vitest";
import type { ConflictRow } from "../../../server/db/queries/conflict.ts";
import { mintEmail } from "../../support/ids.ts";
import { createSyncRig, type SyncRig } from "../../support/sync-rig.ts";
import { pendingOf, settle } from "../../support/sync-state.ts";
import { tally } from "../../support/tally.ts";
import { figuresOf } from "./figures.ts";

const ROUNDS = 200;
const AT_ONCE = 20;

const figure = figuresOf("F24");
let rig: SyncRig;
beforeEach(async () => {
  rig = await createSyncRig();
  await rig.connect("hubspot");
});
afterEach(() => rig.close());

/** Two agents answer at the same moment, the second one way or the other by turns. Returns who won, and what won. */
async function race(row: ConflictRow, round: number) {
  const ben = { ...rig.admin, userId: "ben", name: "Ben" };
  const answers = [
    { decision: "use_chat", actor: rig.admin },
    { decision: round % 2 === 0 ? "keep_crm" : "use_chat", actor: ben },
  ] as const;
  const outcomes = await Promise.all(
    answers.map(async ({ decision, actor }) => (await settle(rig, decision, [row], actor))[0]),
  );
  const winners = outcomes.filter((outcome) => outcome !== "already_settled");
  return { row, winners, wanted: winners[0] === "kept" ? row.crmValue : row.chatValue };
}

it("two agents answer one conflict at once, two hundred times: one wins, the other is told, and the CRM holds what won", async () => {
  const recordOf = new Map<unknown, string>();
  let won = 0;
  for (let from = 0; from < ROUNDS; from += AT_ONCE) {
    for (let person = 0; person < AT_ONCE; person += 1) {
      const email = mintEmail();
      const said = `+1202555${1000 + recordOf.size}`;
      recordOf.set(said, rig.hubspot.seed("contact", { email, phone: `+1202556${1000 + recordOf.size}` }));
      await rig.chatAndEnd({ email, phone: said });
    }
    await rig.workUntilIdle();
    rig.advance(60_000);
    const rows = await pendingOf(rig);
    expect(rows).toHaveLength(AT_ONCE);
    const raced = await Promise.all(rows.map((row, at) => race(row, at)));
    for (const { row, winners, wanted } of raced) {
      expect(winners).toEqual([expect.stringMatching(/^(applied|kept)$/)]);
      expect(rig.hubspot.record("contact", recordOf.get(row.chatValue) ?? "")?.values.phone).toBe(wanted);
      won += winners.length;
    }
    expect(await pendingOf(rig)).toEqual([]);
  }
  const { lost, doubled } = await tally(rig);
  figure(`${ROUNDS} conflicts, each answered by two agents at once`, { lost, doubled: doubled + won - ROUNDS });
  expect({ lost, doubled, won }).toEqual({ lost: 0, doubled: 0, won: ROUNDS });
});
