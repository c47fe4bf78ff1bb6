import type { PhoneCallRow } from "../../db/queries/phone-call.ts";
import type { Deps } from "../../deps.ts";

/** Tells the agents that a call is there, or says something new. After the commit. */
export function publishPhoneCall({ publish }: Pick<Deps, "publish">, { id, contactId, version }: PhoneCallRow): void {
  publish.toAgents("everyone", "changed", { kind: "phone_call", id, conversationId: null, contactId, version });
}
