import { ATTRIBUTE_PREFIX, CORE_FIELDS, type CoreField } from "@rolodesk/shared/vocabulary";
import { fullName, type PersonName } from "../identity/name.ts";
import { splitName } from "./split-name.ts";

/** Where a file and our contact differ. First and last name are one unit, `name`. */
export interface RowDifference {
  /** `name`, a core field, or `attribute:<key>`. */
  readonly unit: string;
  readonly ours: string;
  readonly file: string;
  readonly decision: "ours" | "file" | null;
  /** Who decided. */
  readonly by: string | null;
}

/** What a row says of a person, in the forms we store. */
export interface FileValues {
  readonly core: Readonly<Partial<Record<CoreField, string>>>;
  readonly attributes: Readonly<Record<string, string>>;
  readonly tags: readonly string[];
}

export interface HeldContact {
  readonly core: Readonly<Record<CoreField, string | null>>;
  readonly attributes: Readonly<Record<string, string | number | boolean | null>>;
  readonly tags: readonly string[];
  /** Every email and phone it has, in normal form. */
  readonly keys: ReadonlySet<string>;
}

export interface FillPlan {
  readonly core: Readonly<Partial<Record<CoreField, string>>>;
  readonly attributes: Readonly<Record<string, string>>;
  readonly tags: readonly string[];
  /** Units that were blank and are filled. */
  readonly filled: readonly string[];
  readonly differences: readonly RowDifference[];
}

/** Values that are the contact's attributes rather than fields of its own. */
const AS_ATTRIBUTES = ["linkedin", "notes"] as const;
const TAGS_MAX = 20;

/** `emailNorm` and `phoneNorm` stand for what the cells say. */
export function fileValues(
  cells: Readonly<Record<string, string>>,
  keys: { readonly emailNorm: string | null; readonly phoneNorm: string | null },
): FileValues {
  const core: Partial<Record<CoreField, string | null | undefined>> = {
    ...nameInCells(cells),
    email: keys.emailNorm,
    phone: keys.phoneNorm,
    company: cells.company,
    title: cells.title,
  };
  const attributes = Object.entries(cells).flatMap(([field, value]) => {
    if (field.startsWith(ATTRIBUTE_PREFIX)) return [[field.slice(ATTRIBUTE_PREFIX.length), value] as const];
    return AS_ATTRIBUTES.some((own) => own === field) ? [[field, value] as const] : [];
  });
  return {
    core: Object.fromEntries(Object.entries(core).filter(([, value]) => value)),
    attributes: Object.fromEntries(attributes),
    tags: tagsOf(cells.tags),
  };
}

/** The person a row names: in two cells, or in one that is taken apart. */
export function nameInCells({ fullName: whole, firstName, lastName }: Readonly<Record<string, string>>): PersonName {
  const name = whole === undefined ? null : splitName(whole);
  return { firstName: firstName ?? name?.firstName ?? null, lastName: lastName ?? name?.lastName ?? null };
}

/** What a row adds to a contact: blanks are filled, nothing is erased or replaced, what differs waits for somebody. */
export function planFill(held: HeldContact, values: FileValues): FillPlan {
  const core: Partial<Record<CoreField, string>> = {};
  const attributes: Record<string, string> = {};
  const filled: string[] = [];
  const differences: RowDifference[] = [];
  const differs = (unit: string, ours: string, file: string) =>
    differences.push({ unit, ours, file, decision: null, by: null });

  if (nameDiffers(held.core, values.core)) {
    differs("name", fullName(held.core) ?? "", fullName(namesOf(values.core)) ?? "");
  } else {
    for (const half of ["firstName", "lastName"] as const) {
      const value = values.core[half];
      if (value === undefined || held.core[half]) continue;
      core[half] = value;
      filled.push(half);
    }
  }
  for (const field of CORE_FIELDS) {
    const value = values.core[field];
    if (value === undefined || field === "firstName" || field === "lastName") continue;
    const ours = held.core[field];
    if (!ours) {
      core[field] = value;
      filled.push(field);
    } else if (!isHeld(held, field, ours, value)) differs(field, ours, value);
  }
  for (const [key, value] of Object.entries(values.attributes)) {
    const ours = Object.hasOwn(held.attributes, key) ? held.attributes[key] : null;
    const unit = ATTRIBUTE_PREFIX + key;
    if (ours === null || ours === undefined || ours === "") {
      attributes[key] = value;
      filled.push(unit);
    } else if (plain(String(ours)) !== plain(value)) differs(unit, String(ours), value);
  }
  const tags = values.tags.filter((tag) => !held.tags.includes(tag));
  if (tags.length > 0) filled.push("tags");
  return { core, attributes, tags, filled, differences };
}

function isHeld(held: HeldContact, field: CoreField, ours: string, value: string): boolean {
  if (field === "email" || field === "phone") return held.keys.has(`${field}:${value}`) || ours === value;
  return plain(ours) === plain(value);
}

/** One half that differs keeps the other from being filled: "Bob" beside "Robert Smythe" never becomes "Bob Smythe". */
function nameDiffers(ours: HeldContact["core"], file: FileValues["core"]): boolean {
  if (!ours.firstName && !ours.lastName) return false;
  if (file.firstName === undefined && file.lastName === undefined) return false;
  if (plain(fullName(ours) ?? "") === plain(fullName(namesOf(file)) ?? "")) return false;
  return (["firstName", "lastName"] as const).some((half) => {
    const [held, said] = [ours[half], file[half]];
    return held && said && plain(held) !== plain(said);
  });
}

function namesOf(core: FileValues["core"]) {
  return { firstName: core.firstName ?? null, lastName: core.lastName ?? null };
}

function plain(text: string): string {
  return text.normalize("NFC").trim().replace(/\s+/g, " ");
}

function tagsOf(cell: string | undefined): string[] {
  const named = (cell ?? "").split(/[;,|]/).map((tag) => tag.trim());
  return [...new Set(named.filter((tag) => tag !== ""))].slice(0, TAGS_MAX);
}
