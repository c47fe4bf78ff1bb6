import {
  CORE_FIELDS,
  type ContactChannel,
  type CoreField,
  ENGAGEMENT_LEVELS,
  type EngagementLevel,
} from "@rolodesk/shared/vocabulary";

type Origins = Partial<
  Record<CoreField, { sure: "agent" | "verified" | "recorded" | "claimed"; at: string; conversationId: string | null }>
>;

/** What a merge may change of a contact. */
export interface MergedValues {
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  readonly company: string | null;
  readonly title: string | null;
  readonly attributes: Readonly<Record<string, string | number | boolean | null>>;
  readonly origins: Origins;
  readonly tags: readonly string[];
  readonly doNotContact: readonly ContactChannel[];
  readonly engagement: EngagementLevel;
  /** ISO 8601 */
  readonly nextFollowUpAt: string | null;
  readonly lastActivityAt: string;
}

/**
 * The survivor's values with the other's (sync rules, 10): its own win and its blanks are filled, tags are joined, and of
 * do-not-contact the most restrictive holds. `fromOther` names the fields of which the other's value was chosen, `own` those of
 * which the survivor's was, be it blank.
 */
export function mergeValues(
  survivor: MergedValues,
  other: MergedValues,
  chosen: { readonly fromOther: ReadonlySet<CoreField>; readonly own: ReadonlySet<CoreField> },
): MergedValues {
  const values: Partial<Record<CoreField, string | null>> = {};
  const origins: Origins = { ...survivor.origins };
  for (const field of CORE_FIELDS) {
    const takes = chosen.fromOther.has(field) || (survivor[field] === null && !chosen.own.has(field));
    values[field] = takes ? other[field] : survivor[field];
    if (!takes) continue;
    delete origins[field];
    const origin = other.origins[field];
    if (origin && other[field] !== null) origins[field] = origin;
  }
  return {
    ...survivor,
    ...values,
    origins,
    attributes: filled(survivor.attributes, other.attributes),
    tags: union(survivor.tags, other.tags),
    doNotContact: union(survivor.doNotContact, other.doNotContact),
    engagement: further(survivor.engagement, other.engagement),
    nextFollowUpAt: [survivor.nextFollowUpAt, other.nextFollowUpAt].filter((at) => at !== null).sort()[0] ?? null,
    lastActivityAt: [survivor.lastActivityAt, other.lastActivityAt].sort()[1] ?? survivor.lastActivityAt,
  };
}

/** What an unmerge gives back: each value that is still as the merge left it. The rest was changed since, and stays. */
export function unmergeValues(
  now: MergedValues,
  before: MergedValues,
  after: MergedValues,
): { readonly values: MergedValues; readonly stayed: readonly string[] } {
  const stayed: string[] = [];
  const back: Record<string, unknown> = { ...now };
  for (const name of NAMES) {
    if (isSame(before[name], after[name])) continue;
    if (isSame(now[name], after[name])) back[name] = before[name];
    else stayed.push(name);
  }
  const origins: Origins = { ...now.origins };
  for (const field of CORE_FIELDS) {
    if (isSame(before[field], after[field]) || stayed.includes(field)) continue;
    delete origins[field];
    const origin = before.origins[field];
    if (origin) origins[field] = origin;
  }
  const lastActivityAt = now.lastActivityAt === after.lastActivityAt ? before.lastActivityAt : now.lastActivityAt;
  return { values: { ...now, ...back, origins, lastActivityAt }, stayed };
}

const NAMES = [
  ...CORE_FIELDS,
  "attributes",
  "tags",
  "doNotContact",
  "engagement",
  "nextFollowUpAt",
] as const satisfies readonly (keyof MergedValues)[];

function filled(own: MergedValues["attributes"], others: MergedValues["attributes"]): MergedValues["attributes"] {
  const isBlank = (value: unknown) => value === null || value === "" || value === undefined;
  const added = Object.entries(others).filter(
    ([key, value]) => !isBlank(value) && isBlank(Object.hasOwn(own, key) ? own[key] : null),
  );
  return { ...own, ...Object.fromEntries(added) };
}

function union<T extends string>(own: readonly T[], others: readonly T[]): readonly T[] {
  return [...new Set([...own, ...others])];
}

/** "Not interested" is a word of the person, not a stage before "new": the survivor's own stays unless it says nothing yet. */
function further(own: EngagementLevel, other: EngagementLevel): EngagementLevel {
  if (own === "not_interested" || other === "not_interested") return own === "new" ? other : own;
  return ENGAGEMENT_LEVELS.indexOf(other) > ENGAGEMENT_LEVELS.indexOf(own) ? other : own;
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return [...value].sort();
  if (typeof value !== "object" || value === null) return value;
  return Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
}
