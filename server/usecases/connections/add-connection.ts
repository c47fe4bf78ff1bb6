import type { NewConnection } from "@rolodesk/shared/connection";
import type { UserActor } from "../../actor.ts";
import { type ConnectionRow, findConnection } from "../../db/queries/connection.ts";
import type { Deps } from "../../deps.ts";
import { assertAdmin } from "../access.ts";
import { insertNewConnection } from "./insert-new-connection.ts";
import { publishConnection } from "./publish-connection.ts";
import { testedAccount } from "./tested-account.ts";

/** Connects an account: tested with a read that names it, credentials sealed, the default mapping in place. */
export async function addConnection(deps: Deps, actor: UserActor, input: NewConnection): Promise<ConnectionRow> {
  assertAdmin(actor);
  const { provider, name, settings, credentials, siteIds } = input;
  const account = await testedAccount(deps, { provider, settings, credentials, facts: {} });
  const id = deps.newId();
  await deps.db.transaction(async (tx) => {
    await insertNewConnection(tx, deps, actor, {
      id,
      provider,
      access: "key",
      name,
      settings,
      credentials,
      siteIds,
      account,
    });
  });
  const row = await findConnection(deps.db, id);
  if (!row) throw new Error("A connection that was just stored exists.");
  publishConnection(deps, row);
  return row;
}
