import type { Connector, CrmRecord, FindQuery } from "../../domain/connector.ts";
import { ConnectorError } from "../../domain/connector-error.ts";
import type { GhlClient } from "./client.ts";
import { describeCustomField, describeStandardFields, toCreateBody, toCrmRecord, toUpdateBody } from "./fields.ts";
import { carriesKey, toNoteBody } from "./note-body.ts";
import {
  type Contact,
  ContactAnswer,
  CustomFieldsAnswer,
  DuplicateAnswer,
  LocationAnswer,
  NoteAnswer,
  NotesAnswer,
  SearchAnswer,
} from "./schema.ts";

export interface GhlConnectorInput {
  readonly call: GhlClient;
  readonly locationId: string;
  /** White-label address of the app, without a trailing slash. */
  readonly appUrl: string;
}

/** HighLevel takes no longer filter values (contact search). */
const MAX_FILTER_CHARS = 75;
/** A key that leads to more contacts than this identifies nobody. */
const MAX_CANDIDATES = 100;

export function createGhlConnector({ call, locationId, appUrl }: GhlConnectorInput): Connector {
  /** The primary store, by email first; one contact at most, and fresh. */
  async function lookUp({ email, phone }: FindQuery): Promise<Contact | undefined> {
    const query = new URLSearchParams({ locationId });
    if (email) query.set("email", email);
    if (phone) query.set("number", phone.e164);
    const answer = await call(DuplicateAnswer, { method: "GET", path: `/contacts/search/duplicate?${query}` });
    return answer.contact ?? undefined;
  }

  /** The search index: everybody with either key, up to a minute late. */
  async function search(query: FindQuery): Promise<readonly Contact[]> {
    const filters = filtersOf(query);
    if (filters.length === 0) return [];
    const body = { locationId, pageLimit: MAX_CANDIDATES, filters: [{ group: "OR", filters }] };
    const answer = await call(SearchAnswer, { method: "POST", path: "/contacts/search", body, readOnly: true });
    return answer.contacts;
  }

  async function read(externalId: string, properties: readonly string[]): Promise<CrmRecord> {
    const { contact } = await call(ContactAnswer, { method: "GET", path: contactPath(externalId) });
    if (contact.locationId && contact.locationId !== locationId) {
      throw new ConnectorError("forbidden", "HighLevel: this contact belongs to another location.");
    }
    return toCrmRecord(contact, properties);
  }

  return {
    /**
     * The duplicate endpoint is fresh but names one contact by the location's own order of keys; the search is complete
     * but lags. Each is asked once, at the same time; where both know a contact, the fresh one counts.
     */
    async findContacts(query, properties) {
      if (!query.email && !query.phone) return [];
      const [fresh, indexed] = await Promise.all([lookUp(query), search(query)]);
      const contacts = new Map(indexed.map((contact) => [contact.id, contact]));
      if (fresh) contacts.set(fresh.id, fresh);
      return [...contacts.values()].map((contact) => toCrmRecord(contact, properties));
    },

    async getContact(ref, properties) {
      try {
        return { kind: "found", record: await read(ref.externalId, properties) };
      } catch (error) {
        // a merged contact answers like a deleted one
        if (error instanceof ConnectorError && error.code === "not_found") return { kind: "gone" };
        throw error;
      }
    },

    /** The key has no place in HighLevel; a location that forbids duplicates refuses the second create by name. */
    async createContact(values, _key, properties) {
      const body = { locationId, ...toCreateBody(values) };
      const request = { method: "POST", path: "/contacts/", body, mayWorkWhenRefused: true } as const;
      const { contact } = await call(ContactAnswer, request);
      return toCrmRecord(contact, properties);
    },

    /** Create-only fields are left out, as the returned record shows. */
    async updateContact(ref, changes, _ifVersion, properties) {
      const body = toUpdateBody(changes);
      if (body === null) return read(ref.externalId, properties);
      const { contact } = await call(ContactAnswer, { method: "PUT", path: contactPath(ref.externalId), body });
      return toCrmRecord(contact, properties);
    },

    async describeFields() {
      const path = `/locations/${locationId}/customFields?model=contact`;
      const { customFields } = await call(CustomFieldsAnswer, { method: "GET", path });
      const ofContacts = customFields.filter((field) => !field.model || field.model === "contact");
      return [...describeStandardFields(), ...ofContacts.map(describeCustomField)];
    },

    async addNote(ref, note, key) {
      const path = `${contactPath(ref.externalId)}/notes`;
      const { notes } = await call(NotesAnswer, { method: "GET", path });
      const there = notes.find(({ body }) => body && carriesKey(body, key));
      if (there) return { noteId: there.id };
      const answer = await call(NoteAnswer, { method: "POST", path, body: { body: toNoteBody(note, key) } });
      return { noteId: answer.note.id };
    },

    /** The location names the account; the search shows whether the token may read contacts. */
    async checkConnection() {
      const { location } = await call(LocationAnswer, { method: "GET", path: `/locations/${locationId}` });
      const body = { locationId, pageLimit: 1 };
      await call(SearchAnswer, { method: "POST", path: "/contacts/search", body, readOnly: true });
      return {
        accountId: location.id,
        accountName: location.name || location.id,
        facts: {
          allowDuplicateContact: location.settings?.allowDuplicateContact ?? null,
          contactUniqueIdentifiers: location.settings?.contactUniqueIdentifiers ?? null,
          country: location.country ?? null,
          timezone: location.timezone ?? null,
        },
      };
    },

    recordUrl: (ref) =>
      `${appUrl}/v2/location/${encodeURIComponent(locationId)}/contacts/detail/${encodeURIComponent(ref.externalId)}`,
  };
}

function contactPath(externalId: string): string {
  return `/contacts/${encodeURIComponent(externalId)}`;
}

/** Numbers that came in without a country code are stored as `+` and the digits typed. */
function filtersOf({ email, phone }: FindQuery) {
  const values: [field: string, value: string][] = [];
  if (email && email.length <= MAX_FILTER_CHARS) values.push(["email", email.toLowerCase()]);
  for (const value of phone ? new Set([phone.e164, `+${phone.national}`, phone.national]) : []) {
    values.push(["phone", value]);
  }
  return values.map(([field, value]) => ({ field, operator: "eq", value }));
}
