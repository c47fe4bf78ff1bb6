import type { Deps } from "../../deps.ts";
import { ConnectorError } from "../../domain/connector-error.ts";
import { candidatesOf } from "./candidates.ts";
import { keysHeld, matchAmong } from "./find-records.ts";
import type { PushContext } from "./push-context.ts";
import type { Resolution } from "./resolution.ts";
import { madeEarlier, mayBeOurs } from "./resolve-new-record.ts";
import { fromMatch } from "./resolve-record.ts";

/**
 * The CRM refused to create because this record has one of the keys. It is judged by the same rules as any other hit; one
 * that is another person's, or that an agent did not want, is for the agent.
 */
export async function resolveDuplicate(deps: Deps, context: PushContext, externalId: string): Promise<Resolution> {
  const { crm, run } = context;
  const ref = { object: crm.capabilities.creates ?? "contact", externalId };
  const found = await crm.connector.getContact(ref, context.properties);
  if (found.kind === "gone")
    throw new ConnectorError("unavailable", `${crm.providerName} named a record it does not show yet.`);
  const { record } = found;
  if (run.choice?.kind !== "create") {
    const resolution = await fromMatch(deps, context, matchAmong(context, [record]));
    if (resolution) return resolution;
  } else if (await mayBeOurs(deps, context, record)) {
    return madeEarlier(context, record);
  }
  return {
    kind: "choose",
    candidates: await candidatesOf(deps, context, [{ candidate: record, has: keysHeld(context, record) }]),
    reason: `${crm.providerName} refuses a new record because this one has the same email or phone number.`,
  };
}
