import { z } from "zod";
import { Id, Instant } from "./ids.ts";

const AUDIT_ACTOR_KINDS = ["user", "visitor", "system"] as const;

const AuditFilter = {
  /** A user's id, or `system` for what nobody did by hand. */
  person: z.string().max(100).optional(),
  /** Area and verb, e.g. `site.changed`. */
  action: z.string().max(100).optional(),
  /** What it was done to, e.g. `connection`. */
  object: z.string().max(100).optional(),
  /** One of them, by its id. */
  objectId: z.string().max(100).optional(),
  /** Part of an object's name, id or a value that was set. */
  search: z.string().trim().max(200).optional(),
  /** At or after this. */
  from: Instant.optional(),
  /** Before this. */
  to: Instant.optional(),
};

export const ListAudit = z.strictObject({
  ...AuditFilter,
  cursor: Id.optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});
export type ListAudit = z.infer<typeof ListAudit>;

/** Who did what to what, and when. */
export const AuditEntry = z.object({
  id: Id,
  at: Instant,
  actor: z.object({
    kind: z.enum(AUDIT_ACTOR_KINDS),
    id: z.string().nullable(),
    name: z.string().nullable(),
    /** The API key with which a program did it in this person's name. */
    apiKeyName: z.string().nullable(),
  }),
  action: z.string(),
  object: z.object({ kind: z.string(), id: z.string() }),
  contactId: Id.nullable(),
  /** Old and new values and what else explains it; never a credential. */
  data: z.record(z.string(), z.unknown()),
});
export type AuditEntry = z.infer<typeof AuditEntry>;

export const AuditPage = z.object({ items: z.array(AuditEntry), nextCursor: Id.nullable() });
export type AuditPage = z.infer<typeof AuditPage>;

/** How an entry's data names the API key of a program that acted for somebody. */
export const ByApiKey = z.object({ apiKey: z.object({ name: z.string() }) });

/** What there is to filter by. */
export const AuditFilters = z.object({
  people: z.array(z.object({ id: z.string(), name: z.string() })),
  actions: z.array(z.string()),
  objects: z.array(z.string()),
});
export type AuditFilters = z.infer<typeof AuditFilters>;
