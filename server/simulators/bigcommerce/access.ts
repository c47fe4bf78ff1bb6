import { BigCommerceApiError } from "./api-error.ts";

export const SCOPES = [
  "store_v2_customers",
  "store_v2_customers_read_only",
  "store_v2_information",
  "store_v2_information_read_only",
] as const;
type Scope = (typeof SCOPES)[number];

export interface ApiAccount {
  readonly accessToken: string;
  /** Cannot be changed later: another scope takes another account. */
  readonly scopes: readonly Scope[];
}

/** Refuses a request whose token is unknown in this store (401), or lacks the scope that its path and method need (403). */
export function requireAccess(
  accounts: ReadonlyMap<string, ApiAccount>,
  token: string | undefined,
  asked: { readonly method: string; readonly path: string },
): void {
  const account = token === undefined ? undefined : accounts.get(token);
  if (!account) throw new BigCommerceApiError(401, "X-Auth-Token header is required");
  // webhooks need no scope of their own
  if (/^\/stores\/[^/]+\/v3\/hooks\b/.test(asked.path)) return;
  const area = /^\/stores\/[^/]+\/v2\/store$/.test(asked.path) ? "store_v2_information" : "store_v2_customers";
  const enough: readonly Scope[] = asked.method === "GET" ? [area, `${area}_read_only`] : [area];
  if (!enough.some((scope) => account.scopes.includes(scope))) {
    throw new BigCommerceApiError(403, "You don't have a required scope to access the endpoint");
  }
}
