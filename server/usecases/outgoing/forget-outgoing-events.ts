import { purgeOutgoingEvents } from "../../db/queries/webhook-endpoint.ts";
import type { Deps } from "../../deps.ts";

const KEPT_MS = 30 * 24 * 60 * 60_000;

/** Forgets what happened a month ago, and whom it was told. */
export async function forgetOutgoingEvents({ db, now }: Pick<Deps, "db" | "now">): Promise<void> {
  await purgeOutgoingEvents(db, new Date(now().getTime() - KEPT_MS));
}
