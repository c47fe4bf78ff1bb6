import { bulkLoad } from "../bulk-load.ts";

/** Contacts with an email each, and a phone number every other one. */
export async function seedContacts(databaseUrl: string, contacts: number): Promise<void> {
  await bulkLoad(databaseUrl, ["contact", "contact_identity"], async (sql) => {
    await sql`
      insert into contact (id, first_name, last_name, email, phone, company, source)
      select id_of(n, 1), 'First' || n, 'Last' || n % 5000, 'known' || n || '@example.com',
        case when n % 2 = 0 then '+1' || 2025000000 + n end, 'Company ' || n % 9000, 'crm'
      from generate_series(1, ${contacts}::int) n`;
    await sql`
      insert into contact_identity (id, contact_id, kind, norm, value, source)
      select id_of(n, 2), id_of(n, 1), 'email', 'known' || n || '@example.com', 'known' || n || '@example.com', 'crm'
      from generate_series(1, ${contacts}::int) n`;
    await sql`
      insert into contact_identity (id, contact_id, kind, norm, value, source)
      select id_of(n, 3), id_of(n, 1), 'phone', '+1' || 2025000000 + n, '+1' || 2025000000 + n, 'crm'
      from generate_series(2, ${contacts}::int, 2) n`;
  });
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
