import { and, desc, eq, gte, lt, type SQL, sql } from "drizzle-orm";
import type { DbOrTx } from "../client.ts";
import { user } from "../schema/auth.ts";
import { audit } from "../schema/operations.ts";
import type { AuditRow } from "./audit.ts";

export interface AuditLogFilter {
  /** A user's id, or `system`. */
  readonly person?: string | undefined;
  readonly action?: string | undefined;
  readonly object?: string | undefined;
  readonly objectId?: string | undefined;
  readonly search?: string | undefined;
  readonly from?: Date | undefined;
  readonly to?: Date | undefined;
}

/** Newest first, older than the entry `before`. Ids grow with time, so they are the order. */
export async function listAuditLog(
  db: DbOrTx,
  filter: AuditLogFilter,
  limit: number,
  before?: string,
): Promise<AuditRow[]> {
  return await db
    .select()
    .from(audit)
    .where(and(matching(filter), before ? lt(audit.id, before) : undefined))
    .orderBy(desc(audit.id))
    .limit(limit);
}

/** Users by name, and the actions and kinds of objects that occur. */
export async function listAuditFilters(db: DbOrTx) {
  const [people, actions, objects] = await Promise.all([
    db.select({ id: user.id, name: user.name }).from(user).orderBy(user.name, user.id),
    distinct(db, audit.action),
    distinct(db, audit.subjectKind),
  ]);
  return { people, actions, objects };
}

/** Jumps from value to value along the index: its cost is that of the values, not of the rows. */
async function distinct(db: DbOrTx, column: typeof audit.action | typeof audit.subjectKind): Promise<string[]> {
  const rows = await db.execute<{ value: string }>(sql`
    with recursive known as (
      (select ${column} as value from ${audit} order by 1 limit 1)
      union all
      select (select ${column} from ${audit} where ${column} > known.value order by 1 limit 1)
      from known where known.value is not null
    ) select value from known where value is not null`);
  return rows.map(({ value }) => value);
}

function matching({ person, action, object, objectId, search, from, to }: AuditLogFilter): SQL | undefined {
  return and(
    person === undefined ? undefined : byPerson(person),
    action ? eq(audit.action, action) : undefined,
    object ? eq(audit.subjectKind, object) : undefined,
    objectId ? eq(audit.subjectId, objectId) : undefined,
    search ? holding(search) : undefined,
    from ? gte(audit.createdAt, from) : undefined,
    to ? lt(audit.createdAt, to) : undefined,
  );
}

function byPerson(person: string): SQL {
  return person === "system" ? eq(audit.actorKind, "system") : eq(audit.actorId, person);
}

function holding(search: string): SQL {
  const part = `%${search.replace(/[\\%_]/g, "\\$&")}%`;
  return sql`(${audit.subjectId} ilike ${part} or ${audit.actorName} ilike ${part} or ${audit.action} ilike ${part} or ${audit.data}::text ilike ${part})`;
}
