import type { z } from "zod";

/** An input left empty is one that was not given. */
export function withoutBlanks(inputs: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(inputs).filter(([, value]) => value !== ""));
}

/** What a schema has against a part of the form, by `<part>.<input>`. */
export function inputIssues(
  part: "settings" | "credentials",
  parsed: z.ZodSafeParseResult<unknown>,
): Record<string, string> {
  if (parsed.success) return {};
  return Object.fromEntries(
    parsed.error.issues.map(({ path, code, message }) => [
      `${part}.${path.join(".")}`,
      code === "invalid_type" ? "This is needed." : message,
    ]),
  );
}
