import { ConnectorError } from "../domain/connector-error.ts";
import type { TokenSource } from "./token-source.ts";

/** A token that somebody pasted: it is what it is until somebody pastes another. */
export function fixedToken(token: string): TokenSource {
  return { get: async () => token, drop() {} };
}

/**
 * Makes a call with a token. One that the CRM refuses before its time (revoked, or a clock that is off) is replaced and the
 * call made once more; a refused call has changed nothing.
 */
export async function withToken<T>(tokens: TokenSource, call: (token: string) => Promise<T>): Promise<T> {
  const token = await tokens.get();
  try {
    return await call(token);
  } catch (error) {
    if (!(error instanceof ConnectorError) || error.code !== "auth_expired") throw error;
    tokens.drop(token);
    const other = await tokens.get();
    if (other === token) throw error;
    return await call(other);
  }
}
