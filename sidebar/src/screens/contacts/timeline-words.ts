import type { TimelineEntry } from "@rolodesk/shared/contact-timeline";
import { CORE_FIELDS, fieldLabel } from "@rolodesk/shared/vocabulary";
import { actionText } from "../audit/audit-words.ts";

type EntryOf<Kind extends TimelineEntry["kind"]> = Extract<TimelineEntry, { kind: Kind }>;

const RESULT_WORDS: Readonly<Record<NonNullable<EntryOf<"sync">["result"]>, string>> = {
  created: "Created in",
  updated: "Updated in",
  unchanged: "Nothing new for",
  conflicts_queued: "Conflicts found with",
  existing_lead: "A lead was found in",
  needs_choice: "A choice is needed for",
  skipped_no_key: "Not looked up in",
  failed: "Sync failed to",
};

export function syncTitle({ result, status, connection: { name } }: EntryOf<"sync">): string {
  if (status === "failed") return `${RESULT_WORDS.failed} ${name}`;
  return result === null ? `Sync to ${name} is under way` : `${RESULT_WORDS[result]} ${name}`;
}

export function changeTitle({ action }: EntryOf<"change">): string {
  return actionText(action);
}

/** `Company: Northwind → Fabrikam`; null where the deed's name says it all. */
export function changeDetail({ data }: EntryOf<"change">): string | null {
  const { from, to, added, removed } = data;
  if (isObject(from) && isObject(to)) {
    return Object.keys({ ...from, ...to })
      .map((name) => `${labelOf(name)}: ${textOf(from[name])} → ${textOf(to[name])}`)
      .join(" · ");
  }
  const tags = [...listOf(added).map((tag) => `+ ${tag}`), ...listOf(removed).map((tag) => `− ${tag}`)];
  return tags.length === 0 ? null : tags.join(", ");
}

function labelOf(name: string): string {
  return CORE_FIELDS.some((field) => field === name) ? fieldLabel(name) : actionText(spaced(name));
}

function spaced(name: string): string {
  return name.replaceAll(/([a-z])([A-Z])/g, (_, before: string, after: string) => `${before} ${after.toLowerCase()}`);
}

function textOf(value: unknown): string {
  if (value === null || value === undefined || value === "") return "nothing";
  if (Array.isArray(value)) return value.length === 0 ? "nothing" : value.join(", ");
  if (!isObject(value)) return String(value);
  const parts = Object.entries(value).map(([name, one]) => `${name} ${String(one)}`);
  return parts.length === 0 ? "nothing" : parts.join(", ");
}

function listOf(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
