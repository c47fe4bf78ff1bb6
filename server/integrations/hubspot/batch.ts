import type { BatchInputSimplePublicObjectBatchInput } from "@hubspot/api-client/lib/codegen/crm/contacts/models/BatchInputSimplePublicObjectBatchInput.js";
import type { BatchReadInputSimplePublicObjectId } from "@hubspot/api-client/lib/codegen/crm/contacts/models/BatchReadInputSimplePublicObjectId.js";
import type { ConnectorBatch, CrmRecord } from "../../domain/connector.ts";
import { type HubSpotClient, pathTo } from "./client.ts";
import type { RecentReads } from "./recent-reads.ts";
import { isId, toProperties, toRecord, withIdentity } from "./record.ts";
import { type Contact, ContactPage } from "./schema.ts";

/** HubSpot, contacts guide: 100 records per batch. */
export const BATCH_SIZE = 100;

/**
 * Reads and updates of a hundred. Ids and emails are two calls, for a batch has one `idProperty`. Updates go by record id
 * alone: HubSpot answers one by email with success and changes nothing. What is missing from an answer (207) is null.
 */
export function createBatch(call: HubSpotClient, reads: RecentReads): ConnectorBatch {
  return {
    size: BATCH_SIZE,
    async getContacts(keys, properties) {
      const ids = keys.flatMap((key) => ("ref" in key && isId(key.ref.externalId) ? [key.ref.externalId] : []));
      const emails = keys.flatMap((key) => ("email" in key ? [folded(key.email)] : []));
      const byId = await readContacts(call, ids, properties);
      const byEmail = await readContacts(call, emails, properties, "email");
      for (const contact of [...byId, ...byEmail]) reads.remember(contact);

      const ofId = new Map(byId.map((contact) => [contact.id, toRecord(contact, properties)]));
      const ofEmail = recordsByEmail(byEmail.map((contact) => toRecord(contact, properties)));
      return keys.map((key) => ("ref" in key ? ofId.get(key.ref.externalId) : ofEmail.get(folded(key.email))) ?? null);
    },
    async updateContacts(updates, properties) {
      const known = updates.filter(({ ref }) => isId(ref.externalId));
      if (known.length === 0) return updates.map(() => null);
      const body: BatchInputSimplePublicObjectBatchInput = {
        inputs: known.map(({ ref, changes }) => ({ id: ref.externalId, properties: toProperties(changes) })),
      };
      const { results } = await call(ContactPage, { method: "POST", path: batchPath("update"), body });
      const whole = new Map(results.map((written) => [written.id, reads.wholeOf(written, properties)]));
      const partly = [...whole].flatMap(([id, contact]) => (contact ? [] : [id]));
      for (const contact of await readContacts(call, partly, properties)) whole.set(contact.id, contact);
      return updates.map(({ ref }) => {
        const contact = whole.get(ref.externalId);
        return contact ? toRecord(contact, properties) : null;
      });
    },
  };
}

/** Contacts that are there, in no order; the ids of merged ones answer with another id. `keys`: any number up to a batch. */
export async function readContacts(
  call: HubSpotClient,
  keys: readonly string[],
  properties: readonly string[],
  idProperty?: "email",
): Promise<readonly Contact[]> {
  if (keys.length === 0) return [];
  const body: BatchReadInputSimplePublicObjectId = {
    inputs: [...new Set(keys)].map((id) => ({ id })),
    properties: withIdentity(properties),
    propertiesWithHistory: [],
    ...(idProperty && { idProperty }),
  };
  const { results } = await call(ContactPage, { method: "POST", path: batchPath("read"), body, readOnly: true });
  return results;
}

function batchPath(verb: "read" | "update"): string {
  return pathTo("crm/objects", ["contacts", "batch", verb]);
}

/** A contact stands for an email only if it has it: what HubSpot takes for equal is not for us to believe. */
function recordsByEmail(records: readonly CrmRecord[]): ReadonlyMap<string, CrmRecord> {
  return new Map(records.flatMap((record) => record.emails.map((email) => [folded(email), record])));
}

function folded(email: string): string {
  return email.trim().toLowerCase();
}
