import { findLinkOfRecord } from "../../db/queries/crm-link.ts";
import type { Deps } from "../../deps.ts";
import type { CrmRecord } from "../../domain/connector.ts";
import { toPhoneQuery } from "../../domain/identity/phone.ts";
import { normalForm } from "../../domain/sync/normal-form.ts";
import { candidatesOf } from "./candidates.ts";
import { findRecords, keysHeld } from "./find-records.ts";
import { comparisonOf } from "./plan-run.ts";
import type { PushContext } from "./push-context.ts";
import type { Resolution } from "./resolution.ts";

/**
 * The agent wants a new record, whatever is there. Only one that an earlier attempt of this run may have made, its answer
 * lost, is taken instead of a second: it holds all that was to be written and is nobody's yet.
 */
export async function resolveNewRecord(deps: Deps, context: PushContext): Promise<Resolution> {
  const { run, email, phone, crm } = context;
  if (!run.createSentAt || (!email && !phone)) return { kind: "create" };
  const found = await findRecords(context, {
    ...(email && { email: email.norm }),
    ...(phone && { phone: toPhoneQuery(phone) }),
  });
  const made: CrmRecord[] = [];
  for (const record of found) {
    if (await mayBeOurs(deps, context, record)) made.push(record);
  }
  const [only, another] = made;
  if (!only) return { kind: "create" };
  if (!another) return madeEarlier(context, only);
  return {
    kind: "choose",
    candidates: await candidatesOf(
      deps,
      context,
      made.map((candidate) => ({ candidate, has: keysHeld(context, candidate) })),
    ),
    reason: `${crm.providerName} did not answer whether it made the new record. One of these is it.`,
  };
}

/** Whether a record is what an earlier attempt of this run meant to create. */
export async function mayBeOurs(deps: Deps, context: PushContext, record: CrmRecord): Promise<boolean> {
  const { run, connection, countries } = context;
  if (!run.createSentAt || run.plan?.target !== null) return false;
  const holdsAll = run.plan.decisions.every(({ field, property, write }) => {
    const comparison = comparisonOf(field, countries, write);
    return write === null || normalForm(write, comparison) === normalForm(record.values[property], comparison);
  });
  return holdsAll && (await findLinkOfRecord(deps.db, connection.id, record)) === undefined;
}

export function madeEarlier({ crm }: PushContext, record: CrmRecord): Resolution {
  return {
    kind: "record",
    record,
    matchedBy: "created",
    matchedReason: `Created in ${crm.providerName} from this chat.`,
    notOurs: [],
    suggestion: null,
    moved: null,
  };
}
