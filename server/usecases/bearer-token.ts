import { createHash, randomBytes } from "node:crypto";

/** A bearer token of 256 random bits, and the hash under which it is stored. */
export function mintToken(): { token: string; hash: string } {
  const token = randomBytes(32).toString("base64url");
  return { token, hash: hashToken(token) };
}

export function hashToken(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}
