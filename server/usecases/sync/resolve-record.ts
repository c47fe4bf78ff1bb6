import { type CrmLinkRow, findClosedLink, findLinkOfRecord } from "../../db/queries/crm-link.ts";
import type { Deps } from "../../deps.ts";
import type { CrmRecord, RecordRef } from "../../domain/connector.ts";
import { AMBIGUITY_WORDS, type Match } from "../../domain/identity/match-record.ts";
import { candidateOf, candidatesOf } from "./candidates.ts";
import { isSame } from "./find-records.ts";
import { keysOfOthers } from "./keys-of-others.ts";
import { lookUpRecord } from "./look-up-record.ts";
import type { PushContext } from "./push-context.ts";
import type { Resolution } from "./resolution.ts";
import { resolveNewRecord } from "./resolve-new-record.ts";

/**
 * Link → the agent's choice → the record the CRM vouches for → email → phone → create (sync rules, 1). Reads only. A record that
 * belongs to another of our contacts is never taken over: the agent is asked.
 */
export async function resolveRecord(deps: Deps, context: PushContext): Promise<Resolution> {
  const { run } = context;
  if (run.choice?.kind === "record") return await resolveChosen(deps, context, run.choice);

  if (context.link) return await resolveLinked(deps, context, context.link);
  if (run.choice?.kind === "create") return await resolveNewRecord(deps, context);

  const resolution =
    (context.vouched && (await resolveVouched(deps, context, context.vouched))) ??
    (await fromMatch(deps, context, await lookUpRecord(context)));
  return resolution ?? (await whenNobody(deps, context));
}

/** What a match among records leads to; null when nobody matched whom anything can be written to. */
export async function fromMatch(deps: Deps, context: PushContext, match: Match<CrmRecord>): Promise<Resolution | null> {
  switch (match.kind) {
    case "one":
      return await resolveMatched(deps, context, match);
    case "ambiguous":
      return {
        kind: "choose",
        candidates: await candidatesOf(deps, context, match.candidates),
        reason: AMBIGUITY_WORDS[match.why],
      };
    case "none":
      return null;
  }
}

async function resolveLinked(deps: Deps, context: PushContext, link: CrmLinkRow): Promise<Resolution> {
  const { crm } = context;
  const found = await crm.connector.getContact(link, context.properties);
  if (found.kind === "gone") {
    return { kind: "gone", link, reason: `The linked record was deleted in ${crm.providerName}.` };
  }
  if (found.kind === "moved") {
    const taken = await ownedByAnotherContact(deps, context, found.record);
    if (taken) return taken;
  }
  return unlessClosed(context, found.record, {
    matchedBy: link.matchedBy,
    matchedReason: link.matchedReason,
    notOurs: await keysOfOthers(deps, context),
    moved: found.kind === "moved" ? found.reason : null,
  });
}

async function resolveChosen(deps: Deps, context: PushContext, chosen: RecordRef): Promise<Resolution> {
  const found = await context.crm.connector.getContact(chosen, context.properties);
  if (found.kind === "gone") {
    return { kind: "choose", candidates: [], reason: `The chosen record is no longer in ${context.crm.providerName}.` };
  }
  const taken = await ownedByAnotherContact(deps, context, found.record);
  const chosenHow = { matchedBy: "agent", matchedReason: "Chosen by an agent." } as const;
  return taken ?? unlessClosed(context, found.record, chosenHow);
}

/** The customer who is signed in there; null when the record is gone, and the person is looked up like anybody. */
async function resolveVouched(deps: Deps, context: PushContext, vouched: RecordRef): Promise<Resolution | null> {
  const found = await context.crm.connector.getContact(vouched, context.properties);
  if (found.kind === "gone") return null;
  const taken = await ownedByAnotherContact(deps, context, found.record);
  const matchedReason = `${context.crm.providerName} says so: this customer was signed in there.`;
  return taken ?? unlessClosed(context, found.record, { matchedBy: "vouched", matchedReason });
}

type Matched = Extract<Resolution, { kind: "record" }>;

/** A record that was read by its id is the person's; nothing is written to a closed one. */
function unlessClosed(
  context: PushContext,
  record: CrmRecord,
  how: Pick<Matched, "matchedBy" | "matchedReason"> & Partial<Matched>,
): Resolution {
  if (record.state === "closed") return { kind: "leave", reason: closedWords(context) };
  return { kind: "record", record, notOurs: [], suggestion: null, moved: null, ...how };
}

type One = Extract<Match<CrmRecord>, { kind: "one" }>;

/** Null when nobody is left to be written to: the person is as unknown as if nobody had been found. */
async function resolveMatched(
  deps: Deps,
  context: PushContext,
  { candidate, by, alsoHeldBy }: One,
): Promise<Resolution | null> {
  const record = await currentRecord(context, candidate);
  if (!record) return null;
  const taken = await ownedByAnotherContact(deps, context, record);
  if (taken) return taken;
  const other = by === "email" ? "phone" : "email";
  const isHeld = alsoHeldBy.some((held) => !isSame(held, record));
  return {
    kind: "record",
    record,
    matchedBy: by,
    matchedReason:
      by === "email" ? `Matched by the email ${context.email?.norm}.` : `Matched by the phone ${context.phone?.e164}.`,
    notOurs: isHeld ? [other] : [],
    suggestion: isHeld
      ? `Another record in ${context.crm.providerName} has this ${other}. They may be one person: compare and merge them there.`
      : null,
    moved: null,
  };
}

/** A superseded hit (a qualified lead) stands for the record that took its place; null when nothing can be written to. */
async function currentRecord(context: PushContext, candidate: CrmRecord): Promise<CrmRecord | null> {
  if (candidate.state !== "superseded") return candidate;
  const found = await context.crm.connector.getContact(candidate, context.properties);
  return found.kind === "gone" || found.record.state !== "open" ? null : found.record;
}

function closedWords({ crm }: PushContext): string {
  return `The record is closed in ${crm.providerName} (disqualified or inactive), so nothing was written to it.`;
}

async function ownedByAnotherContact(deps: Deps, context: PushContext, record: CrmRecord): Promise<Resolution | null> {
  const owner = await findLinkOfRecord(deps.db, context.connection.id, record);
  if (!owner || owner.contactId === context.contact.id) return null;
  const candidate = candidateOf(context, { candidate: record, has: [] }, owner.contactId);
  return {
    kind: "choose",
    candidates: [candidate],
    reason:
      "This record is linked to another contact of ours. They may be one person: merge the contacts, or create a new record.",
  };
}

async function whenNobody(deps: Deps, context: PushContext): Promise<Resolution> {
  const { crm, connection, contact, verified, said } = context;
  const closed = context.goneLink ?? (await findClosedLink(deps.db, connection.id, contact.id));
  const saidSince = [...said.facts.values()].some(({ createdAt }) => !closed || createdAt > closed.lastSyncedAt);
  if (closed && !saidSince) {
    return {
      kind: "leave",
      reason: `The record was deleted in ${crm.providerName}, and the visitor said nothing new.`,
    };
  }
  if (crm.capabilities.creates === null) {
    return {
      kind: "leave",
      reason: `${crm.providerName} does not know this person, and this connection creates nobody.`,
    };
  }
  if (connection.verifiedOnly && !verified) {
    return { kind: "leave", reason: `Only verified identities may be created in ${crm.providerName}.` };
  }
  return { kind: "create" };
}
