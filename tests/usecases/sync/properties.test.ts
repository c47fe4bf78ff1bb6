import fc from "fast-check";
import { expect, it } from "vitest";
import type { Fault } from "../../../server/simulators/kit/faults.ts";
import { seeded } from "../../support/seeded.ts";
import { CRMS, type Crm } from "../../support/simulated-crms.ts";
import { type Chat, createSyncRig, type Person, type SyncRig } from "../../support/sync-rig.ts";
import { pendingOf, takeCalls } from "../../support/sync-state.ts";
import { tally } from "../../support/tally.ts";

const FAULTS: readonly Fault[] = [
  { kind: "reset" },
  { kind: "reset", after: true },
  { kind: "status", status: 500 },
  { kind: "status", status: 504, after: true },
  { kind: "status", status: 429, contentType: "application/json", body: "{}", headers: { "retry-after": "5" } },
  { kind: "body", body: "<html>hello</html>" },
];

const PROPERTIES = {
  hubspot: { firstName: "firstname", lastName: "lastname", phone: "phone" },
  dynamics: { firstName: "firstname", lastName: "lastname", phone: "telephone1" },
  ghl: { firstName: "firstName", lastName: "lastName", phone: "phone" },
} as const;
type Field = keyof (typeof PROPERTIES)[Crm];

type Step =
  | { readonly kind: "chat"; readonly who: number; readonly says: Person; readonly newBrowser: boolean }
  | { readonly kind: "edit"; readonly crm: Crm; readonly record: number; readonly field: Field }
  | { readonly kind: "fault"; readonly crm: Crm; readonly fault: Fault; readonly times: number }
  | { readonly kind: "work"; readonly deliveries: number }
  | { readonly kind: "advance"; readonly ms: number };

const crm = fc.constantFrom(...CRMS);
const chat = fc.record({
  kind: fc.constant("chat" as const),
  who: fc.nat(2),
  says: fc.record(
    { firstName: fc.constantFrom("Ana", "Anna"), lastName: fc.constantFrom("Reyes", "Ruiz") },
    { requiredKeys: [] },
  ),
  newBrowser: fc.boolean(),
});
const step: fc.Arbitrary<Step> = fc.oneof(
  { arbitrary: chat, weight: 4 },
  {
    arbitrary: fc.record({
      kind: fc.constant("edit" as const),
      crm,
      record: fc.nat(5),
      field: fc.constantFrom<Field>("firstName", "lastName", "phone"),
    }),
    weight: 2,
  },
  {
    arbitrary: fc.record({
      kind: fc.constant("fault" as const),
      crm,
      fault: fc.constantFrom(...FAULTS),
      times: fc.integer({ min: 1, max: 3 }),
    }),
    weight: 2,
  },
  {
    arbitrary: fc.record({ kind: fc.constant("work" as const), deliveries: fc.integer({ min: 1, max: 2 }) }),
    weight: 3,
  },
  {
    arbitrary: fc.record({ kind: fc.constant("advance" as const), ms: fc.constantFrom(500, 6_000, 70_000) }),
    weight: 1,
  },
);

/** A story as it is told, with what people typed into the CRMs. */
class Story {
  readonly rig: SyncRig;
  readonly browsers = new Map<number, string>();
  readonly typed = new Map<string, { crm: Crm; id: string; property: string; value: string }>();

  constructor(rig: SyncRig) {
    this.rig = rig;
  }

  async tell(next: Step): Promise<void> {
    const { rig } = this;
    if (next.kind === "chat") await this.chat(next.who, next.says, next.newBrowser);
    if (next.kind === "edit") this.edit(next);
    if (next.kind === "fault") rig[next.crm].faults.play({ fault: next.fault, times: next.times });
    if (next.kind === "work") await rig.work(next.deliveries);
    if (next.kind === "advance") rig.advance(next.ms);
  }

  /** In a browser that is known already somebody need not say who they are. */
  async chat(who: number, says: Person, newBrowser: boolean): Promise<Chat> {
    this.rig.advance(1_000);
    const known = newBrowser ? undefined : this.browsers.get(who);
    const keys = { email: `person-${who}@example.com`, phone: `+1202555010${who}` };
    const told = await this.rig.chatAndEnd(known ? says : { ...keys, ...says }, known);
    this.browsers.set(who, told.actor.visitorId);
    return told;
  }

  edit({ crm, record, field }: Extract<Step, { kind: "edit" }>): void {
    const there = this.rig[crm].records();
    const one = there[record % Math.max(1, there.length)];
    if (!one) return;
    const property = PROPERTIES[crm][field];
    const value = field === "phone" ? `+1202555${1000 + this.typed.size}` : `Typed ${this.typed.size}`;
    this.rig[crm].edit(one.object, one.id, { [property]: value });
    this.typed.set(`${crm} ${one.id} ${property}`, { crm, id: one.id, property, value });
  }

  async settleDown(): Promise<void> {
    for (const one of CRMS) this.rig[one].faults.clear();
    await this.rig.workUntilIdle(2);
  }
}

async function holds(steps: readonly Step[], seed: number): Promise<void> {
  const rig = await createSyncRig({ random: seeded(seed) });
  try {
    for (const one of CRMS) await rig.connect(one);
    const story = new Story(rig);
    for (const next of steps) await story.tell(next);
    await story.settleDown();
    expect(await tally(rig), "lost and doubled").toEqual({ lost: 0, doubled: 0 });
    for (const { crm, id, property, value } of story.typed.values()) {
      const record = rig[crm].records().find((one) => one.id === id);
      expect(record?.values[property], `typed into ${crm}`).toBe(value);
    }

    const asked = await pendingOf(rig);
    takeCalls(rig);
    for (const who of story.browsers.keys()) await story.chat(who, {}, false);
    await story.settleDown();
    for (const one of CRMS) {
      const writes = rig[one].journal.entries.filter(
        ({ method, path }) => method !== "GET" && !/search|\/batch\/read/.test(path),
      );
      expect(writes, `a last push writes nothing to ${one}`).toEqual([]);
    }
    expect((await pendingOf(rig)).map(({ id }) => id)).toEqual(asked.map(({ id }) => id));
  } finally {
    await rig.close();
  }
}

it("whatever happens in whatever order: nothing is lost or doubled, no typed value is replaced, and pushes converge", async () => {
  const story = fc.array(step, { minLength: 5, maxLength: 18 });
  await fc.assert(fc.asyncProperty(story, fc.nat(1_000_000), holds), {
    seed: 20_261_001,
    numRuns: 15,
    endOnFailure: true,
  });
});
