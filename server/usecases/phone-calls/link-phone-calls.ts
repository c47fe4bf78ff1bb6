import { findConnection } from "../../db/queries/connection.ts";
import { listLinkablePhoneCalls, lockPhoneCall } from "../../db/queries/phone-call.ts";
import type { Deps } from "../../deps.ts";
import { callOfRow } from "./call-of-row.ts";
import { keepPhoneCall } from "./keep-phone-call.ts";
import { publishPhoneCall } from "./publish-phone-call.ts";

const AT_ONCE = 500;

/** Gives calls of nobody the contact that has their record or number by now, however it came to have it. */
export async function linkPhoneCalls(deps: Deps): Promise<void> {
  for (const id of await listLinkablePhoneCalls(deps.db, AT_ONCE)) {
    const kept = await deps.db.transaction(async (tx) => {
      const row = await lockPhoneCall(tx, id);
      const connection = row && (await findConnection(tx, row.connectionId));
      return connection ? await keepPhoneCall(tx, deps, connection, row, callOfRow(row)) : null;
    });
    if (kept) publishPhoneCall(deps, kept);
  }
}
