import { purgeIdempotentRequests } from "../../db/queries/idempotent-request.ts";
import type { Deps } from "../../deps.ts";
import { KEPT_MS } from "./answer-once.ts";

/** Forgets the answers whose time is over. */
export async function forgetIdempotentRequests({ db, now }: Pick<Deps, "db" | "now">): Promise<void> {
  await purgeIdempotentRequests(db, new Date(now().getTime() - KEPT_MS));
}
