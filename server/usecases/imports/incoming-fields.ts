import { ATTRIBUTE_PREFIX, CORE_FIELDS, type CoreField, fieldLabel } from "@rolodesk/shared/vocabulary";
import type { FieldMappingRow } from "../../db/queries/connection.ts";
import type { ContactRow } from "../../db/queries/contact.ts";
import type { FieldValue } from "../../domain/connector.ts";
import { writtenPhone } from "../../domain/identity/phone.ts";
import { isReadable, readValue } from "../../domain/mapping/read-value.ts";
import { transformValue } from "../../domain/mapping/transform-value.ts";
import type { ImportedField } from "../../domain/sync/import-strategy.ts";
import { normalForm } from "../../domain/sync/normal-form.ts";
import { comparisonOf } from "../sync/plan-run.ts";
import type { ImportContext } from "./import-context.ts";
import type { IncomingRecord } from "./incoming-record.ts";
import type { KnownLink, PeopleBook } from "./people-book.ts";

/** A field as it comes in, with what our contact would keep of it. */
export interface IncomingField extends ImportedField {
  readonly readAs: FieldValue;
}

interface IncomingFields {
  readonly fields: readonly IncomingField[];
  /** What was left out, in words. */
  readonly problems: readonly string[];
}

interface Subject {
  readonly book: PeopleBook;
  readonly incoming: IncomingRecord;
  /** Null: the record becomes a new contact. */
  readonly contact: ContactRow | null;
  readonly link: KnownLink | undefined;
}

/** The mapped fields of a record beside ours, as far as a mapping can be read backwards. The first row of a field counts. */
export function incomingFields(context: ImportContext, subject: Subject): IncomingFields {
  const rows = context.mapping.filter(
    (row) => row.object === subject.incoming.record.object && isImported(row.field) && isReadable(row.transform),
  );
  const first = [...new Map(rows.toReversed().map((row) => [row.field, row])).values()].toReversed();
  const read = first.map((row) => readField(context, subject, row));
  return {
    fields: read.flatMap(({ field }) => field ?? []),
    problems: read.flatMap(({ problem }) => problem ?? []),
  };
}

export function coreField(field: string): CoreField | undefined {
  return CORE_FIELDS.find((core) => core === field);
}

export function attributeName(field: string): string {
  return field.slice(ATTRIBUTE_PREFIX.length);
}

function isImported(field: string): boolean {
  return coreField(field) !== undefined || field.startsWith(ATTRIBUTE_PREFIX);
}

function readField(
  context: ImportContext,
  { book, incoming, contact, link }: Subject,
  row: FieldMappingRow,
): { readonly field?: IncomingField; readonly problem?: string } {
  const { countries } = context;
  const crm = incoming.record.values[row.property] ?? null;
  const { value: readAs, problem } = readValue(crm, row, countries);
  if (problem !== null) return { problem: `${fieldLabel(row.field)} was left out: ${problem}` };
  if (isKeyOfAnother(book, contact, row.field, readAs)) {
    return { problem: `${fieldLabel(row.field)} was left out: another contact has it. They may be one person.` };
  }
  const ours = contact ? oursAsWritten(context, contact, row) : null;
  const comparison = comparisonOf(row.field, countries);
  const [chat, theirs] = [normalForm(ours, comparison), normalForm(crm, comparison)];
  const field = {
    field: row.field,
    property: row.property,
    comparison,
    ours,
    crm,
    readAs,
    base: link?.base[row.property] ?? null,
    heldElsewhere: isHeldElsewhere(book, incoming, contact, row.field, { ours: chat, crm: theirs }),
    dismissed:
      link !== undefined && book.isDismissed(link.id, { property: row.property, chat: chat ?? "", crm: theirs ?? "" }),
  };
  return { field };
}

function oursAsWritten({ countries, crm }: ImportContext, contact: ContactRow, row: FieldMappingRow): FieldValue {
  const core = coreField(row.field);
  const ours = core ? contact[core] : (contact.attributes[attributeName(row.field)] ?? null);
  const { value } = transformValue(ours, row.transform, countries);
  if (row.field !== "phone" || row.transform.kind !== "none" || typeof value !== "string") return value;
  return writtenPhone(value, crm.capabilities.dropsPhoneExtensions ?? false);
}

function isKeyOfAnother(book: PeopleBook, contact: ContactRow | null, field: string, value: FieldValue): boolean {
  if (!contact || (field !== "email" && field !== "phone") || typeof value !== "string") return false;
  const key = { kind: field, norm: value } as const;
  return !book.hasKey(contact.id, key) && book.holdersOf(key).size > 0;
}

function isHeldElsewhere(
  book: PeopleBook,
  { emails, phones }: IncomingRecord,
  contact: ContactRow | null,
  field: string,
  { ours, crm }: { readonly ours: string | null; readonly crm: string | null },
): boolean {
  if (!contact || (field !== "email" && field !== "phone")) return false;
  const theirs = field === "email" ? emails : phones;
  if (ours !== null && theirs.some(({ norm }) => norm === ours)) return true;
  return crm !== null && book.hasKey(contact.id, { kind: field, norm: crm });
}
