import { purgeExpired } from "../../db/queries/session.ts";
import { purgeVisitorSessions } from "../../db/queries/visitor.ts";
import { purgeSpentTokens } from "../../db/queries/vouched.ts";
import type { Deps } from "../../deps.ts";

/** A token is taken for a minute after its end, in case clocks differ. */
const SPENT_TOKENS_KEPT_MS = 10 * 60_000;

/** Forgets sessions and reset links, users' and visitors', and tokens of stores, that nobody can use any more. */
export async function forgetOldSessions({ db, now }: Pick<Deps, "db" | "now">): Promise<void> {
  await purgeExpired(db, now());
  await purgeVisitorSessions(db, now());
  await purgeSpentTokens(db, new Date(now().getTime() - SPENT_TOKENS_KEPT_MS));
}
