import type { Conflict } from "@rolodesk/shared/conflict";
import type { ConflictDeed, ConflictUnit } from "@rolodesk/shared/conflict-queue";
import { valueText } from "../crm/shown-value.ts";

const FIELD_ORDER = ["firstName", "lastName"];

/** First name first. */
function membersOf({ members }: ConflictUnit): Conflict[] {
  return members.toSorted((a, b) => FIELD_ORDER.indexOf(a.field) - FIELD_ORDER.indexOf(b.field));
}

export function labelOf(unit: ConflictUnit): string {
  return unit.members.length > 1 ? "Name" : (unit.members[0]?.label ?? unit.unit);
}

/** One side of a unit: "Bob Smith" for the two fields of a name; null when it is empty. */
export function sideText(unit: ConflictUnit, side: "crmValue" | "chatValue"): string | null {
  const parts = membersOf(unit).flatMap((member) => valueText(member[side]) ?? []);
  return parts.length === 0 ? null : parts.join(" ");
}

/** The request's rows, with the values as they are on screen. */
export function seenOf(units: readonly ConflictUnit[]) {
  return units.flatMap(({ members }) =>
    members.map(({ id, crmValue, chatValue }) => ({ id, seenCrmValue: crmValue, seenChatValue: chatValue })),
  );
}

/** What was decided, in words; null while it is open. */
export function decisionText(unit: ConflictUnit): string | null {
  const [member] = unit.members;
  if (!member?.decidedBy) return null;
  const what = member.status === "kept" ? "kept the CRM value" : "used the chat value";
  return `${member.decidedBy} ${what}`;
}

/** One line of the story: "used the chat value: “Robert” became “Bob”". */
export function deedText({ action, from, to }: ConflictDeed, crmName: string): string {
  const [before, after] = [valueText(from) ?? "nothing", valueText(to) ?? "nothing"];
  switch (action) {
    case "conflict.applied":
      return `used the chat value: “${before}” became “${after}” in ${crmName}`;
    case "conflict.kept":
      return `kept “${after}” in ${crmName}`;
    case "conflict.undone":
      return `undid it: “${before}” became “${after}” again in ${crmName}`;
    case "conflict.reopened":
      return "undid it: the question is open again";
  }
}
