import type { SimplePublicObjectInput } from "@hubspot/api-client/lib/codegen/crm/contacts/models/SimplePublicObjectInput.js";
import { z } from "zod";
import type { AccountInfo, Connector, CrmRecord, FindQuery, Lookup, RecordRef } from "../../domain/connector.ts";
import { ConnectorError } from "../../domain/connector-error.ts";
import type { AuthorizedInput } from "../module.ts";
import { unlessGone } from "../unless-gone.ts";
import { BATCH_SIZE, createBatch, readContacts } from "./batch.ts";
import { createHubSpotClient, type HubSpotClient, pathTo } from "./client.ts";
import { describeProperties } from "./fields.ts";
import { addNoteOnce } from "./notes.ts";
import { createHubSpotPull } from "./pull.ts";
import { createRecentReads } from "./recent-reads.ts";
import { isId, toProperties, toRecord, withContactability } from "./record.ts";
import { AccountDetails, Contact, ContactPage, Facts, PropertyPage } from "./schema.ts";
import { mayMatch, searchRequest } from "./search-request.ts";

export interface HubSpotSettings {
  readonly baseUrl: string;
}
/** A service key or the token of a private app. */
export interface HubSpotCredentials {
  readonly token: string;
}

const MAX_SEARCH_CHARS = 3_000;

export function createHubSpotConnector(input: AuthorizedInput<HubSpotSettings>): Connector {
  const { settings, tokens, now, http } = input;
  const facts = Facts.parse(input.facts);
  const { baseUrl } = settings;
  const call = createHubSpotClient({ baseUrl, tokens, timeZone: facts.timeZone, now, http });
  const reads = createRecentReads(now);

  async function read(
    id: string,
    properties: readonly string[],
    query: Readonly<Record<string, string>> = {},
  ): Promise<Contact | null> {
    const wanted = { ...query, properties: withContactability(properties).join(",") };
    try {
      const contact = await call(Contact, { method: "GET", path: pathTo("crm/objects", ["contacts", id], wanted) });
      reads.remember(contact);
      return contact;
    } catch (error) {
      if (error instanceof ConnectorError && error.code === "not_found") return null;
      throw error;
    }
  }

  async function findContacts(query: FindQuery, properties: readonly string[]): Promise<CrmRecord[]> {
    const email = query.email?.trim().toLowerCase() || undefined;
    const byEmail = email === undefined ? null : await read(email, properties, { idProperty: "email" });
    const phone = byEmail && query.phoneOnlyIfNoEmail ? undefined : query.phone;
    const open: FindQuery = { email: byEmail ? undefined : email, phone };
    const records = byEmail ? [toRecord(byEmail, properties)] : [];
    if (open.email === undefined && !open.phone) return records;
    const hits = await search(call, open, properties);
    for (const hit of hits) reads.remember(hit);
    const found = hits.map((contact) => toRecord(contact, properties));
    const others = found.filter((record) => record.externalId !== byEmail?.id && mayMatch(record, open));
    return [...records, ...others];
  }

  async function getContact(ref: RecordRef, properties: readonly string[]): Promise<Lookup> {
    const contact = isId(ref.externalId) ? await read(ref.externalId, properties) : null;
    if (!contact) return { kind: "gone" };
    const record = toRecord(contact, properties);
    return contact.id === ref.externalId ? { kind: "found", record } : { kind: "moved", record, reason: "merged" };
  }

  /** The answer to a write holds what was written; the rest is known from the read just before, or is read now. */
  async function asItIsNow(written: Contact, properties: readonly string[]): Promise<CrmRecord> {
    const whole = reads.wholeOf(written, properties) ?? (await read(written.id, properties)) ?? written;
    return toRecord(whole, properties);
  }

  return {
    findContacts,
    getContact,
    /** HubSpot keeps emails unique and names the record it has (409). Without an email it has no key to offer. */
    async createContact(values, _key, properties) {
      const body: SimplePublicObjectInput = { properties: named(withoutEmpty(toProperties(values))) };
      const created = await call(Contact, { method: "POST", path: pathTo("crm/objects", ["contacts"]), body });
      return toRecord(created, properties);
    },
    async updateContact(ref, changes, _ifVersion, properties) {
      if (!isId(ref.externalId)) throw new ConnectorError("not_found", "HubSpot does not have this contact.");
      const body: SimplePublicObjectInput = { properties: toProperties(changes) };
      const path = pathTo("crm/objects", ["contacts", ref.externalId]);
      return asItIsNow(await call(Contact, { method: "PATCH", path, body }), properties);
    },
    async describeFields() {
      const path = pathTo("crm/properties", ["contacts"]);
      return describeProperties((await call(PropertyPage, { method: "GET", path })).results);
    },
    async addNote(ref, note, key) {
      if (!isId(ref.externalId)) throw new ConnectorError("not_found", "HubSpot does not have this contact.");
      return { noteId: await addNoteOnce(call, ref.externalId, note, key) };
    },
    /** Deletes for privacy, not into the bin from which people restore. (HubSpot, contacts API: permanently delete.) */
    async deleteContact(ref) {
      if (!isId(ref.externalId)) return;
      const path = pathTo("crm/objects", ["contacts", "gdpr-delete"]);
      await unlessGone(() => call(z.unknown(), { method: "POST", path, body: { objectId: ref.externalId } }));
    },
    checkConnection: () => describeAccount(call),
    recordUrl: (ref) => urlOf(ref, facts, baseUrl),
    batch: createBatch(call, reads),
    pull: createHubSpotPull(call, now),
  };
}

