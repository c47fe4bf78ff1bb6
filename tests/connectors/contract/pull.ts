import { expect } from "vitest";
import type { CrmRecord, RecordRef } from "../../../server/domain/connector.ts";
import type { Pull, PullPage } from "../../../server/domain/pull.ts";
import { type ContractCase, type Harness, idsOf, propertiesOf } from "./harness.ts";

const imported = (h: Harness) => (h.connector.pull ? null : "contacts are not imported from this CRM");

function pullOf(h: Harness): Pull {
  if (!h.connector.pull) throw new Error("This connector has no pull.");
  return h.connector.pull;
}

async function pageAt(h: Harness, cursor: string | null): Promise<PullPage> {
  const page = await pullOf(h).page({ cursor, tag: null, properties: propertiesOf(h) });
  if (page.kind === "expired") throw new Error("the cursor has expired");
  return page;
}

interface Reading {
  readonly records: readonly CrmRecord[];
  readonly deleted: readonly RecordRef[];
  readonly pages: number;
  readonly cursor: string;
}

/** Reads on from a cursor until nothing more is to be read now. */
async function readAll(h: Harness, cursor: string | null, betweenPages?: () => Promise<void>): Promise<Reading> {
  const records: CrmRecord[] = [];
  const deleted: RecordRef[] = [];
  let at = cursor;
  for (let pages = 1; pages < 50; pages += 1) {
    const page = await pageAt(h, at);
    records.push(...page.records);
    deleted.push(...page.deleted);
    at = page.cursor;
    if (!page.more) return { records, deleted, pages, cursor: at };
    await betweenPages?.();
  }
  throw new Error("The reading never ends.");
}

async function seedPeople(h: Harness, count: number): Promise<RecordRef[]> {
  const refs: RecordRef[] = [];
  for (let n = 0; n < count; n += 1) {
    refs.push(
      await h.seed(
        { firstName: `Person ${n}`, email: `person-${n}@example.com` },
        h.capabilities.objects[n % h.capabilities.objects.length],
      ),
    );
  }
  return refs;
}

const distinct = (records: readonly RecordRef[]) => [...new Set(idsOf(records))];

/** More than any CRM's page of contacts takes two times. */
const MANY = 230;

export const pullCases: readonly ContractCase[] = [
  {
    name: "reads everybody once, with values, emails and phones",
    needs: imported,
    async run(h) {
      const refs = await seedPeople(h, MANY);
      await h.edit(refs[0] ?? refs[1] ?? { object: "", externalId: "" }, { lastName: "Demo", phone: "+12025550123" });
      await h.settle?.();
      const { records } = await readAll(h, null);
      expect(idsOf(records)).toEqual(idsOf(refs));
      const edited = records.find(({ externalId }) => externalId === refs[0]?.externalId);
      expect(edited?.values).toMatchObject({ [h.properties.firstName]: "Person 0", [h.properties.lastName]: "Demo" });
      expect(edited?.emails).toEqual(["person-0@example.com"]);
      expect(edited?.phones).toEqual(["+12025550123"]);
    },
  },
  {
    name: "reads nobody where nobody is, and whoever comes then",
    needs: imported,
    async run(h) {
      const empty = await readAll(h, null);
      expect(empty.records).toEqual([]);
      const ref = await h.seed({ firstName: "Ann", email: "ann@example.com" });
      await h.settle?.();
      expect(distinct((await readAll(h, empty.cursor)).records)).toEqual([ref.externalId]);
    },
  },
  {
    name: "goes on with what has changed and who is new, not with everybody",
    needs: imported,
    async run(h) {
      const refs = await seedPeople(h, 12);
      await h.settle?.();
      await h.pass?.(60 * 60_000);
      const { cursor } = await readAll(h, null);
      const [changed, removed] = refs;
      if (!changed || !removed) throw new Error("nobody was seeded");
      await h.pass?.(60 * 60_000);
      await h.edit(changed, { lastName: "Changed" });
      await h.remove(removed);
      const added = await h.seed({ firstName: "New", email: "new@example.com" });
      await h.settle?.();
      const news = await readAll(h, cursor);
      expect(distinct(news.records)).toEqual(idsOf([changed, added]));
      const values = news.records.find(({ externalId }) => externalId === changed.externalId)?.values;
      expect(values?.[h.properties.lastName]).toBe("Changed");
      if (h.capabilities.pulls?.tellsDeletions) expect(idsOf(news.deleted)).toEqual([removed.externalId]);
      const after = await readAll(h, news.cursor);
      expect(after.records.length).toBeLessThanOrEqual(2);
    },
  },
  {
    name: "asked with the same cursor again, leaves nobody out",
    needs: imported,
    async run(h) {
      await seedPeople(h, MANY);
      await h.settle?.();
      const first = await pageAt(h, null);
      const once = await readAll(h, first.cursor);
      const twice = await readAll(h, first.cursor);
      expect(idsOf(twice.records)).toEqual(idsOf(once.records));
      expect(distinct([...first.records, ...once.records])).toHaveLength(MANY);
    },
  },
  {
    name: "leaves nobody out who changes while everybody is read, and ends up with their newest values",
    needs: imported,
    async run(h) {
      const refs = await seedPeople(h, MANY);
      await h.settle?.();
      const last = refs.at(-1);
      const first = refs[0];
      if (!last || !first) throw new Error("nobody was seeded");
      let edits = 0;
      const during = await readAll(h, null, async () => {
        if (edits > 3) return;
        edits += 1;
        for (const ref of [first, last]) await h.edit(ref, { lastName: `Edit ${edits}` });
        await h.settle?.();
      });
      await h.settle?.();
      const after = await readAll(h, during.cursor);
      const seen = [...during.records, ...after.records];
      expect(distinct(seen)).toHaveLength(MANY);
      for (const ref of [first, last]) {
        const newest = seen.findLast(({ externalId }) => externalId === ref.externalId);
        expect(newest?.values[h.properties.lastName]).toBe(`Edit ${edits}`);
      }
    },
  },
];
