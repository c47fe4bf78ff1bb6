import type { Conflict, SettleConflicts } from "@rolodesk/shared/conflict";
import { relativeTime } from "../../relative-time.ts";
import { valueText } from "./shown-value.ts";

/** What the agent decides at once: one field, or the fields of one unit such as first and last name. */
export interface ConflictRow {
  key: string;
  label: string;
  members: Conflict[];
  /** Somebody's decision on it is being written. */
  applying: boolean;
}

/** Whether our side is the contact's value, which no conversation said: a change in the CRM raised it. */
export function isAboutContact(members: readonly Pick<Conflict, "conversationId">[]): boolean {
  return members.every(({ conversationId }) => conversationId === null);
}

const UNIT_LABELS: Readonly<Record<string, string>> = { name: "Name" };
const FIELD_ORDER = ["firstName", "lastName"];

/** Open conflicts as rows, in the order they came; members of a unit stand together, first name first. */
export function conflictRows(conflicts: readonly Conflict[]): ConflictRow[] {
  const rows = new Map<string, ConflictRow>();
  for (const conflict of conflicts) {
    if (conflict.status !== "pending" && conflict.status !== "applying") continue;
    const row = rows.get(conflict.unit);
    if (row) row.members.push(conflict);
    else rows.set(conflict.unit, { key: conflict.unit, label: "", members: [conflict], applying: false });
  }
  return [...rows.values()].map(completed);
}

function completed(row: ConflictRow): ConflictRow {
  const members = row.members.toSorted((a, b) => FIELD_ORDER.indexOf(a.field) - FIELD_ORDER.indexOf(b.field));
  const [first] = members;
  const label = members.length > 1 || !first ? (UNIT_LABELS[row.key] ?? row.key) : first.label;
  return { ...row, members, label, applying: members.some((member) => member.status === "applying") };
}

/** One side of a row as it is shown: "Bob Smith" for the two fields of a name. */
export function rowText(row: ConflictRow, side: "crmValue" | "chatValue"): string | null {
  const parts = row.members.map((member) => valueText(member[side])).filter((part) => part !== null);
  return parts.length === 0 ? null : parts.join(" ");
}

/** The request for exactly these rows, with the values the agent saw in them. */
export function settleInput(rows: readonly ConflictRow[], decision: SettleConflicts["decision"]): SettleConflicts {
  return {
    decision,
    conflicts: rows.flatMap((row) =>
      row.members
        .filter((member) => member.status === "pending")
        .map(({ id, crmValue, chatValue }) => ({ id, seenCrmValue: crmValue, seenChatValue: chatValue })),
    ),
  };
}

/** Who settled a conflict that is no longer open, in words. */
export function settledText(conflict: Conflict, crmName: string, now: number): string {
  if (conflict.status === "closed_equal") return `${crmName} and the chat have the same value now`;
  if (conflict.status === "superseded") return "A newer value from the chat took its place";
  if (conflict.status === "void") return "This no longer applies";
  const who = conflict.decidedBy ?? "Somebody";
  const what = conflict.status === "kept" ? "kept the CRM value" : "used the chat value";
  return conflict.decidedAt ? `${who} ${what} ${relativeTime(conflict.decidedAt, now)}` : `${who} ${what}`;
}
