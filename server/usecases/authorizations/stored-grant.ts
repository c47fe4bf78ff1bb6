import { z } from "zod";
import type { ConnectionGrantRow } from "../../db/queries/authorization.ts";
import type { Deps } from "../../deps.ts";
import type { Grant } from "../../integrations/oauth.ts";

const StoredGrant = z.object({
  accessToken: z.string().min(1).nullable(),
  expiresAt: z.number(),
  refreshToken: z.string().min(1),
  about: z.record(z.string(), z.string()),
});

/** A connection's grant, opened. Never leaves the server. */
export function openGrant(deps: Pick<Deps, "secrets">, { connectionId, tokens }: ConnectionGrantRow): Grant {
  return StoredGrant.parse(JSON.parse(deps.secrets.decrypt(tokens, grantAad(connectionId))));
}

/** The columns that keep a grant. */
export function sealGrant(deps: Pick<Deps, "secrets">, connectionId: string, grant: Grant) {
  const tokens = deps.secrets.encrypt(JSON.stringify(grant), grantAad(connectionId));
  return { tokens, expiresAt: new Date(grant.expiresAt), refreshSentAt: null };
}

export function grantAad(connectionId: string): string {
  return `connection:${connectionId}:grant`;
}
