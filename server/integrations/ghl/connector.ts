import { z } from "zod";
import type { Connector } from "../../domain/connector.ts";
import { ConnectorError } from "../../domain/connector-error.ts";
import { unlessGone } from "../unless-gone.ts";
import type { GhlClient } from "./client.ts";
import { describeCustomField, describeStandardFields, toCreateBody, toCrmRecord, toUpdateBody } from "./fields.ts";
import { createFinder, type GhlFacts } from "./find-contacts.ts";
import { carriesKey, toNoteBody } from "./note-body.ts";
import { createGhlPhoneCallFeed } from "./phone-call-feed.ts";
import { createGhlPull } from "./pull.ts";
import {
  type Contact,
  ContactAnswer,
  CustomFieldsAnswer,
  LocationAnswer,
  NoteAnswer,
  NotesAnswer,
  SearchAnswer,
} from "./schema.ts";

interface GhlConnectorInput {
  readonly call: GhlClient;
  readonly locationId: string;
  /** Address of the app, white-label or not, without a trailing slash. */
  readonly appUrl: string;
  readonly facts: GhlFacts;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

export function createGhlConnector({ call, locationId, appUrl, facts, now }: GhlConnectorInput): Connector {
  /** A merged contact answers like a deleted one. */
  async function read(id: string): Promise<Contact | undefined> {
    try {
      const { contact } = await call(ContactAnswer, { method: "GET", path: contactPath(id) });
      if (!contact.locationId || contact.locationId === locationId) return contact;
    } catch (error) {
      if (error instanceof ConnectorError && error.code === "not_found") return undefined;
      throw error;
    }
    throw new ConnectorError("forbidden", "HighLevel: this contact belongs to another location.");
  }

  const findContacts = createFinder({ call, locationId, facts, read });

  return {
    async findContacts(query, properties) {
      const contacts = await findContacts(query);
      return contacts.map((contact) => toCrmRecord(contact, properties));
    },

    async getContact(ref, properties) {
      const contact = await read(ref.externalId);
      return contact ? { kind: "found", record: toCrmRecord(contact, properties) } : { kind: "gone" };
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
      const path = contactPath(ref.externalId);
      const body = toUpdateBody(changes);
      const request = body === null ? ({ method: "GET", path } as const) : ({ method: "PUT", path, body } as const);
      const { contact } = await call(ContactAnswer, request);
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

    async deleteContact(ref) {
      await unlessGone(() => call(z.unknown(), { method: "DELETE", path: contactPath(ref.externalId) }));
    },

    /** The location names the account; the search shows whether the token may read contacts. */
    async checkConnection() {
      const { location } = await call(LocationAnswer, { method: "GET", path: `/locations/${locationId}` });
      const body = { locationId, pageLimit: 1 };
      await call(SearchAnswer, { method: "POST", path: "/contacts/search", body, readOnly: true });
      const { allowDuplicateContact = null, contactUniqueIdentifiers = null } = location.settings ?? {};
      const { country = null, timezone = null } = location;
      return {
        accountId: location.id,
        accountName: location.name || location.id,
        facts: { allowDuplicateContact, contactUniqueIdentifiers, country, timezone },
      };
    },

    recordUrl: (ref) =>
      `${appUrl}/v2/location/${encodeURIComponent(locationId)}/contacts/detail/${encodeURIComponent(ref.externalId)}`,

    phoneCalls: createGhlPhoneCallFeed({ call, locationId, now }),

    pull: createGhlPull({ call, locationId, now }),
  };
}

function contactPath(externalId: string): string {
  return `/contacts/${encodeURIComponent(externalId)}`;
}
