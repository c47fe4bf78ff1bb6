/** A key for a field of one's own made of a column's header: small letters, digits and `_`; null when nothing of it can be one. */
export function attributeKey(header: string): string | null {
  const key = header
    .normalize("NFKD")
    .replace(/[\u0300-\u036f]/g, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^[^a-z]+|_+$/g, "")
    .slice(0, 40);
  return key === "" || key === "constructor" || key === "prototype" ? null : key;
}
