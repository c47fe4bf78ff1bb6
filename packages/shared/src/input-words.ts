import type { z } from "zod";

/** What is wrong with an input, for the person who wrote it. Words that a schema gives itself go before these. */
export function inputWords(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.input === undefined) return "This is needed.";
  switch (issue.code) {
    case "invalid_type":
      return EXPECTED[issue.expected] ?? "This is not what belongs here.";
    case "too_small":
      return tooSmall(issue.origin, Number(issue.minimum));
    case "too_big":
      return tooBig(issue.origin, Number(issue.maximum));
    case "invalid_format":
      return FORMATS[issue.format] ?? "This is not written as it should be.";
    case "invalid_value":
      return `Choose one of: ${issue.values.map(String).join(", ")}.`;
    case "unrecognized_keys":
      return `There is no such input: ${issue.keys.join(", ")}.`;
    case "custom":
      return undefined;
    default:
      return "This is not what belongs here.";
  }
}

const EXPECTED: Readonly<Record<string, string>> = {
  string: "Write a text.",
  number: "Write a number.",
  int: "Write a whole number.",
  boolean: "Choose yes or no.",
  array: "Give a list.",
};

const FORMATS: Readonly<Record<string, string>> = {
  email: "Write an email address such as ana@example.com.",
  url: "Write a web address such as https://shop.example.com.",
  uuid: "This is not an id.",
  datetime: "Write a time such as 2026-03-01T10:00:00Z.",
};

function tooSmall(origin: string, least: number): string {
  if (origin === "string") return least === 1 ? "Write something here." : `Use at least ${least} characters.`;
  return origin === "array" ? `Give at least ${least}.` : `Use ${least} or more.`;
}

function tooBig(origin: string, most: number): string {
  if (origin === "string") return `Use at most ${most} characters.`;
  return origin === "array" ? `Give at most ${most}.` : `Use ${most} or less.`;
}
