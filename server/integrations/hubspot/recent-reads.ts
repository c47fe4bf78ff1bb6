import { withIdentity } from "./record.ts";
import type { Contact } from "./schema.ts";

/** How long a read may stand for the values an update's answer leaves out. */
const READ_JUST_BEFORE_MS = 10_000;

/** What one connector has read lately: an update's answer holds what was written, the rest is known from the read before it. */
export interface RecentReads {
  remember(contact: Contact): void;
  /** The written contact with what was read of it just before; null when a property is in neither. */
  wholeOf(written: Contact, properties: readonly string[]): Contact | null;
}

export function createRecentReads(now: () => number): RecentReads {
  const reads = new Map<string, { at: number; properties: Contact["properties"] }>();

  function remember({ id, properties }: Contact): void {
    reads.set(id, { at: now(), properties });
  }

  return {
    remember,
    wholeOf(written, properties) {
      const before = reads.get(written.id);
      const known = before && now() - before.at <= READ_JUST_BEFORE_MS ? before.properties : {};
      const whole: Contact = { ...written, properties: { ...known, ...written.properties } };
      remember(whole);
      return withIdentity(properties).every((name) => Object.hasOwn(whole.properties, name)) ? whole : null;
    },
  };
}
