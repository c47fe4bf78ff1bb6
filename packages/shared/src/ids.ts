import { z } from "zod";

/** Every public id is a UUIDv7: unguessable enough to list, sortable by time, and never a capability. */
export const Id = z.uuid();
export type Id = z.infer<typeof Id>;

/** ISO 8601 in UTC, as the wire carries every time. */
export const Instant = z.iso.datetime();
export type Instant = z.infer<typeof Instant>;
