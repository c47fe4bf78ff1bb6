import type { OAuthState } from "../kit/oauth-server.ts";

/** What the simulated location remembers. Plain JSON, so that the kit's store can keep it in a file. */
export interface GhlState {
  contacts: Record<string, StoredContact>;
  notes: StoredNote[];
  customFields: CustomField[];
  /** Oldest first; absent until one was made. */
  calls?: StoredCall[];
  /** Per contact what the search index shows, oldest view first. */
  index: Record<string, IndexView[]>;
  /** Absent until an app was installed. */
  oauth?: OAuthState;
  /** By which webhooks are signed, in PEM; made when first needed. */
  webhookKeys?: { readonly publicKey: string; readonly privateKey: string };
}

export const TEXT_FIELDS = [
  "firstName",
  "lastName",
  "email",
  "phone",
  "companyName",
  "address1",
  "city",
  "state",
  "postalCode",
  "country",
  "website",
  "timezone",
  "dateOfBirth",
  "gender",
  "source",
  "assignedTo",
] as const;
export type TextField = (typeof TEXT_FIELDS)[number];

export interface ChannelDnd {
  readonly status: "active" | "inactive" | "permanent";
  readonly message?: string;
  readonly code?: string;
}

export interface StoredContact {
  readonly id: string;
  /** Typed-in values only; empty ones are absent. */
  readonly values: Partial<Record<TextField, string>>;
  readonly tags: readonly string[];
  readonly dnd?: boolean;
  readonly dndSettings?: Readonly<Record<string, ChannelDnd>>;
  readonly inboundDndSettings?: Readonly<Record<string, ChannelDnd>>;
  readonly customFields: readonly CustomFieldValue[];
  readonly additionalEmails: readonly string[];
  readonly additionalPhones: readonly string[];
  readonly source: ChangeSource;
  /** ISO 8601 */
  readonly dateAdded: string;
  readonly dateUpdated: string;
  /** null when it is there; "deleted" or "merged into …" otherwise. */
  readonly gone: string | null;
}

/** Who made a contact, as GET shows it in `createdBy`. */
export type ChangeSource = "INTEGRATION" | "WEB_USER";

export type CustomFieldContent = string | number | readonly string[] | Readonly<Record<string, unknown>>;

export interface CustomFieldValue {
  readonly id: string;
  readonly value: CustomFieldContent;
}

export interface CustomField {
  readonly id: string;
  readonly name: string;
  readonly model: "contact" | "opportunity";
  readonly fieldKey: string;
  readonly dataType: string;
  readonly picklistOptions?: readonly string[];
  readonly dateAdded: string;
}

export interface StoredNote {
  readonly id: string;
  readonly contactId: string;
  readonly body: string;
  readonly title: string | null;
  readonly color: string | null;
  readonly pinned: boolean;
  readonly userId: string | null;
  readonly dateAdded: string;
}

/** A telephone call; times are ISO 8601. */
export interface StoredCall {
  readonly id: string;
  readonly contactId: string;
  readonly conversationId: string;
  readonly direction: "inbound" | "outbound";
  readonly status: string;
  readonly durationSeconds: number;
  readonly from: string | null;
  readonly to: string | null;
  readonly dateAdded: string;
  readonly dateUpdated: string;
}

/** A contact as the search index will show it from `visibleAt` (epoch ms) on; null once it is gone. */
interface IndexView {
  readonly visibleAt: number;
  readonly contact: StoredContact | null;
}

export type UniqueIdentifier = "email" | "phone";

/** The sub-account, with the settings that decide what a duplicate is. */
export interface GhlLocation {
  readonly id: string;
  readonly companyId: string;
  readonly name: string;
  readonly country: string;
  /** IANA name; date filters of the search are read in it. */
  readonly timezone: string;
  allowDuplicateContact: boolean;
  /** In order of priority. */
  contactUniqueIdentifiers: readonly UniqueIdentifier[];
}

export function emptyState(): GhlState {
  return { contacts: {}, notes: [], customFields: [], index: {} };
}
