import { claimKeys } from "../../db/queries/create-claim.ts";
import type { Deps } from "../../deps.ts";
import { ConnectorError } from "../../domain/connector-error.ts";
import type { WritingContext } from "./run-context.ts";

/** By then every CRM's search index shows what its holder made. */
const CLAIM_LASTS_MS = 10 * 60_000;
const ASK_AGAIN_MS = 5_000;

/**
 * The right to create a record for this person's keys in this connection, and the key of the create: the same for every
 * attempt. Throws `rate_limited` (come back later) while another contact with one of the keys holds it: by then its
 * record can be found.
 */
export async function takeCreateClaim(deps: Deps, context: WritingContext): Promise<string> {
  const { connection, contact, email, phone, shared, run } = context;
  const keys = [
    ...(email && !shared.email ? [`email:${email.norm}`] : []),
    ...(phone && !shared.phone ? [`phone:${phone.norm}`] : []),
  ];
  if (run.choice?.kind === "create" || keys.length === 0) return run.id;

  const claims = await deps.db.transaction((tx) =>
    claimKeys(
      tx,
      { connectionId: connection.id, keys, contactId: contact.id, createKey: run.id },
      new Date(deps.now().getTime() - CLAIM_LASTS_MS),
    ),
  );
  if (claims.some((claim) => claim.contactId !== contact.id)) {
    throw new ConnectorError("rate_limited", "Another conversation is creating a record with the same key.", {
      retryAfterMs: ASK_AGAIN_MS,
    });
  }
  return claims[0]?.createKey ?? run.id;
}
