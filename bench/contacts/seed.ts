import type { Sql } from "../../server/db/client.ts";
import { bulkLoad } from "../bulk-load.ts";

export const FIRST_NAMES = 400;
export const LAST_NAMES = 20_000;
export const COMPANIES = 30_000;
const SMALL_SITE = "00000000-0000-7000-8000-00000000000a";
const LARGE_SITE = "00000000-0000-7000-8000-00000000000b";
/** Who serves the one has 20,000 contacts, who serves the other 200,000. */
export const SITES = { small: SMALL_SITE, large: LARGE_SITE } as const;

/** Syllables instead of a list of names, so that searches meet parts of words that many have. */
const WORD = `create function word_of(n int, salt text) returns text language sql immutable as $$
  select initcap(string_agg((array['ma','ri','an','lo','pe','so','fi','ka','el','da','ni','to','ju','va','be','cor','sten','mül','ber','gard'])
    [1 + (('x' || substr(md5(n || salt), 1 + 2 * i, 2))::bit(8)::int % 20)], '')) from generate_series(0, 2) i $$`;

/**
 * Contacts with an email each, a phone for every other one, tags for a tenth, a CRM link for two thirds, a conflict for every
 * hundredth, and conversations on two sites; tags and sites have nothing to do with names.
 */
export async function seedDirectory(databaseUrl: string, contacts: number): Promise<void> {
  const tables = ["contact", "contact_identity", "crm_link", "conflict", "conversation", "visitor"];
  await bulkLoad(databaseUrl, tables, async (sql) => {
    await sql.unsafe(WORD);
    await seedPeople(sql, contacts);
    await seedLinks(sql, contacts);
    await seedConversations(sql, contacts);
  });
}

async function seedPeople(sql: Sql, contacts: number): Promise<void> {
  await sql`
    insert into contact (id, first_name, last_name, email, phone, company, source, tags, do_not_contact, last_activity_at)
    select id_of(n, 1), word_of(n * 7 % ${FIRST_NAMES}::int, 'f'), word_of(n * 13 % ${LAST_NAMES}::int, 'l'),
      'person' || n || '@' || lower(word_of(n % 500, 'd')) || '.example.com',
      case when n % 2 = 0 then '+1' || 2025000000 + n end, word_of(n % ${COMPANIES}::int, 'c') || ' Ltd',
      (array['chat','crm','file','agent'])[1 + n % 4],
      case when hashint4(n) % 10 = 0 then array['vip'] when hashint4(n) % 1001 = 1 then array['rare'] else '{}' end,
      case when n % 40 = 0 then array['email'] else '{}' end, now() - (n || ' minutes')::interval
    from generate_series(1, ${contacts}::int) n`;
  await sql`
    insert into contact_identity (id, contact_id, kind, norm, value, source)
    select id_of(n, 2), id_of(n, 1), 'email', c.email, c.email, 'crm'
    from generate_series(1, ${contacts}::int) n join contact c on c.id = id_of(n, 1)`;
  await sql`
    insert into contact_identity (id, contact_id, kind, norm, value, source)
    select id_of(n, 3), id_of(n, 1), 'phone', '+1' || 2025000000 + n, '+1' || 2025000000 + n, 'crm'
    from generate_series(2, ${contacts}::int, 2) n`;
  await seedSharedKeys(sql, contacts);
}

/** Every twentieth has another's email too, every sixtieth another's phone besides; a desk's address and a switchboard are many's. */
async function seedSharedKeys(sql: Sql, contacts: number): Promise<void> {
  await sql`
    insert into contact_identity (id, contact_id, kind, norm, value, source)
    select id_of(n, 6), id_of(n, 1), 'email', c.email, c.email, 'file'
    from generate_series(20, ${contacts}::int, 20) n join contact c on c.id = id_of(n - 1, 1)`;
  await sql`
    insert into contact_identity (id, contact_id, kind, norm, value, source)
    select id_of(n, 7), id_of(n, 1), 'phone', c.phone, c.phone, 'file'
    from generate_series(60, ${contacts}::int, 60) n join contact c on c.id = id_of(n - 2, 1)`;
  await sql`
    insert into contact_identity (id, contact_id, kind, norm, value, source)
    select id_of(n, 8), id_of(n, 1), kind, norm, norm, 'file'
    from generate_series(500, ${contacts}::int, 500) n,
      lateral (select (array['email', 'phone'])[1 + n / 500 % 2], (array['info@shared.example.com', '+442079460999'])[1 + n / 500 % 2]) k(kind, norm)`;
}

async function seedLinks(sql: Sql, contacts: number): Promise<void> {
  await sql`
    insert into connection (id, provider, name, settings, credentials, credential_hints, account_id, account_name)
    values (id_of(1, 9), 'memory', 'CRM', '{}', '', '{}', 'a', 'A')`;
  await sql`
    insert into crm_link (id, contact_id, connection_id, object, external_id, matched_by, matched_reason)
    select id_of(n, 4), id_of(n, 1), id_of(1, 9), 'contact', n::text, 'email', 'Matched by email.'
    from generate_series(1, ${contacts}::int) n where n % 3 > 0`;
  await sql`
    insert into conflict (id, link_id, connection_id, contact_id, field, property, chat_value)
    select id_of(n, 5), id_of(n, 4), id_of(1, 9), id_of(n, 1), 'phone', 'phone', '"+12025550123"'
    from generate_series(100, ${contacts}::int, 100) n where n % 3 > 0`;
}

async function seedConversations(sql: Sql, contacts: number): Promise<void> {
  for (const [site, every] of [
    [SITES.small, 50],
    [SITES.large, 5],
  ] as const) {
    await sql`insert into site (id, key, name, accent, greeting, origins, ask, idle_minutes) values
      (${site}, ${site}, 'Site', '#1d6b5f', 'Hello', '{}', '{}', 30)`;
    await sql`insert into visitor (id, site_id, contact_id) select id_of(n, ${every}::int + 20), ${site}, id_of(n, 1)
      from generate_series(1, ${contacts}::int) n where hashint4(-n) % ${every}::int = 0`;
    await sql`insert into conversation (id, site_id, visitor_id, contact_id)
      select id_of(n, ${every}::int + 40), ${site}, id_of(n, ${every}::int + 20), id_of(n, 1)
      from generate_series(1, ${contacts}::int) n where hashint4(-n) % ${every}::int = 0`;
  }
}
