import { hashToken, mintToken } from "../bearer-token.ts";

const MARK = "rk_";
const SHAPE = /^rk_[\w-]{43}$/;
const SHOWN_CHARS = MARK.length + 6;

/** `rk_` lets people and scanners of leaked secrets tell what it is; 256 random bits follow. */
export function mintApiKey(): { secret: string; hash: string; prefix: string } {
  const secret = MARK + mintToken().token;
  return { secret, hash: hashToken(secret), prefix: secret.slice(0, SHOWN_CHARS) };
}

/** The hash under which a key is stored; null for what cannot be a key. */
export function hashApiKey(secret: string): string | null {
  return SHAPE.test(secret) ? hashToken(secret) : null;
}
