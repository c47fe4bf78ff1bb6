import type { z } from "zod";
import { DomainError } from "./domain/domain-error.ts";

/** What came from outside, in the shape it must have; throws `bad_request` that names every wrong field. */
export function parseInput<Schema extends z.ZodType>(schema: Schema, raw: unknown): z.output<Schema> {
  const parsed = schema.safeParse(raw);
  if (parsed.success) return parsed.data;
  const fields: Record<string, string> = {};
  for (const { path, message } of parsed.error.issues) fields[path.map(String).join(".")] ??= message;
  const [first] = parsed.error.issues;
  throw new DomainError("bad_request", first?.message ?? "This is not what was expected.", fields);
}
