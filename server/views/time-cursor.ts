import { Id, Instant } from "@rolodesk/shared/ids";
import { DomainError } from "../domain/domain-error.ts";

/** Where a page ended, of a list that is ordered by a time and an id. */
interface TimePosition {
  readonly at: Date;
  readonly id: string;
}

export function toTimeCursor({ at, id }: TimePosition): string {
  return Buffer.from(`${at.toISOString()} ${id}`).toString("base64url");
}

/** Throws `bad_request` for what is no cursor. `isId` says whether an id can be one of this list's. */
export function readTimeCursor(cursor: string, isId = isPlainId): TimePosition {
  const [at, id = ""] = Buffer.from(cursor, "base64url").toString("utf8").split(" ");
  const instant = Instant.safeParse(at);
  if (!instant.success || !isId(id)) {
    throw new DomainError("bad_request", "This page does not exist. Start from the first.", {
      cursor: "Leave it out.",
    });
  }
  return { at: new Date(instant.data), id };
}

function isPlainId(id: string): boolean {
  return Id.safeParse(id).success;
}
