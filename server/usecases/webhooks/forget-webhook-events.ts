import { purgeWebhookEvents } from "../../db/queries/webhook-event.ts";
import type { Deps } from "../../deps.ts";

/** Longer than any CRM repeats a delivery: HighLevel resends for thirty days. */
const KEPT_MS = 40 * 24 * 60 * 60_000;

/** Forgets what CRMs told of long ago and nobody can repeat any more. */
export async function forgetWebhookEvents({ db, now }: Pick<Deps, "db" | "now">): Promise<void> {
  await purgeWebhookEvents(db, new Date(now().getTime() - KEPT_MS));
}
