import { jsonb, pgTable, text, uuid } from "drizzle-orm/pg-core";
import type { MappingFault } from "../../domain/mapping/mapping-faults.ts";
import { instant } from "./columns.ts";
import { connection } from "./connection.ts";

/** What comparing a connection's mapping with its CRM's metadata found last. For showing; plans compare by themselves. */
export const mappingCheck = pgTable("mapping_check", {
  connectionId: uuid("connection_id")
    .primaryKey()
    .references(() => connection.id),
  faults: jsonb("faults").$type<MappingFault[]>().notNull().default([]),
  /** Why the metadata could not be read at the last attempt; null when it could. */
  problem: text("problem"),
  checkedAt: instant("checked_at").notNull(),
});
