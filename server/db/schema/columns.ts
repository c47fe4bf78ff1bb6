import { timestamp, uuid } from "drizzle-orm/pg-core";

/** UUIDv7, minted by the caller, so that an id is known before its row is written. */
export const id = () => uuid("id").primaryKey();

export const instant = (name: string) => timestamp(name, { withTimezone: true, mode: "date", precision: 3 });

export const createdAt = () => instant("created_at").notNull().defaultNow();
