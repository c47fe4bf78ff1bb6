import type { UserActor } from "../actor.ts";
import { type ConnectionRow, listConnections } from "../db/queries/connection.ts";
import type { Deps } from "../deps.ts";
import { makeWebhookSecret, saveSigningSecret, storedWebhookSecrets } from "../usecases/webhooks/webhook-secrets.ts";
import { viewWebhook } from "../views/webhook.ts";
import type { DemoHook } from "./demo-crms.ts";
import { pointsHere } from "./repoint-connections.ts";
import type { RunningSimulator } from "./start-simulators.ts";

/**
 * Sets up in each simulated CRM what an admin would: that it tells its connections of changes, so that an edit on its page
 * reaches the console at once. The simulators forget it when they end; secrets that fit are kept.
 */
export async function connectWebhooks(
  deps: Deps,
  admin: UserActor,
  simulators: readonly RunningSimulator[],
): Promise<void> {
  for (const row of await listConnections(deps.db)) {
    const simulator = simulators.find(({ provider }) => provider === row.provider);
    if (!simulator?.hook || !pointsHere(row.settings, simulator.addresses)) continue;
    const own = await agreeOnSecrets(deps, admin, row, simulator.hook);
    const { address } = await viewWebhook(deps, row);
    simulator.hook.subscribe(address, own);
  }
}

/** Answers our secret; null where the CRM adds none to what it sends. */
async function agreeOnSecrets(
  deps: Deps,
  admin: UserActor,
  row: ConnectionRow,
  hook: DemoHook,
): Promise<string | null> {
  const stored = storedWebhookSecrets(deps, row);
  if (hook.signing !== null) {
    if (stored.signing?.trim() !== hook.signing.trim()) await saveSigningSecret(deps, admin, row.id, hook.signing);
    if (!hook.ownInAddress) return null;
  }
  return stored.own ?? (await makeWebhookSecret(deps, admin, row.id));
}
