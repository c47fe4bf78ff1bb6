import { z } from "zod";
import type { Pull, PullRequest } from "../../domain/pull.ts";
import type { GhlClient } from "./client.ts";
import { toCrmRecord } from "./fields.ts";
import { SearchPage, SearchPosition } from "./schema.ts";

const PAGE_ROWS = 100;
/** The index shows a change up to a minute late; the rest is for clocks that differ. */
const OVERLAP_MS = 5 * 60_000;

/** `startedAt`: when this reading began, epoch ms; null between two readings. */
const Cursor = z.object({ after: SearchPosition.nullable(), startedAt: z.number().nullable(), everybody: z.boolean() });
type Cursor = z.infer<typeof Cursor>;

interface PullInput {
  readonly call: GhlClient;
  readonly locationId: string;
  readonly now: () => number;
}

/**
 * The contact search in the order of changes, by `searchAfter` (past 10,000 contacts there is no other way). Reading everybody
 * and reading what changed are one road: who changes meanwhile moves to its end. Date filters are not used, because HighLevel
 * reads them in the location's time zone.
 */
export function createGhlPull({ call, locationId, now }: PullInput): Pull {
  return {
    async page({ cursor, tag, properties }) {
      const at = readCursor(cursor) ?? { after: null, startedAt: null, everybody: true };
      const startedAt = at.startedAt ?? now();
      const body = {
        locationId,
        pageLimit: PAGE_ROWS,
        sort: [{ field: "dateUpdated", direction: "asc" }],
        ...(at.after && { searchAfter: at.after }),
        // changes are read of everybody: who lost the tag is still followed
        ...(tag && at.everybody && { filters: [{ field: "tags", operator: "eq", value: tag }] }),
      };
      const request = { method: "POST", path: "/contacts/search", body, readOnly: true } as const;
      const { contacts, total } = await call(SearchPage, request);
      const last = contacts.at(-1);
      const after = last ? (last.searchAfter ?? positionOf(last)) : at.after;
      const more = contacts.length >= PAGE_ROWS;
      // after a reading by tag, the last row says little of where everybody else stands
      const reached = tag && at.everybody ? null : after;
      const next: Cursor = more ? { ...at, after, startedAt } : afterAll(reached, startedAt);
      return {
        kind: "page",
        records: contacts.map((contact) => toCrmRecord(contact, properties)),
        deleted: [],
        cursor: JSON.stringify(next),
        more,
        expected: at.everybody ? (total ?? null) : null,
      };
    },
  };
}

/** Where the next reading begins: what was changed while this one ran, and just before, may not have been in the index yet. */
function afterAll(after: SearchPosition | null, startedAt: number): Cursor {
  const settled = startedAt - OVERLAP_MS;
  const isSettled = after !== null && Number(after[0]) < settled;
  return { after: isSettled ? after : [settled, ""], startedAt: null, everybody: false };
}

function positionOf({ id, dateUpdated }: { id: string; dateUpdated?: string | null }): SearchPosition {
  return [dateUpdated ? Date.parse(dateUpdated) : 0, id];
}

function readCursor(cursor: PullRequest["cursor"]): Cursor | null {
  return cursor === null ? null : Cursor.parse(JSON.parse(cursor));
}
