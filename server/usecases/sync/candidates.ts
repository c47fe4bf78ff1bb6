import type { Candidate } from "@rolodesk/shared/sync-run";
import { findLinkOfRecord } from "../../db/queries/crm-link.ts";
import type { Deps } from "../../deps.ts";
import type { CrmRecord } from "../../domain/connector.ts";
import { describeCandidate, type ReasonedCandidate } from "../../domain/identity/match-record.ts";
import { fullName } from "../../domain/identity/name.ts";
import type { PushContext } from "./push-context.ts";

const SHOWN_AT_MOST = 25;

/** Ambiguous records as the agent is shown them, each with its reason and with our contact it belongs to already. */
export async function candidatesOf(
  deps: Deps,
  context: PushContext,
  found: readonly ReasonedCandidate<CrmRecord>[],
): Promise<Candidate[]> {
  const shown: Candidate[] = [];
  for (const one of found.slice(0, SHOWN_AT_MOST)) {
    const owner = await findLinkOfRecord(deps.db, context.connection.id, one.candidate);
    const isOther = owner !== undefined && owner.contactId !== context.contact.id;
    shown.push(candidateOf(context, one, isOther ? owner.contactId : null));
  }
  return shown;
}

export function candidateOf(
  context: PushContext,
  found: ReasonedCandidate<CrmRecord>,
  linkedContactId: string | null,
): Candidate {
  const { candidate: record } = found;
  return {
    object: record.object,
    externalId: record.externalId,
    name: fullName(record),
    emails: [...record.emails],
    phones: [...record.phones],
    reason: reasonOf(context, found, linkedContactId),
    url: context.crm.connector.recordUrl(record),
    linkedContactId,
  };
}

function reasonOf(context: PushContext, found: ReasonedCandidate<CrmRecord>, linkedContactId: string | null): string {
  if (linkedContactId) return "Linked to another contact.";
  if (found.has.length === 0) return `${context.crm.providerName} takes it for the same person.`;
  return describeCandidate(found, context);
}
