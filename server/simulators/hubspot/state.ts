import type { OAuthState } from "../kit/oauth-server.ts";

/** What the simulated account remembers. Plain JSON, so that the kit's store can keep it in a file. */
export interface HubSpotState {
  lastId: number;
  contacts: Record<string, StoredContact>;
  /** Merged-away id → survivor's id. */
  aliases: Record<string, string>;
  notes: Record<string, StoredNote>;
  customProperties: Record<string, PropertyDefinition>;
  /** Addresses that were deleted for privacy and may not come back. */
  blockedEmails: string[];
  index: SearchIndexState;
  /** Absent until an app was connected. */
  oauth?: OAuthState;
}

export interface StoredContact {
  readonly id: string;
  /** Typed-in values only; empty ones are absent. Calculated values are made on reading. */
  values: Record<string, string>;
  /** Newest first. */
  history: Record<string, HistoryEntry[]>;
  readonly createdAt: string;
  updatedAt: string;
  archivedAt: string | null;
  /** Ids that were merged into this one, with the time (epoch ms). */
  merged: { id: string; at: number }[];
}

interface HistoryEntry {
  readonly value: string;
  readonly timestamp: string;
  readonly sourceType: string;
  readonly sourceId?: string;
  readonly sourceLabel?: string;
  readonly updatedByUserId?: number;
}

/** Who writes, as HubSpot keeps it beside each value. */
export type Source = Omit<HistoryEntry, "value" | "timestamp">;

export interface StoredNote {
  readonly id: string;
  values: Record<string, string>;
  contactIds: string[];
  readonly createdAt: string;
  updatedAt: string;
}

export interface PropertyDefinition {
  readonly name: string;
  readonly label: string;
  readonly type: string;
  readonly fieldType: string;
  readonly groupName: string;
  readonly description: string;
  readonly options: readonly PropertyOption[];
  readonly hidden: boolean;
  readonly calculated: boolean;
  readonly externalOptions: boolean;
  readonly hasUniqueValue: boolean;
  readonly hubspotDefined: boolean;
  readonly archived: boolean;
  readonly dataSensitivity: "non_sensitive" | "sensitive";
  readonly readOnlyValue: boolean;
}

export interface PropertyOption {
  readonly label: string;
  readonly value: string;
  readonly hidden: boolean;
  readonly displayOrder: number;
}

interface SearchIndexState {
  documents: Record<string, IndexedDocument>;
  pending: PendingDocument[];
  lastVersion: number;
}

interface IndexedDocument {
  readonly version: number;
  /** null: gone from the index. */
  readonly properties: Readonly<Record<string, string>> | null;
}

interface PendingDocument extends IndexedDocument {
  readonly id: string;
  /** Epoch ms. */
  readonly visibleAt: number;
}

/** Where documents are silent or accounts differ; may be changed at any time. */
export interface HubSpotSwitches {
  /** Whether `idProperty=email` finds a contact by one of its additional addresses. */
  readsSecondaryEmail: boolean;
  /** Whether PATCH to another contact's address is refused with 409. */
  refusesForeignEmail: boolean;
  /** Whether addresses are lower-cased and compared without case. */
  foldsEmailCase: boolean;
  /** The beta "Primary ID Preservation for Merged Records". */
  mergeKeepsPrimaryId: boolean;
  /** Properties an admin requires on create; enforced by API version 2026-09 and later only. */
  requiredOnCreate: string[];
  /** Properties an admin requires as soon as another one has a value; enforced by 2026-09 and later only. */
  requiredWhen: { property: string; value: string; requires: string }[];
  /** What the token may do. */
  scopes: string[];
  token: "valid" | "expired";
  /** Calls per rolling 10 seconds: 100 on Free and Starter, 190 on Professional, 110 for marketplace apps. */
  callsPerTenSeconds: number;
  callsPerDay: number;
  searchesPerSecond: number;
}

export function emptyState(): HubSpotState {
  return {
    lastId: 504_097_748_700,
    contacts: {},
    aliases: {},
    notes: {},
    customProperties: {},
    blockedEmails: [],
    index: { documents: {}, pending: [], lastVersion: 0 },
  };
}

export function defaultSwitches(): HubSpotSwitches {
  return {
    readsSecondaryEmail: false,
    refusesForeignEmail: true,
    foldsEmailCase: true,
    mergeKeepsPrimaryId: false,
    requiredOnCreate: [],
    requiredWhen: [],
    scopes: ["crm.objects.contacts.read", "crm.objects.contacts.write", "crm.schemas.contacts.read"],
    token: "valid",
    callsPerTenSeconds: 190,
    callsPerDay: 250_000,
    searchesPerSecond: 5,
  };
}
