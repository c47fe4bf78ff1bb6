import { findConnection } from "../../db/queries/connection.ts";
import { listKnownPhoneCalls, lockPhoneCallOf, type PhoneCallRow } from "../../db/queries/phone-call.ts";
import type { Deps } from "../../deps.ts";
import { mergeHit } from "../../domain/phone-calls/merge-hit.ts";
import type { PhoneCallHit } from "../../domain/phone-calls/phone-call.ts";
import { callOfRow } from "./call-of-row.ts";
import { keepPhoneCall } from "./keep-phone-call.ts";
import { publishPhoneCall } from "./publish-phone-call.ts";

/**
 * Logs telephone calls a CRM told of: one row per call, whatever was told how often and in which order. Each call has a
 * transaction of its own, so that calls of one contact that are told at once never wait for each other in a circle.
 */
export async function storePhoneCalls(deps: Deps, connectionId: string, hits: readonly PhoneCallHit[]): Promise<void> {
  if (hits.length === 0) return;
  const connection = await findConnection(deps.db, connectionId);
  if (!connection) return;
  for (const { externalId, ...hit } of await listNews(deps, connectionId, hits)) {
    const kept = await deps.db.transaction(async (tx): Promise<PhoneCallRow | null> => {
      const row = await lockPhoneCallOf(tx, { id: deps.newId(), connectionId, externalId, createdAt: deps.now() });
      return await keepPhoneCall(tx, deps, connection, row, mergeHit(callOfRow(row), hit));
    });
    if (kept) publishPhoneCall(deps, kept);
  }
}

/** Those that say something which is not known; what is read again from a CRM's log mostly is. */
async function listNews(
  { db }: Deps,
  connectionId: string,
  hits: readonly PhoneCallHit[],
): Promise<readonly PhoneCallHit[]> {
  const ids = hits.map(({ externalId }) => externalId);
  const known = new Map(
    (await listKnownPhoneCalls(db, connectionId, ids)).map((row) => [row.externalId, callOfRow(row)]),
  );
  return hits.filter(({ externalId, ...hit }) => {
    const held = known.get(externalId);
    return !held || JSON.stringify(mergeHit(held, hit)) !== JSON.stringify(mergeHit(held, held));
  });
}