/** HubSpot refuses a search of more than 3,000 characters: then many properties are read in a second call. */
async function search(call: HubSpotClient, query: FindQuery, properties: readonly string[]): Promise<Contact[]> {
  const path = pathTo("crm/objects", ["contacts", "search"]);
  const body = searchRequest(query, properties);
  if (JSON.stringify(body).length <= MAX_SEARCH_CHARS) {
    return (await call(ContactPage, { method: "POST", path, body, readOnly: true })).results;
  }
  const short = searchRequest(query, []);
  const { results } = await call(ContactPage, { method: "POST", path, body: short, readOnly: true });
  const ids = results.slice(0, BATCH_SIZE).map(({ id }) => id);
  return [...(await readContacts(call, ids, properties))];
}

/** The account's details need no scope of their own; reading one contact proves the one that everything needs. */
async function describeAccount(call: HubSpotClient): Promise<AccountInfo> {
  const details = await call(AccountDetails, { method: "GET", path: pathTo("account-info", ["details"]) });
  await call(ContactPage, { method: "GET", path: pathTo("crm/objects", ["contacts"], { limit: "1" }) });
  const { portalId, accountType, uiDomain, timeZone } = details;
  const kind = accountType === "STANDARD" ? "" : ` (${accountType.toLowerCase().replaceAll("_", " ")})`;
  return {
    accountId: String(portalId),
    accountName: `HubSpot account ${portalId}${kind}`,
    facts: { portalId, uiDomain, timeZone },
  };
}

/** A contact's page. Beside another host than HubSpot's own API (a simulator) its UI is looked for at the same address. */
function urlOf(ref: RecordRef, { portalId, uiDomain }: Facts, baseUrl: string): string | null {
  if (portalId === undefined || uiDomain === undefined) return null;
  const ui = isHubSpotHost(baseUrl) ? `https://${uiDomain}` : new URL(baseUrl).origin;
  return `${ui}/contacts/${portalId}/record/0-1/${encodeURIComponent(ref.externalId)}`;
}

export function isHubSpotHost(baseUrl: string): boolean {
  const { protocol, hostname, port, username, password } = new URL(baseUrl);
  if (protocol !== "https:" || port !== "" || username !== "" || password !== "") return false;
  return hostname === "api.hubapi.com" || /^api-[a-z0-9]+\.hubapi\.com$/.test(hostname);
}

/** HubSpot creates nobody without an email or a name: somebody known by phone alone goes by the number, as in Dynamics. */
function named(properties: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const { email, firstname, lastname, phone, mobilephone } = properties;
  const number = phone ?? mobilephone;
  return email || firstname || lastname || !number ? properties : { ...properties, lastname: number };
}

function withoutEmpty(properties: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== ""));
}
