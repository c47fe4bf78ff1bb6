const SECRET_KEY = /authorization|cookie|token|passw|secret|credential|api[-_]?key|e-?mail|phone/i;
const BLANK = "[redacted]";
const DEEPEST = 6;

/** Blanks the values of telling keys at any depth. */
export function redact(event: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(event).map(([key, value]) => [key, redactValue(key, value, 0)]));
}

function redactValue(key: string, value: unknown, depth: number): unknown {
  if (SECRET_KEY.test(key) && value !== null && value !== undefined) return BLANK;
  if (typeof value !== "object" || value === null) return value;
  if (depth >= DEEPEST) return "[deeper]";
  if (Array.isArray(value)) return value.map((item) => redactValue("", item, depth + 1));
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, redactValue(name, item, depth + 1)]));
}

/**
 * What names the fault, and no other property: a database error carries the row it refused in `detail` and `parameters`,
 * and drizzle puts the parameters behind the query in the message.
 */
export function describeError(error: unknown, depth = 0): unknown {
  if (!(error instanceof Error)) return error;
  const { name, message, cause, stack } = error;
  const described: Record<string, unknown> = { type: name, message: message.split("\nparams: ", 1)[0] };
  if ("code" in error) described.code = error.code;
  if (cause !== undefined && depth < DEEPEST) described.cause = describeError(cause, depth + 1);
  // the frames alone: the text before them repeats the message
  if (stack) described.stack = stack.slice(stack.indexOf(message) + message.length).trim();
  return described;
}

/** The last look at a finished line: addresses and bearer tokens inside texts, e.g. in an error's message. Bounded, so that no text is slow. */
export function scrub(line: string): string {
  return line
    .replace(/[\w.!#$%&'*+=?^`{|}~-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){0,8}\.[a-z]{2,63}\b/gi, BLANK)
    .replace(/\b(bearer|basic) [\w.~+/=-]{8,}/gi, `$1 ${BLANK}`)
    .replace(/\bpostgres(ql)?:\/\/[^\s"@]{0,500}@/gi, "postgres://[redacted]@");
}
