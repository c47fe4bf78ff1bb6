import { newId } from "../../server/new-id.ts";

export { newId };

/** A word no other test uses, for names, keys and subjects: `prefix-3f9a1c2b7d4e`. */
export function mint(prefix: string): string {
  return `${prefix}-${newId().replaceAll("-", "").slice(-12)}`;
}

export function mintEmail(name = "visitor"): string {
  return `${mint(name)}@example.com`;
}
