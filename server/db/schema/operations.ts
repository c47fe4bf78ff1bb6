import { bigint, index, jsonb, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { createdAt, id, instant } from "./columns.ts";

/** Who did what, when. Written in the transaction of the deed. */
export const audit = pgTable(
  "audit",
  {
    id: id(),
    actorKind: text("actor_kind", { enum: ["user", "visitor", "system"] }).notNull(),
    actorId: text("actor_id"),
    actorName: text("actor_name"),
    /** Area and verb, e.g. `conflict.applied`. */
    action: text("action").notNull(),
    subjectKind: text("subject_kind").notNull(),
    subjectId: text("subject_id").notNull(),
    contactId: uuid("contact_id"),
    /** Old and new values and what else explains it; never a credential. */
    data: jsonb("data").$type<Record<string, unknown>>().notNull().default({}),
    createdAt: createdAt(),
  },
  (t) => [
    index().on(t.subjectKind, t.subjectId),
    index().on(t.contactId),
    index().on(t.createdAt),
    index().on(t.actorId, t.id),
    index().on(t.action, t.id),
  ],
);

/**
 * A process that takes jobs. It holds the session-level advisory lock `lockKey` for as long as it lives; whoever can
 * take that lock knows that it is dead and hands its jobs back.
 */
export const workerProcess = pgTable("worker_process", {
  id: id(),
  lockKey: bigint("lock_key", { mode: "bigint" }).notNull().unique(),
  /** graphile-worker's ids of this process's workers. */
  workerIds: text("worker_ids").array().notNull().default([]),
  startedAt: instant("started_at").notNull().defaultNow(),
});
