import { ATTRIBUTE_PREFIX } from "@rolodesk/shared/vocabulary";
import type { FieldDescription } from "../connector.ts";
import { WELL_KNOWN_NAMES } from "./well-known-names.ts";

/** A field of the CRM that one of our values seems to belong into. */
export interface Proposal {
  /** Ours: a core field, a fact of the conversation, `fullName` or `attribute:<name>`. */
  readonly field: string;
  readonly property: string;
  /** What speaks for it: what the CRM calls the field, or what people see. */
  readonly by: "name" | "label";
}

const KNOWN: ReadonlyMap<string, readonly string[]> = new Map(Object.entries(WELL_KNOWN_NAMES));
/** A value that can be as long as a message belongs into a field with room. */
const LONG: ReadonlySet<string> = new Set(["firstMessage", "transcriptStart"]);
const LONG_CHARS = 1000;
const PHONE_WORDS = /phone|telef|fax|téléph/i;

/**
 * Which of the CRM's fields to map, for an admin to accept: for each of ours, in their order, the best field with a well-known name
 * or label and a type that takes the value. No field is proposed twice.
 */
export function proposeMapping(fields: readonly FieldDescription[], ours: readonly string[]): Proposal[] {
  const proposals: Proposal[] = [];
  const taken = new Set<string>();
  for (const source of ours) {
    const free = fields.filter((field) => !taken.has(field.property) && takes(field, source));
    const found = bestOf(free, namesOf(source));
    if (!found) continue;
    taken.add(found.property);
    proposals.push({ field: source, ...found });
  }
  return proposals;
}

function bestOf(fields: readonly FieldDescription[], names: readonly string[]): Omit<Proposal, "field"> | null {
  for (const name of names.map(plain)) {
    const named = fields.find((field) => plain(ownName(field)) === name);
    if (named) return { property: named.property, by: "name" };
    const labelled = fields.find(({ label }) => plain(label) === name);
    if (labelled) return { property: labelled.property, by: "label" };
  }
  return null;
}

function namesOf(source: string): readonly string[] {
  if (source.startsWith(ATTRIBUTE_PREFIX)) return [source.slice(ATTRIBUTE_PREFIX.length)];
  return KNOWN.get(source) ?? [];
}

/** Custom columns of Dataverse carry their publisher's prefix: `new_plan`, `cr4f2_plan`. */
function ownName({ property, custom }: FieldDescription): string {
  return custom ? property.replace(/^[a-z][a-z0-9]{1,7}_(?=[a-z])/, "") : property;
}

function takes(field: FieldDescription, source: string): boolean {
  const { type, writable, maxLength, label, property } = field;
  if (!writable) return false;
  if (source.startsWith(ATTRIBUTE_PREFIX)) return type !== "other";
  if (source === "endedAt") return type === "date" || type === "datetime";
  if (source === "email") return type === "email" || type === "text";
  if (source === "phone") return type === "phone" || type === "text";
  if (type !== "text" || PHONE_WORDS.test(`${property} ${label}`)) return false;
  return !LONG.has(source) || maxLength === null || maxLength >= LONG_CHARS;
}

function plain(text: string): string {
  return text
    .normalize("NFKD")
    .replace(/[\u0300-\u036f]/g, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "");
}
