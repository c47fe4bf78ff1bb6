import { type Filter, FilterOperatorEnum } from "@hubspot/api-client/lib/codegen/crm/contacts/models/Filter.js";
import { z } from "zod";
import type { Pull, PullPage, PullRequest } from "../../domain/pull.ts";
import { readContacts } from "./batch.ts";
import { type HubSpotClient, pathTo } from "./client.ts";
import { toRecord, withContactability } from "./record.ts";
import { type Contact, ContactList, ContactPage, SearchTotal } from "./schema.ts";

const PAGE_ROWS = 100;
const MAX_SEARCH_CHARS = 3_000;
/** The index shows a change up to 45 s late; the rest is for clocks that differ. */
const OVERLAP_MS = 5 * 60_000;

/**
 * `list`: everybody, by record id. `changes`: from a millisecond on; `done` are those of it that were handed out. `ties`: more than
 * a page has one and the same millisecond, as HubSpot's own batch jobs leave it; they are read by id. Times are epoch ms.
 */
const Cursor = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("list"), after: z.string(), startedAt: z.number() }),
  z.object({
    kind: z.literal("changes"),
    from: z.number(),
    done: z.array(z.string()),
    startedAt: z.number().nullable(),
  }),
  z.object({ kind: z.literal("ties"), at: z.number(), afterId: z.string(), startedAt: z.number() }),
]);
type Cursor = z.infer<typeof Cursor>;
type Changes = Extract<Cursor, { kind: "changes" }>;
type Ties = Extract<Cursor, { kind: "ties" }>;

interface Step {
  readonly contacts: readonly Contact[];
  readonly next: Cursor;
  readonly more: boolean;
  readonly expected: number | null;
}

/** The list endpoint for everybody: no index, no end at 10,000. The search by modification date for changes. */
export function createHubSpotPull(call: HubSpotClient, now: () => number): Pull {
  return {
    async page(request) {
      const { contacts, next, more, expected } = await step(request, readCursor(request.cursor));
      const page: PullPage = {
        kind: "page",
        records: contacts.map((contact) => toRecord(contact, request.properties)),
        deleted: [],
        cursor: JSON.stringify(next),
        more,
        expected,
      };
      return page;
    },
  };

  async function step(request: PullRequest, at: Cursor | null): Promise<Step> {
    if (at === null || at.kind === "list") return await list(request, at?.after, at?.startedAt ?? now());
    return at.kind === "changes" ? await changes(request, at) : await ties(request, at);
  }

  async function list({ properties }: PullRequest, after: string | undefined, startedAt: number): Promise<Step> {
    const query = {
      limit: String(PAGE_ROWS),
      properties: withContactability(properties).join(","),
      ...(after && { after }),
    };
    const path = pathTo("crm/objects", ["contacts"], query);
    const { results, paging } = await call(ContactList, { method: "GET", path });
    const expected = after === undefined && paging ? await countAll() : null;
    const goesOn = paging?.next?.after;
    if (goesOn) return { contacts: results, next: { kind: "list", after: goesOn, startedAt }, more: true, expected };
    const next: Cursor = { kind: "changes", from: startedAt - OVERLAP_MS, done: [], startedAt: null };
    return { contacts: results, next, more: false, expected };
  }

  async function changes({ properties }: PullRequest, { from, done, startedAt }: Changes): Promise<Step> {
    const began = startedAt ?? now();
    const since: Filter = { propertyName: "lastmodifieddate", operator: FilterOperatorEnum.Gte, value: String(from) };
    const found = await search([since], "lastmodifieddate", properties);
    const known = new Set(done);
    const contacts = found.filter(({ id }) => !known.has(id));
    const last = found.at(-1);
    const lastMs = last ? modifiedAt(last, from) : from;
    const atLast = found.filter((contact) => modifiedAt(contact, from) === lastMs).map(({ id }) => id);
    if (found.length < PAGE_ROWS) {
      const settled = began - OVERLAP_MS;
      const next: Changes =
        lastMs < settled
          ? {
              kind: "changes",
              from: lastMs,
              done: lastMs === from ? [...new Set([...done, ...atLast])] : atLast,
              startedAt: null,
            }
          : { kind: "changes", from: settled, done: [], startedAt: null };
      return { contacts, next, more: false, expected: null };
    }
    const next: Cursor =
      lastMs > from
        ? { kind: "changes", from: lastMs, done: atLast, startedAt: began }
        : { kind: "ties", at: from, afterId: "0", startedAt: began };
    return { contacts, next, more: true, expected: null };
  }

  async function ties({ properties }: PullRequest, { at, afterId, startedAt }: Ties): Promise<Step> {
    const filters: Filter[] = [
      { propertyName: "lastmodifieddate", operator: FilterOperatorEnum.Eq, value: String(at) },
      { propertyName: "hs_object_id", operator: FilterOperatorEnum.Gt, value: afterId },
    ];
    const contacts = await search(filters, "hs_object_id", properties);
    const last = contacts.at(-1);
    const next: Cursor =
      last && contacts.length >= PAGE_ROWS
        ? { kind: "ties", at, afterId: last.id, startedAt }
        : { kind: "changes", from: at + 1, done: [], startedAt };
    return { contacts, next, more: true, expected: null };
  }

  async function search(filters: Filter[], sortedBy: string, properties: readonly string[]): Promise<Contact[]> {
    const path = pathTo("crm/objects", ["contacts", "search"]);
    const asked = { filterGroups: [{ filters }], sorts: [sortedBy], limit: PAGE_ROWS };
    const body = { ...asked, properties: withContactability(properties) };
    if (JSON.stringify(body).length <= MAX_SEARCH_CHARS) {
      return (await call(ContactPage, { method: "POST", path, body, readOnly: true })).results;
    }
    const short = { ...asked, properties: [] };
    const { results } = await call(ContactPage, { method: "POST", path, body: short, readOnly: true });
    const read = await readContacts(
      call,
      results.map(({ id }) => id),
      withContactability(properties),
    );
    const byId = new Map(read.map((contact) => [contact.id, contact]));
    // where it stands in the order is the index's to say; what it holds, the store's
    return results.flatMap((hit) => {
      const contact = byId.get(hit.id);
      return contact ? { ...contact, updatedAt: hit.updatedAt } : [];
    });
  }

  async function countAll(): Promise<number | null> {
    const path = pathTo("crm/objects", ["contacts", "search"]);
    const body = { filterGroups: [], properties: [], limit: 1 };
    return (await call(SearchTotal, { method: "POST", path, body, readOnly: true })).total ?? null;
  }
}

function modifiedAt({ updatedAt }: Contact, fallback: number): number {
  const at = updatedAt ? Date.parse(updatedAt) : Number.NaN;
  return Number.isNaN(at) ? fallback : at;
}

function readCursor(cursor: string | null): Cursor | null {
  return cursor === null ? null : Cursor.parse(JSON.parse(cursor));
}
