import { listConnectionsOfSite } from "../../db/queries/connection.ts";
import type { SiteRow } from "../../db/queries/site.ts";
import type { Deps } from "../../deps.ts";
import type { RecordRef } from "../../domain/connector.ts";
import { parseEmail } from "../../domain/identity/email.ts";
import { hashToken } from "../bearer-token.ts";
import { storedCredentials } from "../connections/stored-credentials.ts";
import { readIdentityToken, type SignedIdentity } from "./read-identity-token.ts";

/** Somebody whom the site's backend, or a store the site is connected to, vouches for. */
export interface VouchedIdentity extends SignedIdentity {
  /** Where a CRM vouches: the record it says this is, and the token that counts once. */
  readonly vouched?: {
    readonly record: RecordRef & { readonly connectionId: string };
    readonly token: { readonly hash: string; readonly expiresAt: Date };
  };
}

/**
 * Who a signed token says this is: one of the site's own backend, or the token by which a connected store vouches for its
 * signed-in customer. null when it is neither, or does not hold.
 */
export async function readSignedIdentity(deps: Deps, site: SiteRow, token: string): Promise<VouchedIdentity | null> {
  return (await readIdentityToken(deps, site, token)) ?? (await readStoreToken(deps, site, token));
}

async function readStoreToken(deps: Deps, site: SiteRow, token: string): Promise<VouchedIdentity | null> {
  for (const row of await listConnectionsOfSite(deps.db, site.id)) {
    const { id: connectionId, provider, settings } = row;
    if (!deps.connectors.kindOf(provider).vouchesForVisitors) continue;
    const access = { provider, settings, credentials: storedCredentials(deps, row) };
    const vouched = deps.connectors.readVisitorToken(access, token);
    if (!vouched) continue;
    const email = parseEmail(vouched.email)?.value;
    return {
      subject: vouched.subject,
      stated: email ? { email: { value: email, verified: true } } : {},
      vouched: {
        record: { ...vouched.record, connectionId },
        token: { hash: hashToken(token), expiresAt: new Date(vouched.expiresAt) },
      },
    };
  }
  return null;
}
