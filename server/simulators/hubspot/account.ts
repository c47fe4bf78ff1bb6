import type { SearchIndex } from "./search-index.ts";
import type { HubSpotState, HubSpotSwitches, Source, StoredContact } from "./state.ts";

/** What every operation of the simulated account works on. */
export interface Account {
  readonly state: () => HubSpotState;
  readonly now: () => number;
  readonly switches: HubSpotSwitches;
  readonly index: SearchIndex;
  readonly portalId: number;
  /** Runs once, just before the next write through the API is judged: the salesperson who was quicker. */
  beforeWrite: (() => void) | null;
}

export const APP_ID = "9876543";

/** A write through the API, and one by a person in HubSpot's own UI. */
export const BY_API: Source = { sourceType: "INTEGRATION", sourceId: APP_ID, sourceLabel: "Private app" };
export const BY_PERSON: Source = { sourceType: "CRM_UI", sourceId: "userId:4711", updatedByUserId: 4711 };

export function nextId(account: Account): string {
  const state = account.state();
  state.lastId += 1;
  return String(state.lastId);
}

export function isoNow(account: Account): string {
  return new Date(account.now()).toISOString();
}

export function foldEmail(account: Account, email: string): string {
  return account.switches.foldsEmailCase ? email.trim().toLowerCase() : email.trim();
}

export function additionalEmailsOf(contact: StoredContact): string[] {
  return (contact.values.hs_additional_emails ?? "").split(";").filter(Boolean);
}

/** Follows merges: an old id answers with the survivor. */
export function contactById(account: Account, id: string): StoredContact | undefined {
  const { contacts, aliases } = account.state();
  let current = id;
  while (Object.hasOwn(aliases, current)) current = aliases[current] ?? current;
  return Object.hasOwn(contacts, current) ? contacts[current] : undefined;
}

export function contactByEmail(account: Account, email: string, secondaryToo: boolean): StoredContact | undefined {
  const wanted = foldEmail(account, email);
  return Object.values(account.state().contacts).find((contact) => {
    if (contact.archivedAt !== null) return false;
    if (contact.values.email === wanted) return true;
    return secondaryToo && additionalEmailsOf(contact).includes(wanted);
  });
}

/** As the API addresses a contact: by id, by email, or by a custom property that HubSpot keeps unique. */
export function findContact(account: Account, key: string, idProperty: string | undefined): StoredContact | undefined {
  if (idProperty === undefined || idProperty === "hs_object_id") return contactById(account, key);
  if (idProperty === "email") return contactByEmail(account, key, account.switches.readsSecondaryEmail);
  return Object.values(account.state().contacts).find((contact) => contact.values[idProperty] === key);
}

/** `GET /account-info/{version}/details` */
export function accountDetails(portalId: number, timeZone: string) {
  return {
    portalId,
    accountType: "STANDARD",
    timeZone,
    companyCurrency: "USD",
    additionalCurrencies: [],
    utcOffset: "-05:00",
    utcOffsetMilliseconds: -18_000_000,
    uiDomain: "app.hubspot.com",
    dataHostingLocation: "na1",
  };
}
