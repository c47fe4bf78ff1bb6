import { leaveFeedAlone, noteHeard } from "../../db/queries/phone-call-feed.ts";
import type { Deps } from "../../deps.ts";
import type { PhoneCallHit } from "../../domain/phone-calls/phone-call.ts";
import { storePhoneCalls } from "./store-phone-calls.ts";

const NOTED_EVERY_MS = 60 * 60_000;

/** Calls that a webhook tells of: where one does, the CRM need not be asked as often, or must not be. */
export async function receivePhoneCalls(
  deps: Deps,
  connectionId: string,
  hits: readonly PhoneCallHit[],
): Promise<void> {
  if (hits.length === 0) return;
  await storePhoneCalls(deps, connectionId, hits);
  const now = deps.now();
  await noteHeard(deps.db, connectionId, now, new Date(now.getTime() - NOTED_EVERY_MS));
  if (hits.some(({ isUnknownToLog }) => isUnknownToLog)) await leaveFeedAlone(deps.db, connectionId, now);
}
