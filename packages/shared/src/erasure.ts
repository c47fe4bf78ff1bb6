import { z } from "zod";
import { Id, Instant } from "./ids.ts";
import { ON_ERASE, PROVIDERS } from "./vocabulary.ts";

const ERASURE_STATUSES = ["running", "done", "failed"] as const;

export const StartErasure = z.strictObject({ contactId: Id });
export type StartErasure = z.infer<typeof StartErasure>;

export const ListErasures = z.strictObject({
  cursor: Id.optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});
export type ListErasures = z.infer<typeof ListErasures>;

/** What was, or is to be, done about one record in a CRM. */
export const ErasureStep = z.object({
  id: Id,
  connection: z.object({ id: Id, name: z.string(), provider: z.enum(PROVIDERS) }),
  object: z.string(),
  externalId: z.string(),
  action: z.enum(ON_ERASE),
  status: z.enum(["waiting", "done", "failed"]),
  /** By which the CRM's own log tells of the deletion. */
  crmRequestIds: z.array(z.string()),
  problem: z.string().nullable(),
  doneAt: Instant.nullable(),
});
export type ErasureStep = z.infer<typeof ErasureStep>;

/** That a person was erased, with its proof. It names nobody. */
export const Erasure = z.object({
  id: Id,
  contactId: Id,
  askedBy: z.string(),
  status: z.enum(ERASURE_STATUSES),
  at: Instant,
  /** When everything here was erased. */
  erasedHereAt: Instant,
  /** How many rows of what. */
  erased: z.array(z.object({ what: z.string(), count: z.number().int() })),
  steps: z.array(ErasureStep),
  finishedAt: Instant.nullable(),
});
export type Erasure = z.infer<typeof Erasure>;

export const ErasurePage = z.object({ items: z.array(Erasure), nextCursor: Id.nullable() });
export type ErasurePage = z.infer<typeof ErasurePage>;
