import { createHash, timingSafeEqual } from "node:crypto";

/** Compares without telling by its time where, or in which length, the two differ. */
export function equalSecrets(given: string, expected: string): boolean {
  return timingSafeEqual(digest(given), digest(expected));
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text, "utf8").digest();
}
