/**
 * T-SQL's LIKE as a regular expression over the whole text: `%` any characters, `_` one, `[abc]` one of these,
 * `[^a]` none of these. Case never matters. (Dataverse, Use wildcard characters in conditions for string values.)
 */
export function likePattern(pattern: string): RegExp {
  let source = "";
  for (let at = 0; at < pattern.length; at += 1) {
    const char = pattern.charAt(at);
    const end = char === "[" ? pattern.indexOf("]", at + 2) : -1;
    if (end > 0) {
      source += characterSet(pattern.slice(at + 1, end));
      at = end;
    } else if (char === "%") source += "[\\s\\S]*?";
    else if (char === "_") source += "[\\s\\S]";
    else source += char.replace(/[.*+?^${}()|[\]\\/-]/, "\\$&");
  }
  return new RegExp(`^${source}$`, "iu");
}

function characterSet(inner: string): string {
  const negated = inner.startsWith("^") && inner.length > 1;
  const characters = (negated ? inner.slice(1) : inner).replace(/[\\\]^[]/g, "\\$&");
  return `[${negated ? "^" : ""}${characters}]`;
}
