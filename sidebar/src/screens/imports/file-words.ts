import type { ImportBatch, ImportBatchDetail, ImportRow, RowNote } from "@rolodesk/shared/import-batch";
import {
  ATTRIBUTE_PREFIX,
  type BatchWork,
  FILE_FIELDS,
  fieldLabel,
  type RowClass,
  type RowPush,
  type RowStatus,
} from "@rolodesk/shared/vocabulary";
import type { TagTone } from "../../components/tag.tsx";

export const CLASS_WORDS: Readonly<Record<RowClass, string>> = {
  matched: "Known",
  unmatched: "New",
  duplicate: "Duplicate",
  ambiguous: "Unclear",
  invalid: "Invalid",
};

export const CLASS_MEANS: Readonly<Record<RowClass, string>> = {
  matched: "One contact has this email or phone. Its blanks are filled.",
  unmatched: "Nobody has it. A contact is made.",
  duplicate: "An earlier row of the file is the same person.",
  ambiguous: "Several could be meant. Choose who it is.",
  invalid: "Something is wrong with the row. Correct it or leave it.",
};

const CLASS_TONES: Readonly<Record<RowClass, TagTone>> = {
  matched: "accent",
  unmatched: "ok",
  duplicate: "plain",
  ambiguous: "amber",
  invalid: "danger",
};

export const STATUS_WORDS: Readonly<Record<RowStatus, string>> = {
  pending: "Waits",
  approved: "Approved",
  imported: "Imported",
  error: "Failed",
  skipped: "Left out",
  rejected: "Rejected",
  undone: "Undone",
};

export const PUSH_WORDS: Readonly<Record<RowPush, string>> = {
  waiting: "In line",
  created: "Created",
  linked: "Linked",
  choose: "Needs a choice",
  failed: "Failed",
};

const WORK_WORDS: Readonly<Record<BatchWork, string>> = {
  staging: "Reading the rows",
  checking: "Comparing with the contacts",
  importing: "Bringing people in",
  pushing: "Pushing to the CRM",
  undoing: "Taking contacts out again",
};

/** What a row is, until it is decided; then what became of it. */
export function rowTag({ class: kind, status, push }: ImportRow): { tone: TagTone; text: string } {
  if (status === "pending") return { tone: CLASS_TONES[kind], text: CLASS_WORDS[kind] };
  if (status === "imported" && push === "failed") return { tone: "danger", text: "Push failed" };
  if (status === "imported" && push === "choose") return { tone: "amber", text: "Push needs a choice" };
  const tone = status === "imported" ? "ok" : status === "error" || status === "skipped" ? "danger" : "plain";
  return { tone, text: STATUS_WORDS[status] };
}

/** What is wrong with a row, by the field in which it can be corrected; nothing once it cannot be any more. */
export function faultsByField({ class: kind, status, notes }: ImportRow): ReadonlyMap<string, string> {
  if (kind !== "invalid" || status !== "pending") return new Map();
  return new Map(notes.flatMap(({ field, words }) => (field === null ? [] : [[field, words] as const])));
}

/** What is said about a row as a whole: all that does not stand at one of its cells. */
export function notesOfRow(row: ImportRow): readonly RowNote[] {
  const atCells = faultsByField(row);
  return row.notes.filter(({ field, words }) => field === null || atCells.get(field) !== words);
}

export function batchTag({ status, work, undoneAt, staged }: ImportBatch): { tone: TagTone; text: string } {
  if (work) return { tone: "accent", text: WORK_WORDS[work.kind] };
  if (status === "failed") return { tone: "danger", text: "Could not be read" };
  if (undoneAt) return { tone: "plain", text: "Undone" };
  if (!staged) return { tone: "amber", text: "Columns to name" };
  return status === "completed" ? { tone: "ok", text: "Done" } : { tone: "amber", text: "To review" };
}

/** "Bringing people in: 1,500 of 10,000", with the time left once there is a pace. */
export function workText({ kind, total, done, startedAt }: NonNullable<ImportBatch["work"]>, now: number): string {
  const counted = total > 0 ? `${done.toLocaleString()} of ${total.toLocaleString()}` : done.toLocaleString();
  const elapsed = startedAt === null ? 0 : (now - Date.parse(startedAt)) / 1000;
  const seconds = done > 0 && total > done && elapsed > 3 ? Math.ceil((elapsed / done) * (total - done)) : null;
  const left =
    seconds === null ? "" : `, about ${seconds < 90 ? `${seconds} s` : `${Math.round(seconds / 60)} min`} left`;
  return `${WORK_WORDS[kind]}: ${counted}${left}`;
}

export function fileSize(bytes: number): string {
  if (bytes < 1024) return `${bytes} bytes`;
  const kb = bytes / 1024;
  return kb < 1024 ? `${Math.round(kb)} KB` : `${(kb / 1024).toFixed(1)} MB`;
}

/** What a column may hold, for its select. `header`: of the column, to be made a field of its own. */
export function targetOptions(header: string, current: string | null): { value: string; label: string }[] {
  const own = attributeOf(header);
  const attributes = [own, current?.startsWith(ATTRIBUTE_PREFIX) ? current : null].filter((one) => one !== null);
  return [
    { value: "", label: "Leave out" },
    ...FILE_FIELDS.map((field) => ({ value: field, label: fieldLabel(field) })),
    ...[...new Set(attributes)].map((value) => ({
      value,
      label: `Field of its own: ${value.slice(ATTRIBUTE_PREFIX.length)}`,
    })),
  ];
}

/** A field of one's own is named by the column's header: small letters, digits and `_`. */
function attributeOf(header: string): string | null {
  const key = header
    .normalize("NFKD")
    .replace(/[\u0300-\u036f]/g, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^[^a-z]+|_+$/g, "")
    .slice(0, 40);
  return key === "" ? null : ATTRIBUTE_PREFIX + key;
}

export function countOf(
  { tally }: ImportBatchDetail,
  fits: (row: { class: RowClass; status: RowStatus; push: RowPush | null }) => boolean,
): number {
  return tally.reduce((sum, one) => sum + (fits(one) ? one.rows : 0), 0);
}
