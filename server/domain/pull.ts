import type { CrmRecord, RecordRef } from "./connector.ts";

/** What the next page is asked for with. */
export interface PullRequest {
  /** Null begins with everybody; else where an earlier page of this connection ended. */
  readonly cursor: string | null;
  /** Only people with this tag, where the CRM can be asked so; the caller looks again. Lower case. */
  readonly tag: string | null;
  readonly properties: readonly string[];
}

export interface PullPage {
  readonly kind: "page";
  readonly records: readonly CrmRecord[];
  /** Records the CRM says are gone. Only hints: they are read before anything follows from them. */
  readonly deleted: readonly RecordRef[];
  /** Opaque text. Asking with it twice is harmless. */
  readonly cursor: string;
  /** False: all was read. The cursor then goes on with what has changed since this reading began, whenever it is used. */
  readonly more: boolean;
  /** How many records this reading of everybody has in all, where the CRM tells. */
  readonly expected: number | null;
}

/** `expired`: the CRM, or the mapping, has moved on so far that everybody has to be read again. */
export type Pulled = PullPage | { readonly kind: "expired" };

/**
 * Reads everybody, page by page, and from then on what has changed. A record may come more than once and in any order of
 * pages; nobody who was there throughout is left out.
 */
export interface Pull {
  page(request: PullRequest): Promise<Pulled>;
}

export interface PullCapabilities {
  readonly filtersByTag: boolean;
  /** Whether changes include deletions. Without, those who are gone show only in a reading of everybody. */
  readonly tellsDeletions: boolean;
}
