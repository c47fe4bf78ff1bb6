import { syntaxError } from "./odata-error.ts";

export type Token =
  | { readonly kind: "string"; readonly value: string }
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "guid" | "date" | "array" | "alias" | "name" | "punctuation"; readonly value: string };

const PATTERNS: readonly { readonly pattern: RegExp; readonly token: (text: string) => Token }[] = [
  { pattern: /'(?:[^']|'')*'/y, token: (found) => ({ kind: "string", value: unquote(found) }) },
  { pattern: /\[(?:"(?:[^"\\]|\\.)*"|[^\]"])*\]/y, token: (value) => ({ kind: "array", value }) },
  { pattern: /@\w+/y, token: (value) => ({ kind: "alias", value }) },
  {
    pattern: /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/iy,
    token: (value) => ({ kind: "guid", value: value.toLowerCase() }),
  },
  { pattern: /\d{4}-\d{2}-\d{2}(?:T[\d:.]+(?:Z|[+-]\d{2}:\d{2}))?/y, token: (value) => ({ kind: "date", value }) },
  { pattern: /-?\d+(?:\.\d+)?/y, token: (value) => ({ kind: "number", value: Number(value) }) },
  { pattern: /[A-Za-z_][\w.]*/y, token: (value) => ({ kind: "name", value }) },
  { pattern: /[(),=]/y, token: (value) => ({ kind: "punctuation", value }) },
];

/** Splits a `$filter`. Throws what Dataverse answers to an apostrophe that was not doubled. */
export function tokenize(filter: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < filter.length) {
    if (/\s/.test(filter.charAt(at))) {
      at += 1;
      continue;
    }
    const found = readToken(filter, at);
    if (!found) throw unreadable(filter, at);
    tokens.push(found.token);
    at += found.length;
  }
  return tokens;
}

export function unquote(literal: string): string {
  return literal.slice(1, -1).replaceAll("''", "'");
}

function readToken(filter: string, at: number): { token: Token; length: number } | undefined {
  for (const { pattern, token } of PATTERNS) {
    pattern.lastIndex = at;
    const found = pattern.exec(filter)?.[0];
    if (found) return { token: token(found), length: found.length };
  }
  return undefined;
}

function unreadable(filter: string, at: number) {
  if (filter.charAt(at) === "'") {
    return syntaxError(`There is an unterminated literal at position ${filter.length} in '${filter}'.`);
  }
  return syntaxError(`Syntax error: character '${filter.charAt(at)}' is not valid at position ${at} in '${filter}'.`);
}
