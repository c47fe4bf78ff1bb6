/** A count in a header; undefined where it is missing or no plain number. */
export function countIn(headers: Headers, name: string): number | undefined {
  const text = headers.get(name) ?? "";
  return /^\d{1,12}$/.test(text) ? Number(text) : undefined;
}

/** How many calls of a running window are used; undefined where the answer does not tell all three. */
export function windowIn(headers: Headers, names: { max: string; left: string; windowMs: string }) {
  const max = countIn(headers, names.max);
  const left = countIn(headers, names.left);
  const windowMs = countIn(headers, names.windowMs);
  if (!max || left === undefined || !windowMs) return undefined;
  return { max, windowMs, used: Math.max(0, max - left) };
}
