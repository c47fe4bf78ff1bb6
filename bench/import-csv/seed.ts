import type { Sql } from "../../server/db/client.ts";

/**
 * Contacts with an email each, and a phone number every other one. The search indexes are made afterwards, which takes a
 * tenth of the time.
 */
export async function seedContacts(sql: Sql, contacts: number): Promise<void> {
  const indexes = await sql<{ name: string; made: string }[]>`
    select indexname as name, indexdef as made from pg_indexes
    where tablename in ('contact', 'contact_identity') and indexdef like '%USING gin%'`;
  await sql`set statement_timeout = 0`;
  for (const { name } of indexes) await sql`drop index ${sql(name)}`;
  await sql`
    insert into contact (id, first_name, last_name, email, phone, company, source)
    select idOf(n, 1), 'First' || n, 'Last' || n % 5000, 'known' || n || '@example.com',
      case when n % 2 = 0 then '+1' || 2025000000 + n end, 'Company ' || n % 9000, 'crm'
    from generate_series(1, ${contacts}::int) n`;
  await sql`
    insert into contact_identity (id, contact_id, kind, norm, value, source)
    select idOf(n, 2), idOf(n, 1), 'email', 'known' || n || '@example.com', 'known' || n || '@example.com', 'crm'
    from generate_series(1, ${contacts}::int) n`;
  await sql`
    insert into contact_identity (id, contact_id, kind, norm, value, source)
    select idOf(n, 3), idOf(n, 1), 'phone', '+1' || 2025000000 + n, '+1' || 2025000000 + n, 'crm'
    from generate_series(2, ${contacts}::int, 2) n`;
  for (const { made } of indexes) await sql.unsafe(made);
  await sql`vacuum analyze contact`;
  await sql`vacuum analyze contact_identity`;
}

/** Ids that can be told from the number of a contact. */
export async function makeIdOf(sql: Sql): Promise<void> {
  await sql`
    create function idOf(n int, kind int) returns uuid language sql immutable as
    $$ select (lpad(to_hex(n), 8, '0') || '-0000-7000-8000-' || lpad(to_hex(kind), 12, '0'))::uuid $$`;
}

/** Half of the rows are people there are (by email or phone), half are not; one in fifty is a duplicate, one in 100 is invalid. */
export function fileOf(rows: number, contacts: number): string {
  const lines = ["Company name,Contact name,Email,Phone,Title,Notes"];
  for (let row = 0; row < rows; row += 1) {
    const known = ((row * 7919) % contacts) + 1;
    const isKnown = row % 2 === 0;
    const same = row % 50 === 1 ? row - 2 : row;
    const email =
      row % 100 === 3 ? "nobody" : isKnown && row % 4 === 0 ? `known${known}@example.com` : `new${same}@example.net`;
    const phone = isKnown && row % 4 === 2 ? `+1${2_025_000_000 + (known & ~1)}` : "";
    const who = isKnown ? `First${known} Last${known % 5000}` : `New${row} Person`;
    lines.push(
      `"Company ${row % 300}, Inc.",${who},${phone === "" ? email : ""},${phone},Title ${row % 40},"A note, number ${row}"`,
    );
  }
  return `${lines.join("\n")}\n`;
}
