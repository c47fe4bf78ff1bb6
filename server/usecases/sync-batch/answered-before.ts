import type { Connector, CrmRecord } from "../../domain/connector.ts";
import { GoesAlone } from "./goes-alone.ts";

/**
 * A connector that knows the answer to the one question a batch has asked for a run: its linked record, or who has its
 * email. Who has the phone is asked of `own`. Resolving goes the same way as ever; any other question, and any write, throws
 * `GoesAlone`.
 */
export function answeredBefore(connector: Connector, record: CrmRecord, own: () => Connector): Connector {
  return {
    ...connector,
    async getContact({ object, externalId }) {
      if (object !== record.object || externalId !== record.externalId) throw new GoesAlone();
      return { kind: "found", record };
    },
    async findContacts(query, properties) {
      const { email, phone, phoneOnlyIfNoEmail } = query;
      if (email === undefined && phone) return await own().findContacts(query, properties);
      if (email === undefined || (phone && !phoneOnlyIfNoEmail)) throw new GoesAlone();
      return [record];
    },
    createContact: refuse,
    updateContact: refuse,
    addNote: refuse,
  };
}

async function refuse(): Promise<never> {
  throw new GoesAlone();
}
