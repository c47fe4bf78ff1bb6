import { DrizzleQueryError } from "drizzle-orm";
import type { Tx } from "../../db/client.ts";
import { listConnections } from "../../db/queries/connection.ts";
import { lockContactKeys } from "../../db/queries/contact-keys.ts";
import { lockImportedPeople } from "../../db/queries/import-page.ts";
import { listIdentitiesByContact, waitBriefly } from "../../db/queries/merge.ts";
import type { Deps } from "../../deps.ts";
import { DomainError } from "../../domain/domain-error.ts";

const RECORD_WAIT_MS = 5_000;
const BEGIN_AGAIN_AT_MOST = 12;
/** Postgres: a lock was waited for too long; transactions waited for each other. */
const GIVEN_UP = new Set(["55P03", "40P01"]);

/**
 * Runs `work` in a transaction while nothing else is at work on these contacts: no push of them, no page of an import, no
 * conversation that looks for their keys. Whoever is at work on them already goes first.
 */
export async function holdForMerge<T>(
  deps: Deps,
  contactIds: readonly string[],
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  const connections = await listConnections(deps.db);
  const records = connections.flatMap(({ id }) => contactIds.map((contactId) => ({ connectionId: id, contactId })));
  const done = await deps.locks.holdAll(records, RECORD_WAIT_MS, async () => ({
    value: await inTransaction(deps, contactIds, work),
  }));
  if (done === "busy") {
    throw new DomainError("conflict", "A sync of one of these contacts is under way. Try again in a moment.");
  }
  return done.value;
}

async function inTransaction<T>(deps: Deps, contactIds: readonly string[], work: (tx: Tx) => Promise<T>): Promise<T> {
  for (let begun = 1; ; begun += 1) {
    try {
      return await deps.db.transaction(async (tx) => {
        await waitBriefly(tx);
        await lockImportedPeople(tx);
        const identities = await listIdentitiesByContact(tx, contactIds);
        await lockContactKeys(
          tx,
          identities.map(({ kind, norm }) => ({
            emailNorm: kind === "email" ? norm : null,
            phoneNorm: kind === "phone" ? norm : null,
          })),
        );
        return await work(tx);
      });
    } catch (error) {
      if (!hasGivenUp(error)) throw error;
      if (begun === BEGIN_AGAIN_AT_MOST) {
        throw new DomainError("conflict", "One of these contacts is being worked on. Try again in a moment.");
      }
    }
  }
}

function hasGivenUp(error: unknown): boolean {
  const cause = error instanceof DrizzleQueryError ? error.cause : error;
  return cause instanceof Error && "code" in cause && typeof cause.code === "string" && GIVEN_UP.has(cause.code);
}
