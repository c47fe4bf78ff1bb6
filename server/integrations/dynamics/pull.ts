import { createHash } from "node:crypto";
import { z } from "zod";
import type { RecordRef } from "../../domain/connector.ts";
import { ConnectorError } from "../../domain/connector-error.ts";
import type { Pull, Pulled, PullRequest } from "../../domain/pull.ts";
import type { Dataverse } from "./client.ts";
import { PERSON_OBJECTS, type PersonObject, selectOf, setOf, toRecord } from "./person.ts";
import { type PersonRow, TrackedRows } from "./schema.ts";
import type { TableColumns } from "./table-columns.ts";

const PAGE_ROWS = 250;
const SERVICE = "/api/data/v9.2";

/** Links are paths below the service, unchanged otherwise: Dataverse reads them only as it wrote them. */
const Cursor = z.object({
  /** Of the selected columns: another selection has no changes, only everybody. */
  columns: z.string(),
  object: z.enum(PERSON_OBJECTS),
  /** The next page of `object`; null: its first. */
  link: z.string().nullable(),
  /** Where the changes of each table go on. */
  deltas: z.object({ contact: z.string().optional(), lead: z.string().optional() }),
});
type Cursor = z.infer<typeof Cursor>;

/**
 * Dataverse's change tracking, contacts first, then leads: the first reading brings every row, each later one what was changed or
 * deleted since. (Dataverse, Use change tracking to synchronize data with external systems.)
 */
export function createDynamicsPull(dataverse: Dataverse, columns: TableColumns, environmentUrl: string): Pull {
  return {
    async page(request) {
      const split = await columns.split(request.properties);
      const selects = { contact: selectOf("contact", split.contact), lead: selectOf("lead", split.lead) };
      const fingerprint = createHash("sha256").update(JSON.stringify(selects)).digest("base64url").slice(0, 16);
      const at = readCursor(request.cursor) ?? {
        columns: fingerprint,
        object: "contact" as const,
        link: null,
        deltas: {},
      };
      if (at.columns !== fingerprint) return { kind: "expired" };
      try {
        return await read(request, at, selects);
      } catch (error) {
        if (error instanceof ConnectorError && error.code === "version_conflict") return { kind: "expired" };
        throw error;
      }
    },
  };

  async function read(
    { properties }: PullRequest,
    at: Cursor,
    selects: Readonly<Record<PersonObject, string>>,
  ): Promise<Pulled> {
    const { object } = at;
    const path = at.link ?? at.deltas[object] ?? `/${setOf(object)}?${selects[object]}`;
    const headers = { prefer: `odata.track-changes,odata.maxpagesize=${PAGE_ROWS}` };
    const answer = await dataverse({ method: "GET", path, headers, answer: TrackedRows });
    const rows = answer.value.filter(isRow);
    const deleted = answer.value.flatMap((entry): RecordRef[] =>
      isRow(entry) ? [] : [{ object, externalId: entry.id.toLowerCase() }],
    );
    const { next, more } = after(at, answer);
    return {
      kind: "page",
      records: rows.map((row) => columns.listed(toRecord(object, row, properties))),
      deleted,
      cursor: JSON.stringify(next),
      more,
      expected: null,
    };
  }

  function after(at: Cursor, answer: z.infer<typeof TrackedRows>): { readonly next: Cursor; readonly more: boolean } {
    const nextLink = answer["@odata.nextLink"];
    if (nextLink) return { next: { ...at, link: below(nextLink) }, more: true };
    const deltaLink = answer["@odata.deltaLink"];
    if (!deltaLink) throw new ConnectorError("bad_response", "Dynamics 365 does not track the changes of this table.");
    const deltas = { ...at.deltas, [at.object]: below(deltaLink) };
    const isLast = at.object === PERSON_OBJECTS.at(-1);
    return { next: { ...at, object: isLast ? "contact" : "lead", link: null, deltas }, more: !isLast };
  }

  function below(link: string): string {
    const origin = new URL(environmentUrl).origin;
    const at = link.indexOf(SERVICE);
    if (at < 0 || !link.startsWith(`${origin}/`)) {
      throw new ConnectorError("bad_response", "Dynamics 365 pointed to another address; it was not called.");
    }
    return link.slice(at + SERVICE.length);
  }
}

function isRow(entry: z.infer<typeof TrackedRows>["value"][number]): entry is PersonRow {
  return "@odata.etag" in entry;
}

function readCursor(cursor: string | null): Cursor | null {
  return cursor === null ? null : Cursor.parse(JSON.parse(cursor));
}
