import type { UserActor } from "../../actor.ts";
import type { DbOrTx } from "../../db/client.ts";
import { type ConnectionRow, findConnection } from "../../db/queries/connection.ts";
import { notFound } from "../../domain/domain-error.ts";
import { assertAdmin } from "../access.ts";

/** A connection, for an admin. */
export async function getConnection(db: DbOrTx, actor: UserActor, id: string): Promise<ConnectionRow> {
  assertAdmin(actor);
  const row = await findConnection(db, id);
  if (!row) throw notFound("connection");
  return row;
}
