import type { Tx } from "../../db/client.ts";
import type { ConnectionRow } from "../../db/queries/connection.ts";
import {
  deletePhoneCall,
  findContactOfRecord,
  listContactsByPhone,
  type PhoneCallRow,
  updatePhoneCall,
} from "../../db/queries/phone-call.ts";
import { holdCurrentContact } from "../../db/queries/visible-contacts.ts";
import type { Deps } from "../../deps.ts";
import { phoneNorm } from "../../domain/identity/phone.ts";
import { assessCall } from "../../domain/phone-calls/assess-call.ts";
import type { PhoneCallState } from "../../domain/phone-calls/phone-call.ts";
import { readErasedKeys, recordKey } from "../erase/erased-keys.ts";
import { readingOfRow } from "./call-of-row.ts";
import { followContact } from "./follow-contact.ts";
import { orderSummary } from "./order-summary.ts";

/**
 * Stores what is known of a call now, with what that comes to: whose it is, how it ended, what the contact learns from it.
 * The caller holds the row; contacts are held after calls, never before. Null when nothing of it is new, or it was of somebody who
 * was erased: then it is not kept.
 */
export async function keepPhoneCall(
  tx: Tx,
  deps: Deps,
  connection: Pick<ConnectionRow, "id" | "facts">,
  row: PhoneCallRow,
  call: PhoneCallState,
): Promise<PhoneCallRow | null> {
  const { country } = connection.facts;
  const norm = call.phone === null ? null : phoneNorm(call.phone, [typeof country === "string" ? country : null]);
  const keys = { connectionId: connection.id, recordId: call.recordId };
  const contactId = row.contactId ?? (await personOfCall(tx, keys, norm));
  if (contactId === null && (await isOfErased(tx, deps, keys, norm))) {
    await deletePhoneCall(tx, row.id);
    return null;
  }
  const { disposition, engagement, nextFollowUpAt } = assessCall(
    call,
    readingOfRow(row),
    call.startedAt ?? row.createdAt,
  );
  const next = {
    ...call,
    contactId,
    phoneNorm: norm,
    disposition: disposition?.value ?? null,
    dispositionSource: disposition?.source ?? null,
    dispositionAt: disposition?.at ?? null,
    dispositionBy: disposition?.source === "person" ? row.dispositionBy : null,
    engagement,
    nextFollowUpAt,
    ...(call.transcript !== row.transcript && (await orderSummary(tx, deps, row.id, call.transcript))),
  };
  if (isSame(row, next)) return null;
  const kept = await updatePhoneCall(tx, row.id, { ...next, updatedAt: deps.now() });
  await followContact(tx, deps, kept);
  return kept;
}

interface CallKeys {
  readonly connectionId: string;
  readonly recordId: string | null;
}

/** By the linked record; else by the telephone number, where just one contact has it. Held until the transaction ends. */
async function personOfCall(tx: Tx, keys: CallKeys, norm: string | null): Promise<string | null> {
  const found = await findPerson(tx, keys, norm);
  return found && (await holdCurrentContact(tx, found));
}

async function findPerson(tx: Tx, keys: CallKeys, norm: string | null): Promise<string | null> {
  const linked = keys.recordId === null ? null : await findContactOfRecord(tx, keys.connectionId, keys.recordId);
  if (linked !== null || norm === null) return linked;
  const [only, ...more] = await listContactsByPhone(tx, keys, norm);
  return only !== undefined && more.length === 0 ? only : null;
}

async function isOfErased(
  tx: Tx,
  deps: Deps,
  { connectionId, recordId }: CallKeys,
  norm: string | null,
): Promise<boolean> {
  const keys = [
    ...(norm === null ? [] : [{ kind: "phone" as const, norm }]),
    ...(recordId === null ? [] : [recordKey(connectionId, recordId)]),
  ];
  const isErased = await readErasedKeys(tx, deps, keys);
  return keys.some(isErased);
}

function isSame(row: PhoneCallRow, next: Partial<PhoneCallRow>): boolean {
  const held = new Map<string, unknown>(Object.entries(row));
  return Object.entries(next).every(([name, value]) => JSON.stringify(value) === JSON.stringify(held.get(name)));
}
