import { purgeExpired } from "../../db/queries/session.ts";
import { purgeVisitorSessions } from "../../db/queries/visitor.ts";
import type { Deps } from "../../deps.ts";

/** Forgets sessions and reset links, users' and visitors', that nobody can use any more. */
export async function forgetOldSessions({ db, now }: Pick<Deps, "db" | "now">): Promise<void> {
  await purgeExpired(db, now());
  await purgeVisitorSessions(db, now());
}
