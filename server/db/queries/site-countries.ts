import { and, inArray, isNotNull } from "drizzle-orm";
import type { DbOrTx } from "../client.ts";
import { site } from "../schema/site.ts";

/** The default countries of sites, each once; null: of all sites. */
export async function listSiteCountries(db: DbOrTx, siteIds: readonly string[] | null): Promise<string[]> {
  const rows = await db
    .selectDistinct({ country: site.defaultCountry })
    .from(site)
    .where(and(isNotNull(site.defaultCountry), siteIds === null ? undefined : inArray(site.id, [...siteIds])));
  return rows.flatMap(({ country }) => (country === null ? [] : [country]));
}
