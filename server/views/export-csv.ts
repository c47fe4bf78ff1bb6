import type { ImportBatchDetail, ListImportRows } from "@rolodesk/shared/import-batch";
import type { ListSyncRuns } from "@rolodesk/shared/sync-log";
import { ATTRIBUTE_PREFIX, CORE_FIELDS, FILE_FIELDS, fieldLabel } from "@rolodesk/shared/vocabulary";
import type { UserActor } from "../actor.ts";
import type { DbOrTx } from "../db/client.ts";
import { type DirectoryFilter, listDirectoryById } from "../db/queries/contact-directory.ts";
import { listUsedAttributes } from "../db/queries/contact-export.ts";
import { listRows } from "../db/queries/import-row.ts";
import { csvLine } from "../domain/imports/csv-cell.ts";
import { findRowContacts } from "./row-contacts.ts";
import { readSyncLog } from "./sync-log.ts";

/** Spreadsheets take a file without it for one of their own country's encoding. */
const BYTE_ORDER_MARK = "\ufeff";
const ROWS_AT_ONCE = 1_000;
const RUNS_AT_ONCE = 100;

/** The contacts that fit, a part at a time however many there are. The headers are those a file of people is read by. */
export async function* contactsAsCsv(db: DbOrTx, filter: DirectoryFilter): AsyncGenerator<string> {
  const attributes = await listUsedAttributes(db);
  const fields = CORE_FIELDS.map((field) => fieldLabel(field));
  const headers = attributes.map((key) => (key === "linkedin" || key === "notes" ? key : ATTRIBUTE_PREFIX + key));
  yield BYTE_ORDER_MARK + csvLine(["Id", ...fields, "Tags", "Source", ...headers, "Created at", "Updated at"]);
  let after: string | null = null;
  for (;;) {
    const rows = await listDirectoryById(db, filter, after, ROWS_AT_ONCE);
    const lines = rows.map((contact) =>
      csvLine([
        contact.id,
        ...CORE_FIELDS.map((field) => contact[field] ?? ""),
        contact.tags.join("; "),
        contact.sourceDetail ?? contact.source,
        ...attributes.map((key) =>
          Object.hasOwn(contact.attributes, key) ? String(contact.attributes[key] ?? "") : "",
        ),
        contact.createdAt.toISOString(),
        contact.updatedAt.toISOString(),
      ]),
    );
    yield lines.join("");
    after = rows.at(-1)?.id ?? null;
    if (rows.length < ROWS_AT_ONCE) return;
  }
}

type RowQuery = Omit<ListImportRows, "after" | "limit">;

/** The rows of a file with what became of each: also what a mended file is made from. */
export async function* batchRowsAsCsv(
  db: DbOrTx,
  { id, mapping }: Pick<ImportBatchDetail, "id" | "mapping">,
  { search, differing, class: kind, status, push }: RowQuery,
): AsyncGenerator<string> {
  const fields = mapping.filter((field) => field !== null);
  yield BYTE_ORDER_MARK +
    csvLine(["Row", "Class", "Status", "Why", ...fields.map(headerOf), "Contact", "Push", "Push result"]);
  const filter = { class: kind, status, push, search: search || undefined, differing: differing === "true" };
  let after = 0;
  for (;;) {
    const rows = await listRows(db, id, filter, { after, limit: ROWS_AT_ONCE });
    const contactOf = await findRowContacts(db, rows);
    const lines = rows.map((row) => {
      const why = [...row.notes.map(({ words }) => words), ...(row.problem ? [row.problem] : [])].join(" ");
      const cells = fields.map((field) => row.cells[field] ?? "");
      const after = [contactOf.get(row.line) ?? "", row.push ?? "", row.pushReason ?? ""];
      return csvLine([String(row.line), row.class, row.status, why, ...cells, ...after]);
    });
    yield lines.join("");
    after = rows.at(-1)?.line ?? after;
    if (rows.length < ROWS_AT_ONCE) return;
  }
}

function headerOf(field: string): string {
  return FILE_FIELDS.some((known) => known === field) ? fieldLabel(field) : field;
}

/** The syncs that fit, of conversations on the agent's sites. */
export async function* syncRunsAsCsv(
  db: DbOrTx,
  actor: UserActor,
  query: Omit<ListSyncRuns, "cursor" | "limit">,
): AsyncGenerator<string> {
  yield BYTE_ORDER_MARK + csvLine(SYNC_HEADERS);
  let cursor: string | undefined;
  do {
    const page = await readSyncLog(db, actor, { ...query, cursor, limit: RUNS_AT_ONCE });
    const lines = page.items.map((run) =>
      csvLine([
        run.id,
        run.createdAt,
        run.finishedAt ?? "",
        run.person.label,
        run.connectionName,
        run.siteName,
        run.trigger,
        run.status,
        run.result ?? "",
        String(run.written),
        String(run.conflictsQueued),
        run.reason ?? "",
      ]),
    );
    yield lines.join("");
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
}

const SYNC_HEADERS = [
  ...["Id", "Created at", "Finished at", "Person", "Connection", "Site", "Trigger", "Status", "Result"],
  ...["Fields written", "Conflicts", "Why"],
];
