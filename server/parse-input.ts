import { inputWords } from "@rolodesk/shared/input-words";
import type { z } from "zod";
import { DomainError } from "./domain/domain-error.ts";

/** What came from outside, in the shape it must have; throws `bad_request` that names every wrong field. */
export function parseInput<Schema extends z.ZodType>(schema: Schema, raw: unknown): z.output<Schema> {
  const parsed = schema.safeParse(raw, { error: inputWords });
  if (parsed.success && !holdsNul(parsed.data)) return parsed.data;
  if (parsed.success)
    throw new DomainError("bad_request", "The text holds a character that cannot be stored (U+0000).");
  const fields: Record<string, string> = {};
  for (const { path, message } of parsed.error.issues) fields[path.map(String).join(".")] ??= message;
  const [first] = parsed.error.issues;
  throw new DomainError("bad_request", first?.message ?? "This is not what was expected.", fields);
}

/** Postgres stores no NUL, neither in text nor in jsonb. Only called on values whose shape is known, so it is never deep. */
function holdsNul(value: unknown): boolean {
  if (typeof value === "string") return value.includes("\0");
  if (typeof value !== "object" || value === null) return false;
  return Object.entries(value).some(([key, one]) => key.includes("\0") || holdsNul(one));
}
