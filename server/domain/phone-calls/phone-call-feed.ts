import type { PhoneCallHit } from "./phone-call.ts";

interface PhoneCallFeedPage {
  readonly calls: readonly PhoneCallHit[];
  /** Opaque text. Asking with it twice is harmless. */
  readonly cursor: string;
  /** False: all was read. The cursor then goes on with what was logged since this reading began, whenever it is used. */
  readonly more: boolean;
}

/** What a CRM logged of telephone calls, page by page. A call may come more than once. */
export interface PhoneCallFeed {
  /** Null begins with the calls of the last month. */
  page(cursor: string | null): Promise<PhoneCallFeedPage>;
}
